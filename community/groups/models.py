"""Group: people who work on something; who belongs to it, who asks to, who is invited."""

import uuid

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from territories.models import Collective, Territory

from ..inviting.models import MailedInvitation, in_two_weeks
from ..members.models import Member
from ..spaces.models import Space
from .enums import Frequency, GroupKind, GroupRole
from .querysets import GroupMembershipQuerySet, GroupQuerySet

LONGEST_PURPOSE = 2_000
LONGEST_MESSAGE = 2_000


# A migration knows it by this name.
_in_two_weeks = in_two_weeks
# Of another kind it would be shown to everyone: no form, command or statement brings that about.
OPEN_IN_PRIVATE = """
    IF EXISTS (SELECT FROM community_space WHERE id = NEW.space_id AND is_private) THEN
        RAISE check_violation USING MESSAGE = 'A group of a private space is private.';
    END IF;
    RETURN NEW;
"""


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
    space = models.ForeignKey(
        Space,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("space"),
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
        triggers = [
            pgtrigger.Trigger(
                name="group_of_private_space",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.space_id IS NOT NULL AND NEW.kind <> 'private'"),
                func=OPEN_IN_PRIVATE,
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Page of the group."""
        return reverse("group", args=[self.slug])

    def clean(self) -> None:
        """A private space holds private groups alone."""
        if self.space and self.space.is_private and not self.is_private:
            raise ValidationError({"kind": _("A group of a private space is private.")})

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


class GroupInvitation(MailedInvitation):
    """Somebody is asked by mail to join a group."""

    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("group")
    )
    role = models.CharField(_("role"), max_length=10, choices=GroupRole, default=GroupRole.MEMBER)

    class Meta(MailedInvitation.Meta):
        verbose_name = _("invitation to a group")
        verbose_name_plural = _("invitations to groups")
        constraints = [
            models.UniqueConstraint(
                "group", Lower("email"), condition=Q(accepted_at=None), name="group_invitation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.pk}"
