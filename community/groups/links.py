"""Links of invitations: nothing is stored that would open them, a signature proves them."""

from django.core import signing

from .models import GroupInvitation

_INVITATION = signing.Signer(sep=".", salt="community.group_invitation")


def invitation_token(invitation: GroupInvitation) -> str:
    """What stands in the address of an invitation; each mail has its own."""
    return _INVITATION.sign(f"{invitation.pk}-{invitation.mails}")


def invitation_of(token: str) -> GroupInvitation | None:
    """The invitation that a token names; None for a forged one, one of a former mail, or one that is gone."""
    try:
        pk, _dash, mails = _INVITATION.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    return GroupInvitation.objects.select_related("group").filter(pk=int(pk), mails=int(mails)).first()
