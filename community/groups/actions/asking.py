"""Who wants to come into a public group asks; those who run it decide."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ...members.models import Member
from .. import letters, rules
from ..models import LONGEST_MESSAGE, Group, GroupMembership, GroupRequest
from .shared import ClosedError, check_right, entered, let_in, locked


@transaction.atomic
def ask(group: Group, *, by: Member, message: str = "") -> GroupRequest:
    """Ask to join, once: those who run the group are told. ClosedError for who is in it already."""
    stored = locked(group)
    if waiting := stored.requests.filter(member=by).first():
        return waiting
    if rules.membership_of(by, stored):
        raise ClosedError
    check_right(by, "ask_to_join_group", stored)
    made = GroupRequest(group=stored, member=by, message=message.strip())
    made.full_clean(validate_constraints=False)
    made.save()
    for member in stored.memberships.animating().values_list("member", flat=True):
        letters.announce("asked", made.pk, member)
    return made


@transaction.atomic
def withdraw_request(group: Group, *, by: Member) -> bool:
    """Take one's own request back; whether there was one."""
    gone, _kinds = locked(group).requests.filter(member=by).delete()
    return bool(gone)


def _open(request: GroupRequest, by: Member | None) -> GroupRequest:
    """The stored one, of a group that is locked; ClosedError once it is decided or gone."""
    group = entered(request.group, by, "run_group")
    found = group.requests.select_related("member").filter(pk=request.pk).first()
    if found is None:
        raise ClosedError
    found.group = group
    return found


@transaction.atomic
def accept_request(request: GroupRequest, *, by: Member | None) -> GroupMembership:
    """Let somebody in who asked, and tell them. ClosedError."""
    stored = _open(request, by)
    membership = let_in(stored.group, stored.member)
    letters.announce("accepted", stored.group.pk, stored.member_id)
    return membership


@transaction.atomic
def refuse_request(request: GroupRequest, *, by: Member | None, reason: str) -> None:
    """Say no, and why; nothing of it is kept. ClosedError, ValidationError."""
    stored = _open(request, by)
    told = reason.replace("\x00", "").strip()
    if not told:
        raise ValidationError({"reason": _("Say why, so that nobody is left without an answer.")})
    if len(told) > LONGEST_MESSAGE:
        most = _("At most %(number)d characters.") % {"number": LONGEST_MESSAGE}
        raise ValidationError({"reason": most})
    stored.delete()
    letters.announce("refused", stored.group.pk, stored.member_id, told)
