"""Reading claims and invitations."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from territories.enums import CollectiveStatus

from .enums import ClaimState, ClaimWay


class CollectiveClaimQuerySet(models.QuerySet):
    """Claims by how far they are."""

    def open(self) -> "CollectiveClaimQuerySet":
        """That nobody has decided on, those whose link was not followed yet included."""
        return self.filter(state=ClaimState.OPEN)

    def waiting(self) -> "CollectiveClaimQuerySet":
        """For the word of somebody else, the oldest first."""
        unproven = Q(way=ClaimWay.MAIL, confirmed_at=None)
        return self.open().exclude(unproven).order_by("made_at", "pk")

    def refused_foundings(self) -> "CollectiveClaimQuerySet":
        """The last word on new collectives that are archived and were not handed in again since."""
        later = self.model.objects.filter(
            collective=OuterRef("collective"), way=ClaimWay.FOUNDING, pk__gt=OuterRef("pk")
        )
        refused = self.filter(way=ClaimWay.FOUNDING, state=ClaimState.REFUSED)
        return refused.filter(~Exists(later), collective__status=CollectiveStatus.ARCHIVED)


class InvitationQuerySet(models.QuerySet):
    """Invitations by their time."""

    def pending(self) -> "InvitationQuerySet":
        """Not accepted yet; those whose time is over are still listed until they are deleted."""
        return self.filter(accepted_at=None)

    def expired(self) -> "InvitationQuerySet":
        """Whose time is over, accepted or not."""
        return self.filter(expires_at__lte=timezone.now())
