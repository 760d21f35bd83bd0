"""Asking somebody by mail to join, and coming in by the link of that mail."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...ledger.actions import record
from ...ledger.kinds import Kind
from ...members.models import Member
from .. import letters
from ..models import INVITED_FOR, Group, GroupInvitation, GroupMembership
from .shared import ClosedError, entered, let_in, locked


@transaction.atomic
def invite(
    group: Group, *, by: Member | None, email: str, role: str, language: str, name: str = ""
) -> GroupInvitation:
    """Ask somebody by mail, whose name is only spoken to; ValidationError where they are asked or here already."""
    stored = entered(group, by, "run_group")
    if stored.archived_at is not None:
        raise ValidationError(_("The group is archived: open it again first."))
    if stored.memberships.at(email).exists():
        raise ValidationError({"email": _("Somebody with this address is a member already.")})
    asked = stored.invitations.pending().filter(email__iexact=email)
    # Whose time is over may wait for the night to be deleted.
    asked.expired().delete()
    if asked.exists():
        raise ValidationError({"email": _("This address is invited already; you can send it again below.")})
    made = GroupInvitation(group=stored, email=email.lower(), role=role, language=language, by=by)
    made.full_clean(validate_constraints=False)
    made.save()
    if name:
        # The queue keeps what it was given for some days: a name does not go into it.
        transaction.on_commit(partial(letters.invite_by_name, made.pk, name), robust=True)
    else:
        letters.announce("invite", made.pk)
    return made


def _pending(invitation: GroupInvitation, group: Group) -> GroupInvitation:
    found = group.invitations.pending().filter(pk=invitation.pk).first()
    if found is None:
        raise ClosedError
    found.group = group
    return found


@transaction.atomic
def invite_again(invitation: GroupInvitation, *, by: Member | None) -> GroupInvitation:
    """Another mail with a link of its own, good for as long again; the former link opens nothing any more."""
    stored = _pending(invitation, entered(invitation.group, by, "run_group"))
    stored.mails += 1
    stored.expires_at = timezone.now() + INVITED_FOR
    stored.save(update_fields=["mails", "expires_at"])
    letters.announce("invite", stored.pk)
    return stored


@transaction.atomic
def revoke(invitation: GroupInvitation, *, by: Member | None) -> None:
    """Nobody is invited any more: the address goes too."""
    _pending(invitation, entered(invitation.group, by, "run_group")).delete()


@transaction.atomic
def accept(invitation: GroupInvitation, *, by: Member) -> GroupMembership:
    """Join by an invitation whose link one has, with any account, once. ClosedError."""
    group = locked(invitation.group)
    stored = _pending(invitation, group)
    if stored.has_expired or stored.mails != invitation.mails or group.archived_at is not None:
        raise ClosedError
    stored.accepted_at = timezone.now()
    # Nobody needs it any more; the rest tells that the link was used.
    stored.email = ""
    stored.save(update_fields=["accepted_at", "email"])
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
