"""What is done with a space and its people: a verb is a function that checks the right, in one transaction."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..collectives.actions import ClosedError
from ..groups.actions.shared import locked as locked_group
from ..groups.actions.shared import take_out
from ..groups.models import GroupMembership
from ..inviting import actions as inviting
from ..members.models import Member
from ..slugs import free_slug, hidden_slug, lock_slugs
from . import letters, rules
from .enums import SpaceRole
from .models import Space, SpaceInvitation, SpaceMembership

# What those who run a space say of it; its address stays, and so does whether it is private.
FACTS = ("name", "purpose", "accent", "query", "logo")
LONGEST_SLUG = 60
# Addresses below spaces/ that are not those of a space.
RESERVED = frozenset({"new", "invitation"})
# The same name for the same facilitator within so long is a second press of the button.
TWICE = timedelta(minutes=10)


def _check_right(by: Member | None, right: str, on: Space | None) -> None:
    """Refuse with PermissionDenied; `by=None` is the site itself, which may do all."""
    if by is not None and not rules.may(by, right, on):
        raise PermissionDenied(f"{right} is not for this member.")


def _locked(space: Space) -> Space:
    """The stored row, whose people nobody else changes before this transaction ends; ClosedError where it is gone."""
    found = Space.objects.select_for_update(no_key=True).filter(pk=space.pk).first()
    if found is None:
        raise ClosedError
    return found


def entered(space: Space, by: Member | None, right: str) -> Space:
    """The locked space, for somebody who has the right now."""
    stored = _locked(space)
    _check_right(by, right, stored)
    return stored


# ── The space itself ────────────────────────────────────────────────────────────────────────────


def _slug(space: Space) -> str:
    """A private one has a tail that nobody guesses: else the number behind a name would tell that it exists."""
    if space.is_private:
        return hidden_slug(space.name, LONGEST_SLUG, "space")
    rows = Space.objects.all()
    return free_slug(space.name, rows, longest=LONGEST_SLUG, otherwise="space", reserved=RESERVED)


@transaction.atomic
def create(*, by: Member | None, values: Mapping[str, Any], email: str, language: str) -> Space:
    """A space whose first facilitator is asked by mail, in a language; twice is one. ValidationError by field."""
    _check_right(by, "create_space", None)
    # A second press of the button waits here for the first.
    lock_slugs()
    same = Space.objects.active().filter(name=values["name"], created_at__gt=timezone.now() - TWICE)
    if twice := same.filter(invitations__by=by, invitations__email=email.lower()).first():
        return twice
    space = Space(**values)
    space.slug = _slug(space)
    space.full_clean()
    space.save()
    invite(space, by=by, email=email, role=SpaceRole.FACILITATOR, language=language)
    return space


@transaction.atomic
def revise(space: Space, *, by: Member | None, values: Mapping[str, Any]) -> Space:
    """Change what it says of itself; `logo` is a new picture, drawn anew before, or False to take it away."""
    stored = entered(space, by, "run_space")
    former = stored.logo.name
    for name in FACTS:
        if name in values:
            setattr(stored, name, "" if values[name] is False else values[name])
    stored.full_clean()
    stored.save(update_fields=[name for name in FACTS if name in values])
    if former and former != stored.logo.name:
        transaction.on_commit(partial(stored.logo.storage.delete, former), robust=True)
    return stored


@transaction.atomic
def archive(space: Space, *, by: Member | None) -> Space:
    """Put it away: it is read, and nobody comes in or begins groups any more; twice is once."""
    stored = entered(space, by, "archive_space")
    if stored.archived_at is None:
        stored.archived_at = timezone.now()
        stored.save(update_fields=["archived_at"])
    return stored


@transaction.atomic
def reopen(space: Space, *, by: Member | None) -> Space:
    """Something goes on in it again; twice is once."""
    stored = entered(space, by, "archive_space")
    stored.archived_at = None
    stored.save(update_fields=["archived_at"])
    return stored


# ── Coming in ───────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def invite(space: Space, *, by: Member | None, email: str, role: str, language: str) -> SpaceInvitation:
    """Ask somebody by mail; ValidationError where they are asked or here already."""
    stored = entered(space, by, "run_space")
    made = inviting.invite(stored, by=by, email=email, role=role, language=language)
    letters.invite_by_mail(made.pk)
    return made


@transaction.atomic
def invite_again(invitation: SpaceInvitation, *, by: Member | None) -> SpaceInvitation:
    """Another mail with a link of its own. ClosedError."""
    stored = inviting.pending(entered(invitation.space, by, "run_space"), invitation)
    inviting.renew(stored)
    letters.invite_by_mail(stored.pk)
    return stored


@transaction.atomic
def revoke(invitation: SpaceInvitation, *, by: Member | None) -> None:
    """Nobody is invited any more: the address goes too. ClosedError."""
    inviting.pending(entered(invitation.space, by, "run_space"), invitation).delete()


@transaction.atomic
def accept(invitation: SpaceInvitation, *, by: Member) -> SpaceMembership:
    """Join by an invitation whose link one has, with any account, once; nobody loses a role by it. ClosedError."""
    space = _locked(invitation.space)
    stored = inviting.use(space, invitation)
    membership, is_new = space.memberships.get_or_create(member=by, defaults={"role": stored.role})
    if not is_new and stored.role == SpaceRole.FACILITATOR:
        membership.role = stored.role
        membership.save(update_fields=["role"])
    return membership


def forget_expired() -> int:
    """Delete invitations whose time is over, with their addresses; their number."""
    gone, _kinds = SpaceInvitation.objects.expired().delete()
    return gone


# ── Its people ──────────────────────────────────────────────────────────────────────────────────


def _check_somebody_runs_it(membership: SpaceMembership) -> None:
    """No space in which something goes on is left to members alone, whoever asks for it."""
    space = membership.space
    if membership.role != SpaceRole.FACILITATOR or space.archived_at is not None:
        return
    others = space.memberships.exclude(pk=membership.pk)
    if others.exists() and not others.facilitating().exists():
        raise ValidationError(_("Nobody else runs this space: let somebody else run it first."))


def _take_out(membership: SpaceMembership) -> None:
    """End a membership, and with it those of the groups of a private space."""
    _check_somebody_runs_it(membership)
    if membership.space.is_private:
        rows = GroupMembership.objects.filter(group__space=membership.space, member=membership.member_id)
        for one in rows.select_related("group").order_by("group"):
            one.group = locked_group(one.group)
            try:
                take_out(one)
            except ValidationError as error:
                told = _("Nobody else runs one of the groups inside: hand it over first, or archive it.")
                raise ValidationError(told) from error
    membership.delete()


def _held(space: Space, member: Member) -> SpaceMembership:
    """Their place in a space that is locked; ClosedError where it has ended."""
    found = SpaceMembership.objects.held(space, member)
    if found is None:
        raise ClosedError
    found.space = space
    return found


@transaction.atomic
def change_role(membership: SpaceMembership, *, by: Member | None, role: str) -> SpaceMembership:
    """Another role; the member is told. ClosedError, ValidationError where nobody would run the space any more."""
    stored = _held(entered(membership.space, by, "run_space"), membership.member)
    if role not in SpaceRole.values:
        raise ValidationError({"role": _("Choose a role.")})
    if stored.role != role:
        _check_somebody_runs_it(stored)
        stored.role = role
        stored.save(update_fields=["role"])
        if by is None or by.pk != stored.member_id:
            letters.tell_of_place(stored)
    return stored


@transaction.atomic
def remove(membership: SpaceMembership, *, by: Member | None) -> None:
    """Somebody belongs to it no more, and is told; ClosedError, ValidationError for the last who runs it or a group."""
    stored = _held(entered(membership.space, by, "run_space"), membership.member)
    _take_out(stored)
    if by is None or by.pk != stored.member_id:
        letters.tell_of_place(stored)


@transaction.atomic
def leave(space: Space, *, by: Member) -> None:
    """Go, also a second time; ValidationError for the last who runs it or a group inside."""
    stored = _locked(space)
    if rules.may(by, "leave_space", stored):
        _take_out(_held(stored, by))
