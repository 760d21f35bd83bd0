"""Mails about groups, each in the language of who gets it, sent by the worker after the change is there."""

from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ..letters.sending import Letter, one_line, send
from ..members.models import Member
from . import links
from .enums import GroupRole
from .models import Group, GroupInvitation, GroupRequest

TASK = "tell_of_group"
LONGEST_NAME = 80


def announce(kind: str, pk: int, to: int | None = None, reason: str = "") -> None:
    """Have a mail sent: in the transaction of the change, so that the task is there if and only if the change is."""
    app.configure_task(TASK).defer(kind=kind, pk=pk, to=to, reason=reason)


def tell(kind: str, pk: int, to: int | None, reason: str = "") -> bool:
    """Send the mail; whether it was sent. What it is about may be gone meanwhile."""
    if kind == "invite":
        return _invite(pk)
    member = Member.objects.filter(pk=to, is_active=True).first()
    if member is None or (write := KINDS[kind](pk, member, reason)) is None:
        return False
    send(member.email, member.language, write)
    return True


def invite_by_name(pk: int, name: str) -> None:
    """Send an invitation at once, to somebody by their name; without it later, where the mail server is away."""
    try:
        _invite(pk, one_line(name)[:LONGEST_NAME])
    except (SMTPException, OSError):
        announce("invite", pk)


def _page(name: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _invite(pk: int, to_name: str = "") -> bool:
    """To whom a group invites."""
    rows = GroupInvitation.objects.pending().filter(group__archived_at=None).select_related("group")
    invitation = rows.filter(pk=pk).first()
    if invitation is None or invitation.has_expired:
        return False
    group = invitation.group

    def letter() -> Letter:
        shown = {
            "to": to_name,
            "name": group.name,
            "purpose": group.purpose,
            "runs": invitation.role == GroupRole.ANIMATOR,
            "until": invitation.expires_at,
            "link": _page("group_invited", links.invitation_token(invitation)),
        }
        subject = _("%(name)s invites you") % {"name": group.name}
        return Letter(subject, "community/mails/group_invitation.txt", shown)

    send(invitation.email, invitation.language, letter)
    return True


Write = Callable[[], Letter]


def _asked(pk: int, member: Member, reason: str) -> Write | None:
    """To one of those who run the group: somebody wants to join."""
    asked = GroupRequest.objects.select_related("group", "member").filter(pk=pk).first()
    if asked is None or not asked.group.memberships.animating().filter(member=member).exists():
        return None

    def letter() -> Letter:
        shown = {
            "name": asked.group.name,
            "member": asked.member,
            "message": asked.message,
            "link": _page("group_people", asked.group.slug),
        }
        subject = _("Somebody wants to join %(name)s") % {"name": asked.group.name}
        return Letter(subject, "community/mails/group_request.txt", shown)

    return letter


def _accepted(pk: int, member: Member, reason: str) -> Write | None:
    """To who asked: they are in."""
    group = Group.objects.filter(pk=pk, memberships__member=member).first()
    return group and _answer(group, accepted=True, reason="")


def _refused(pk: int, member: Member, reason: str) -> Write | None:
    """To who asked: not now, and why; unless they came in otherwise."""
    group = Group.objects.filter(pk=pk).exclude(memberships__member=member).first()
    return group and _answer(group, accepted=False, reason=reason)


def _answer(group: Group, *, accepted: bool, reason: str) -> Write:
    def letter() -> Letter:
        link = _page("group", group.slug) if accepted else ""
        shown = {"name": group.name, "accepted": accepted, "reason": reason, "link": link}
        subject = _("Your request to join %(name)s") % {"name": group.name}
        return Letter(subject, "community/mails/group_answer.txt", shown)

    return letter


def _place(group: Group, role: str) -> Write:
    def letter() -> Letter:
        shown = {
            "name": group.name,
            "removed": not role,
            "runs": role == GroupRole.ANIMATOR,
            "link": _page("group", group.slug) if role else "",
        }
        subject = _("Your place in %(name)s") % {"name": group.name}
        return Letter(subject, "community/mails/group_place.txt", shown)

    return letter


def _role(pk: int, member: Member, reason: str) -> Write | None:
    """To a member whom another gave another role."""
    group = Group.objects.filter(pk=pk).first()
    own = group and group.memberships.filter(member=member).first()
    return own and _place(group, own.role)


def _removed(pk: int, member: Member, reason: str) -> Write | None:
    """To who does not belong to it any more."""
    group = Group.objects.filter(pk=pk).exclude(memberships__member=member).first()
    return group and _place(group, "")


KINDS = {
    "asked": _asked,
    "accepted": _accepted,
    "refused": _refused,
    "role": _role,
    "removed": _removed,
}
