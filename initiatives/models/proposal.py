"""Proposal: a change of a published initiative that somebody without the right to make it suggests."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.letters.addressed import Addressed

from ..enums import ProposalState
from ..querysets import ProposalQuerySet
from .initiative import Initiative


class Proposal(Addressed):
    """What would be different, made from the initiative as it was at `of`; a message may stand alone."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("initiative")
    )
    values = models.JSONField(_("proposed values"), default=dict, blank=True)
    of = models.DateTimeField(_("made from the version of"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("member"),
    )
    email = models.EmailField(_("e-mail for the answer"), max_length=254, blank=True)
    language = models.CharField(_("language of mails"), max_length=2, choices=settings.LANGUAGES)
    message = models.TextField(_("message"), max_length=2_000, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState, default=ProposalState.OPEN, db_index=True
    )
    taken = ArrayField(
        models.CharField(max_length=40), verbose_name=_("values taken over"), default=list, blank=True
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    reason = models.TextField(_("reason"), max_length=2_000, blank=True)
    told_at = models.DateTimeField(_("told up to"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state == ProposalState.OPEN
