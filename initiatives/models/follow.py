"""Follow: a member wants to hear by mail of a selection of the map, or of one initiative."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import HowOften
from .initiative import Initiative

LONGEST_QUERY = 2_000


class FollowQuerySet(models.QuerySet):
    """What members follow."""

    def with_since(self) -> "FollowQuerySet":
        """Adds `since`: from when on nothing was told yet."""
        return self.annotate(since=Coalesce("told_until", "made_at"))


class Follow(models.Model):
    """What a member follows: one initiative, or the selection of a query string; an empty one is all of the map."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows", verbose_name=_("member")
    )
    # As the selection writes it, so that the same one is there once.
    query = models.CharField(_("selection"), max_length=LONGEST_QUERY, blank=True)
    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="follows",
        verbose_name=_("initiative"),
    )
    frequency = models.CharField(
        _("mail"), max_length=10, choices=HowOften, default=HowOften.WEEKLY, db_index=True
    )
    made_at = models.DateTimeField(_("since"), default=timezone.now)
    # Up to when news were mailed, and up to when those go of the letter that was begun last.
    told_until = models.DateTimeField(_("mailed until"), null=True, blank=True, editable=False)
    telling_since = models.DateTimeField(_("letter begun until"), null=True, blank=True, editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed selection")
        verbose_name_plural = _("followed selections")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(initiative=None) | Q(query=""), name="follow_one_thing"),
            models.CheckConstraint(condition=Q(frequency__in=HowOften.values), name="follow_how_often"),
            models.UniqueConstraint(
                fields=["member", "query"], condition=Q(initiative=None), name="follow_selection_once"
            ),
            models.UniqueConstraint(fields=["member", "initiative"], name="follow_initiative_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.pk}"
