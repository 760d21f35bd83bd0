"""Links of invitations to groups."""

from ..inviting.links import Links
from .models import GroupInvitation

_LINKS = Links("community.group_invitation")


def invitation_token(invitation: GroupInvitation) -> str:
    """What stands in the address of an invitation; each mail has its own."""
    return _LINKS.token(invitation)


def invitation_of(token: str) -> GroupInvitation | None:
    """The invitation that a token names; None where it opens nothing."""
    return _LINKS.find(token, GroupInvitation.objects.select_related("group__space"))
