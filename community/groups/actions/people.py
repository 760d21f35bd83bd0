"""Coming in and going, roles, and how much mail somebody gets."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ...members.models import Member
from .. import letters, rules
from ..enums import Frequency, GroupRole
from ..models import Group, GroupMembership
from .shared import ClosedError, check_right, check_somebody_runs_it, entered, let_in, locked, take_out


@transaction.atomic
def join(group: Group, *, by: Member) -> GroupMembership:
    """Come into an open group; twice is once."""
    stored = locked(group)
    if present := rules.membership_of(by, stored):
        return present
    check_right(by, "join_group", stored)
    return let_in(stored, by)


@transaction.atomic
def leave(group: Group, *, by: Member) -> None:
    """Go, also a second time; ValidationError for the last who runs it. Who leaves last puts it away."""
    stored = locked(group)
    if (own := rules.membership_of(by, stored)) is None:
        return
    check_right(by, "leave_group", stored)
    own.group = stored
    take_out(own)


def _run(membership: GroupMembership, by: Member | None) -> GroupMembership:
    """The stored one, for those who run its group, which is locked; ClosedError where it has ended."""
    group = entered(membership.group, by, "run_group")
    found = group.memberships.select_related("member").filter(pk=membership.pk).first()
    if found is None:
        raise ClosedError
    found.group = group
    return found


@transaction.atomic
def change_role(membership: GroupMembership, *, by: Member | None, role: str) -> GroupMembership:
    """Another role; the member is told. ValidationError where nobody would run the group any more."""
    stored = _run(membership, by)
    if role not in GroupRole.values:
        raise ValidationError({"role": _("Choose a role.")})
    if stored.role == role:
        return stored
    check_somebody_runs_it(stored)
    stored.role = role
    stored.save(update_fields=["role"])
    if by is None or by.pk != stored.member_id:
        letters.announce("role", stored.group.pk, stored.member_id)
    return stored


@transaction.atomic
def remove(membership: GroupMembership, *, by: Member | None) -> None:
    """Somebody belongs to it no more, and is told; ClosedError, ValidationError for the last who runs it."""
    stored = _run(membership, by)
    group, member = stored.group, stored.member
    take_out(stored)
    if by is None or by.pk != member.pk:
        letters.announce("removed", group.pk, member.pk)


@transaction.atomic
def hand_over(group: Group, *, by: Member, to: Member) -> GroupMembership:
    """Another member runs it from now on, and who handed it over is a member; ValidationError for a stranger."""
    stored = entered(group, by, "hand_over_group")
    heir = stored.memberships.filter(member=to, member__is_active=True).exclude(member=by).first()
    if heir is None:
        raise ValidationError({"to": _("Choose another member of the group.")})
    if heir.role != GroupRole.ANIMATOR:
        heir.role = GroupRole.ANIMATOR
        heir.save(update_fields=["role"])
        letters.announce("role", stored.pk, heir.member_id)
    stored.memberships.filter(member=by).update(role=GroupRole.MEMBER)
    return heir


@transaction.atomic
def set_frequency(group: Group, *, by: Member, frequency: str) -> GroupMembership:
    """How often one gets mail of the group; ValidationError."""
    stored = entered(group, by, "leave_group")
    if frequency not in Frequency.values:
        raise ValidationError({"frequency": _("Choose how often.")})
    own = stored.memberships.get(member=by)
    own.frequency = frequency
    own.save(update_fields=["frequency"])
    return own
