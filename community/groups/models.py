"""Group: people who work on something; who belongs to it, who asks to, who is invited."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from territories.models import Collective, Territory

from ..members.models import Member
from .enums import Frequency, GroupKind, GroupRole
from .querysets import GroupInvitationQuerySet, GroupMembershipQuerySet, GroupQuerySet

INVITED_FOR = timedelta(days=14)
LONGEST_PURPOSE = 2_000
LONGEST_MESSAGE = 2_000


def _in_two_weeks():
    return timezone.now() + INVITED_FOR


class Group(models.Model):
    """A working group, rooted in a territory or a collective or in neither; initiatives point to it themselves."""

    uuid = models.UUIDField(_("public identifier"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("purpose"), max_length=LONGEST_PURPOSE)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    kind = models.CharField(_("kind"), max_length=10, choices=GroupKind, default=GroupKind.OPEN)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("territory"),
    )
    collective = models.ForeignKey(
        Collective,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("collective"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        Member,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("created by"),
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(territory=None) | Q(collective=None),
                name="group_anchor_one",
                violation_error_message=_("Choose a territory or a collective, not both."),
            ),
            models.CheckConstraint(condition=Q(kind__in=GroupKind.values), name="group_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Page of the group."""
        return reverse("group", args=[self.slug])

    @property
    def is_archived(self) -> bool:
        """Whether it is only read."""
        return self.archived_at is not None

    @property
    def anchor(self) -> Territory | Collective | None:
        """What it is rooted in."""
        return self.territory or self.collective

    @property
    def is_private(self) -> bool:
        """Whether it is there for its members alone."""
        return self.kind == GroupKind.PRIVATE


class GroupMembership(models.Model):
    """Who belongs to a group, as what, and how often they get mail; who leaves has no row."""

    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("group")
    )
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="group_memberships", verbose_name=_("member")
    )
    role = models.CharField(_("role"), max_length=10, choices=GroupRole, default=GroupRole.MEMBER)
    frequency = models.CharField(
        _("mail"), max_length=10, choices=Frequency, default=Frequency.WEEKLY, db_index=True
    )
    joined_at = models.DateTimeField(_("since"), default=timezone.now)
    # Up to when posts were mailed, and up to when those go of the summary that was begun last.
    digested_until = models.DateTimeField(_("mailed until"), null=True, blank=True, editable=False)
    digest_begun = models.DateTimeField(_("summary begun until"), null=True, blank=True, editable=False)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a group")
        verbose_name_plural = _("memberships of groups")
        constraints = [
            models.UniqueConstraint(fields=["group", "member"], name="group_membership_once"),
            models.CheckConstraint(condition=Q(role__in=GroupRole.values), name="group_role_known"),
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="group_frequency_known"),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.group}"


class GroupRequest(models.Model):
    """Somebody asks to join a public group; once it is decided, there is none."""

    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="requests", verbose_name=_("group")
    )
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="group_requests", verbose_name=_("member")
    )
    message = models.TextField(_("message"), max_length=LONGEST_MESSAGE, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("request to join a group")
        verbose_name_plural = _("requests to join groups")
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "member"], name="group_request_once")]

    def __str__(self) -> str:
        return f"{self.member} · {self.group}"


class GroupInvitation(models.Model):
    """Somebody is asked by mail to join a group; the link is a signature, so nothing kept here opens it."""

    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("group")
    )
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=GroupRole, default=GroupRole.MEMBER)
    language = models.CharField(_("language of mails"), max_length=2, choices=settings.LANGUAGES)
    by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("good until"), default=_in_two_weeks)
    # Of several mails only the link of the last one opens.
    mails = models.PositiveSmallIntegerField(_("mails sent"), default=1)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    objects = GroupInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a group")
        verbose_name_plural = _("invitations to groups")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "group", Lower("email"), condition=Q(accepted_at=None), name="group_invitation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.pk}"

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return timezone.now() > self.expires_at
