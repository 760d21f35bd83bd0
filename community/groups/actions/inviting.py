"""Asking somebody by mail to join, and coming in by the link of that mail."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ...inviting import actions as inviting
from ...ledger.actions import record
from ...ledger.kinds import Kind
from ...members.models import Member
from .. import letters
from ..models import Group, GroupInvitation, GroupMembership
from .shared import ClosedError, entered, let_in, locked, may_be_in


@transaction.atomic
def invite(
    group: Group, *, by: Member | None, email: str, role: str, language: str, name: str = ""
) -> GroupInvitation:
    """Ask somebody by mail, whose name is only spoken to; ValidationError where they are asked or here already."""
    stored = entered(group, by, "run_group")
    if stored.archived_at is not None:
        raise ValidationError(_("The group is archived: open it again first."))
    made = inviting.invite(stored, by=by, email=email, role=role, language=language)
    if name:
        # The queue keeps what it was given for some days: a name does not go into it.
        transaction.on_commit(partial(letters.invite_by_name, made.pk, name), robust=True)
    else:
        letters.announce("invite", made.pk)
    return made


@transaction.atomic
def invite_again(invitation: GroupInvitation, *, by: Member | None) -> GroupInvitation:
    """Another mail with a link of its own, good for as long again; the former link opens nothing any more."""
    stored = inviting.pending(entered(invitation.group, by, "run_group"), invitation)
    inviting.renew(stored)
    letters.announce("invite", stored.pk)
    return stored


@transaction.atomic
def revoke(invitation: GroupInvitation, *, by: Member | None) -> None:
    """Nobody is invited any more: the address goes too."""
    inviting.pending(entered(invitation.group, by, "run_group"), invitation).delete()


@transaction.atomic
def accept(invitation: GroupInvitation, *, by: Member) -> GroupMembership:
    """Join by an invitation whose link one has, once, with any account that a private space around it lets in.

    ClosedError.
    """
    if not may_be_in(invitation.group, by):
        raise ClosedError
    group = locked(invitation.group)
    stored = inviting.use(group, invitation)
    if stored.by != by:
        # Sums of places would tell of a private group.
        place = (
            {} if group.is_private else {"collective": group.collective_id, "territory": group.territory_id}
        )
        record(Kind.INVITED, by=stored.by, room="group_invitations", key=stored.pk, **place)
    return let_in(group, by, stored.role)


def forget_expired() -> int:
    """Delete invitations whose time is over, with their addresses; their number."""
    gone, _kinds = GroupInvitation.objects.expired().delete()
    return gone
