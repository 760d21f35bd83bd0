"""What all verbs share: the right, the locked group, coming in, and that somebody is left to run it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ...collectives.actions import ClosedError
from ...members.models import Member
from ...spaces.models import SpaceMembership
from .. import rules
from ..enums import GroupRole
from ..models import Group, GroupMembership


def check_right(by: Member | None, right: str, on: Group | None) -> None:
    """Refuse with PermissionDenied; `by=None` is the site itself, which may do all."""
    if by is not None and not rules.may(by, right, on):
        raise PermissionDenied(f"{right} is not for this member.")


def locked(group: Group) -> Group:
    """The stored row, whose people nobody else changes before this transaction ends; ClosedError where it is gone."""
    found = Group.objects.select_for_update(no_key=True).filter(pk=group.pk).first()
    if found is None:
        raise ClosedError
    return found


def entered(group: Group, by: Member | None, right: str) -> Group:
    """The locked group, for somebody who has the right now."""
    stored = locked(group)
    check_right(by, right, stored)
    return stored


def may_be_in(group: Group, member: Member) -> bool:
    """Whether no private space around the group keeps them out; who is in it stays there meanwhile.

    Asked before the group is locked: who is taken out of a space is held there first, then in its groups.
    """
    if group.space is None or not group.space.is_private:
        return True
    return SpaceMembership.objects.held(group.space, member) is not None


def let_in(group: Group, member: Member, role: str = GroupRole.MEMBER) -> GroupMembership:
    """A membership, or the present one, in which nobody loses a role; nothing is left to ask for."""
    membership, _made = group.memberships.get_or_create(member=member, defaults={"role": role})
    if role == GroupRole.ANIMATOR and membership.role != role:
        membership.role = role
        membership.save(update_fields=["role"])
    group.requests.filter(member=member).delete()
    return membership


def check_somebody_runs_it(membership: GroupMembership) -> None:
    """No group in which something goes on is left to members alone, whoever asks for it."""
    group = membership.group
    if membership.role != GroupRole.ANIMATOR or group.archived_at is not None:
        return
    others = group.memberships.exclude(pk=membership.pk)
    if others.exists() and not others.animating().exists():
        raise ValidationError(_("Nobody else runs this group: hand it over first, or archive it."))


def take_out(membership: GroupMembership) -> None:
    """End a membership; a group without anybody is archived."""
    group = membership.group
    check_somebody_runs_it(membership)
    membership.delete()
    if group.archived_at is None and not group.memberships.exists():
        put_away(group)


def put_away(group: Group) -> None:
    """From now on it is only read."""
    group.archived_at = timezone.now()
    group.save(update_fields=["archived_at"])
