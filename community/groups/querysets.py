"""Reading groups, who is in them, and who is invited."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .enums import GroupKind, GroupRole


class GroupQuerySet(models.QuerySet):
    """Groups by who may know of them."""

    def active(self) -> "GroupQuerySet":
        """Where something goes on; archived ones are read only."""
        return self.filter(archived_at=None)

    def shown(self) -> "GroupQuerySet":
        """That anyone may know of: lists, feeds, tiles, exports and counts take these."""
        return self.exclude(kind=GroupKind.PRIVATE)

    def of(self, member) -> "GroupQuerySet":
        """That the member belongs to; none for a visitor."""
        if not member.is_authenticated:
            return self.none()
        return self.filter(
            Exists(
                self.model.memberships.rel.related_model.objects.filter(group=OuterRef("pk"), member=member)
            )
        )

    def visible_to(self, reader) -> "GroupQuerySet":
        """That the reader may know of: those that are shown, and their own private ones; moderators know all.

        A private group that is not among them answers like one that is not there.
        """
        if reader.is_authenticated and reader.has_perm("community.oversee_groups"):
            return self
        if not reader.is_authenticated:
            return self.shown()
        return self.filter(~Q(kind=GroupKind.PRIVATE) | Q(pk__in=self.model.objects.of(reader).values("pk")))


class GroupMembershipQuerySet(models.QuerySet):
    """Who is in a group."""

    def animating(self) -> "GroupMembershipQuerySet":
        """Those who run it and still have an account."""
        return self.filter(role=GroupRole.ANIMATOR, member__is_active=True)

    def animated_alone(self, member) -> "GroupMembershipQuerySet":
        """A member's memberships of groups that nobody else runs, while others are in them."""
        others = self.model.objects.filter(group=OuterRef("group")).exclude(member=member)
        return self.filter(
            Exists(others), ~Exists(others.animating()), member=member, role=GroupRole.ANIMATOR
        )


class GroupInvitationQuerySet(models.QuerySet):
    """Invitations by their time."""

    def pending(self) -> "GroupInvitationQuerySet":
        """Not accepted yet; those whose time is over are still listed until they are deleted."""
        return self.filter(accepted_at=None)

    def expired(self) -> "GroupInvitationQuerySet":
        """Whose time is over, accepted or not."""
        return self.filter(expires_at__lte=timezone.now())
