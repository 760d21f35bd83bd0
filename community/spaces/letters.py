"""Mails about spaces, each in the language of who gets it, sent by the worker after the change is there."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ..letters.sending import Letter, send
from ..members.models import Member
from . import links
from .enums import SpaceRole
from .models import Space, SpaceInvitation, SpaceMembership

TASK, PLACE = "invite_to_space", "tell_of_space"


def invite_by_mail(pk: int) -> None:
    """Have an invitation sent: in the transaction that makes it, so that the task is there if and only if it is."""
    app.configure_task(TASK).defer(invitation=pk)


def tell_of_place(membership: SpaceMembership) -> None:
    """Have a member told what they are in the space now, in the transaction of the change."""
    app.configure_task(PLACE).defer(space=membership.space_id, member=membership.member_id)


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


def tell(space: int, member: int) -> bool:
    """Tell a member what they are in the space when the mail goes out; whether it was sent."""
    place = Space.objects.filter(pk=space).first()
    person = Member.objects.filter(pk=member, is_active=True).first()
    if place is None or person is None:
        return False
    own = place.memberships.filter(member=person).first()

    def letter() -> Letter:
        shown = {
            "name": place.name,
            "removed": own is None,
            "runs": own is not None and own.role == SpaceRole.FACILITATOR,
            "link": settings.SITE_URL + reverse("space", args=[place.slug]) if own else "",
        }
        subject = _("Your place in %(name)s") % {"name": place.name}
        return Letter(subject, "community/mails/space_place.txt", shown)

    send(person.email, person.language, letter)
    return True
