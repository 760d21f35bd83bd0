"""Reading invitations by their time, and people by their address and their consent."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..members.enums import Visibility


class InvitationQuerySet(models.QuerySet):
    """Invitations by their time."""

    def pending(self) -> "InvitationQuerySet":
        """Not accepted yet; those whose time is over are still listed until they are deleted."""
        return self.filter(accepted_at=None)

    def expired(self) -> "InvitationQuerySet":
        """Whose time is over, accepted or not."""
        return self.filter(expires_at__lte=timezone.now())


class PeopleQuerySet(models.QuerySet):
    """Memberships into which people are invited."""

    def at(self, email: str) -> "PeopleQuerySet":
        """Of whoever has an address, in whatever spelling."""
        proven = Q(member__emailaddress__email__iexact=email, member__emailaddress__verified=True)
        return self.filter(Q(member__email__iexact=email) | proven).distinct()

    def named(self) -> "PeopleQuerySet":
        """Of those who show their name to everyone."""
        return self.filter(member__public_name_seen_by=Visibility.EVERYONE).exclude(member__public_name="")
