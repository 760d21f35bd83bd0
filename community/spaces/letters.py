"""The mail that invites into a space, in the language of who gets it, sent by the worker after the change is there."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ..letters.sending import Letter, send
from . import links
from .enums import SpaceRole
from .models import SpaceInvitation

TASK = "invite_to_space"


def announce(pk: int) -> None:
    """Have an invitation sent: in the transaction that makes it, so that the task is there if and only if it is."""
    app.configure_task(TASK).defer(invitation=pk)


def invite(pk: int) -> bool:
    """Send an invitation; whether it was sent. It may be taken back meanwhile."""
    rows = SpaceInvitation.objects.pending().filter(space__archived_at=None).select_related("space")
    invitation = rows.filter(pk=pk).first()
    if invitation is None or invitation.has_expired:
        return False
    space = invitation.space

    def letter() -> Letter:
        shown = {
            "name": space.name,
            "purpose": space.purpose,
            "runs": invitation.role == SpaceRole.FACILITATOR,
            "until": invitation.expires_at,
            "link": settings.SITE_URL + reverse("space_invited", args=[links.invitation_token(invitation)]),
        }
        subject = _("%(name)s invites you") % {"name": space.name}
        return Letter(subject, "community/mails/space_invitation.txt", shown)

    send(invitation.email, invitation.language, letter)
    return True
