"""Links of invitations to spaces."""

from ..inviting.links import Links
from .models import SpaceInvitation

_LINKS = Links("community.space_invitation")


def invitation_token(invitation: SpaceInvitation) -> str:
    """What stands in the address of an invitation; each mail has its own."""
    return _LINKS.token(invitation)


def invitation_of(token: str) -> SpaceInvitation | None:
    """The invitation that a token names; None where it opens nothing."""
    return _LINKS.find(token, SpaceInvitation.objects.select_related("space"))
