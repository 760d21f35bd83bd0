"""Space: the place of a network or a company; who belongs to it, who is invited."""

import uuid
from pathlib import PurePath

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..inviting.models import MailedInvitation
from ..members.models import Member
from ..storage import PrivateStorage
from .enums import Accent, SpaceRole
from .querysets import SpaceMembershipQuerySet, SpaceQuerySet

LONGEST_PURPOSE = 2_000
LONGEST_QUERY = 1_000


def logos() -> PrivateStorage:
    """Where logos lie: that of a private space is for its members."""
    return PrivateStorage()


def logo_path(space: "Space", name: str) -> str:
    """A name that tells nothing."""
    return f"spaces/{uuid.uuid4()}{PurePath(name).suffix}"


class Space(models.Model):
    """A place of its own on the site: how it looks, its part of the map, its people and groups."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("purpose"), max_length=LONGEST_PURPOSE)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    is_private = models.BooleanField(_("private"), default=True)
    logo = models.ImageField(_("logo"), storage=logos, upload_to=logo_path, blank=True)
    accent = models.CharField(_("colour"), max_length=10, choices=Accent, default=Accent.AUBERGINE)
    # As the selection writes it; empty for the whole map.
    query = models.CharField(_("filter of its map"), max_length=LONGEST_QUERY, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(accent__in=Accent.values), name="space_accent_known")
        ]
        # Its groups are as private as it is, so that does not change under them.
        triggers = [
            pgtrigger.Protect(
                name="space_stays_private_or_public",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.is_private IS DISTINCT FROM OLD.is_private"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Page of the space."""
        return reverse("space", args=[self.slug])

    @property
    def is_archived(self) -> bool:
        """Whether it is only read."""
        return self.archived_at is not None


class SpaceMembership(models.Model):
    """Who belongs to a space, as what; who leaves has no row."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("space")
    )
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="space_memberships", verbose_name=_("member")
    )
    role = models.CharField(_("role"), max_length=12, choices=SpaceRole, default=SpaceRole.MEMBER)
    joined_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = SpaceMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a space")
        verbose_name_plural = _("memberships of spaces")
        constraints = [
            models.UniqueConstraint(fields=["space", "member"], name="space_membership_once"),
            models.CheckConstraint(condition=Q(role__in=SpaceRole.values), name="space_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.space}"


class SpaceInvitation(MailedInvitation):
    """Somebody is asked by mail to join a space."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("space")
    )
    role = models.CharField(_("role"), max_length=12, choices=SpaceRole, default=SpaceRole.MEMBER)

    class Meta(MailedInvitation.Meta):
        verbose_name = _("invitation to a space")
        verbose_name_plural = _("invitations to spaces")
        constraints = [
            models.UniqueConstraint(
                "space", Lower("email"), condition=Q(accepted_at=None), name="space_invitation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.space} · {self.pk}"
