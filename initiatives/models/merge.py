"""Two entries for the same thing, or two that only look alike: what reviewers found, kept so that it can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..querysets import DistinctPairQuerySet, MergeQuerySet
from .initiative import Initiative
from .trail import StatusChange


class Merge(models.Model):
    """One initiative lives on in another; the history of both tells the values, `moved` the rows that went over."""

    kept = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="merges", verbose_name=_("kept initiative")
    )
    merged = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="merged_in", verbose_name=_("merged initiative")
    )
    kept_step = models.ForeignKey(
        StatusChange, on_delete=models.CASCADE, related_name="+", verbose_name=_("step of the kept one")
    )
    merged_step = models.ForeignKey(
        StatusChange, on_delete=models.CASCADE, related_name="+", verbose_name=_("step of the merged one")
    )
    moved = models.JSONField(_("rows that went over"), default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of two initiatives")
        verbose_name_plural = _("merges of initiatives")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="merge_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"


class DistinctPair(models.Model):
    """Somebody looked: these two are not the same. The lower key comes first, so that a pair is there once."""

    lower = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="+", verbose_name=_("initiative")
    )
    higher = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="+", verbose_name=_("other initiative")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = DistinctPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["lower", "higher"], name="distinct_pair_once"),
            models.CheckConstraint(condition=Q(lower__lt=F("higher")), name="distinct_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.lower} ≠ {self.higher}"
