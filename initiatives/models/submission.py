"""Submission: who handed in an initiative, and where answers go."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.letters.addressed import Addressed

from ..querysets import SubmissionQuerySet
from .initiative import Initiative


class Submission(Addressed):
    """An initiative that somebody handed in, with or without an account."""

    initiative = models.OneToOneField(
        Initiative, on_delete=models.CASCADE, related_name="submission", verbose_name=_("initiative")
    )
    email = models.EmailField(
        _("e-mail"), max_length=254, blank=True, help_text=_("Empty once it is no longer needed.")
    )
    language = models.CharField(_("language of mails"), max_length=2, choices=settings.LANGUAGES)
    handed_in_at = models.DateTimeField(_("handed in"), default=timezone.now)
    consented_at = models.DateTimeField(_("agreed to the licence"), default=timezone.now)
    asked_at = models.DateTimeField(_("last asked to confirm"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    told_at = models.DateTimeField(_("told up to"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-handed_in_at", "-pk"]

    def __str__(self) -> str:
        return str(self.initiative)

    @property
    def is_confirmed(self) -> bool:
        """Whether the address is known to be theirs."""
        return self.confirmed_at is not None
