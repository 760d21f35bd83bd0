"""CollectiveClaim: somebody says that a collective is theirs. Invitation: somebody is asked to join one."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from territories.models import Collective

from ..members.enums import CollectiveRole
from ..members.models import Member
from .enums import ClaimState, ClaimWay
from .querysets import CollectiveClaimQuerySet, InvitationQuerySet

INVITED_FOR = timedelta(days=14)
CONFIRM_WITHIN = timedelta(days=3)
LONGEST_MESSAGE = 2_000


def _in_two_weeks():
    return timezone.now() + INVITED_FOR


class CollectiveClaim(models.Model):
    """What somebody rests on who founds a collective or wants to run one, and what was decided."""

    collective = models.ForeignKey(
        Collective, on_delete=models.CASCADE, related_name="claims", verbose_name=_("collective")
    )
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="collective_claims", verbose_name=_("member")
    )
    way = models.CharField(_("kind"), max_length=10, choices=ClaimWay)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    message = models.TextField(_("message"), max_length=LONGEST_MESSAGE, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ClaimState, default=ClaimState.OPEN, db_index=True
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Member,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    reason = models.TextField(_("reason"), max_length=LONGEST_MESSAGE, blank=True)

    objects = CollectiveClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim of a collective")
        verbose_name_plural = _("claims of collectives")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "collective"],
                condition=Q(state=ClaimState.OPEN),
                name="collective_claim_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.collective}"

    @property
    def is_founding(self) -> bool:
        """Whether the collective is new."""
        return self.way == ClaimWay.FOUNDING

    @property
    def is_waiting(self) -> bool:
        """Whether somebody else is to decide."""
        return self.state == ClaimState.OPEN and (self.way != ClaimWay.MAIL or self.confirmed_at is not None)

    @property
    def has_expired(self) -> bool:
        """Whether it is too late to follow the link of the mail."""
        return self.confirmed_at is None and timezone.now() > self.made_at + CONFIRM_WITHIN


class Invitation(models.Model):
    """Somebody is asked by mail to join a collective; the link is a signature, so nothing kept here opens it."""

    collective = models.ForeignKey(
        Collective, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("collective")
    )
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=CollectiveRole, default=CollectiveRole.MEMBER)
    language = models.CharField(_("language of mails"), max_length=2, choices=settings.LANGUAGES)
    by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("good until"), default=_in_two_weeks)
    # Of several mails only the link of the last one opens.
    mails = models.PositiveSmallIntegerField(_("mails sent"), default=1)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a collective")
        verbose_name_plural = _("invitations to collectives")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "collective", Lower("email"), condition=Q(accepted_at=None), name="invitation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.collective} · {self.pk}"

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return timezone.now() > self.expires_at
