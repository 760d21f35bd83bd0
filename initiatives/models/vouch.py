"""Vouch: a neighbour says that a waiting initiative is real, or why it should not be published like this."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import VouchKind
from ..querysets import VouchQuerySet
from .initiative import Initiative

LONGEST_OBJECTION = 2_000


class Vouch(models.Model):
    """The word of one member on an initiative as it was at `of`; an objection has a reason and stays until decided."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="vouches", verbose_name=_("initiative")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("member"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=VouchKind)
    of = models.DateTimeField(_("made from the version of"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.TextField(_("reason"), max_length=LONGEST_OBJECTION, blank=True)

    objects = VouchQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of a neighbour")
        verbose_name_plural = _("words of neighbours")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "member"], name="vouch_once"),
            models.CheckConstraint(
                condition=Q(kind=VouchKind.VOUCH, reason="") | (Q(kind=VouchKind.OBJECTION) & ~Q(reason="")),
                name="vouch_objection_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.get_kind_display()}"

    @property
    def is_objection(self) -> bool:
        """Whether it leaves the initiative to the moderators."""
        return self.kind == VouchKind.OBJECTION
