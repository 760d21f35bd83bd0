"""MailedInvitation: somebody is asked by mail; the link is a signature, so nothing kept here opens it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..members.models import Member
from .querysets import InvitationQuerySet

INVITED_FOR = timedelta(days=14)


def in_two_weeks():
    """Until when an invitation is good that is made now."""
    return timezone.now() + INVITED_FOR


class MailedInvitation(models.Model):
    """Who is asked, by whom, until when; into what, and as what, is for the model that has it."""

    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    language = models.CharField(_("language of mails"), max_length=2, choices=settings.LANGUAGES)
    by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("good until"), default=in_two_weeks)
    # Of several mails only the link of the last one opens.
    mails = models.PositiveSmallIntegerField(_("mails sent"), default=1)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-made_at", "-pk"]

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return timezone.now() > self.expires_at
