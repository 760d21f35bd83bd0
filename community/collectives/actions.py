"""What is done with a collective and its people: a verb is a function that checks the right, in one transaction."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from territories.enums import CollectiveStatus
from territories.models import Collective

from ..ledger.actions import record
from ..ledger.kinds import Kind
from ..members.enums import CollectiveRole
from ..members.models import CollectiveMembership, Member
from ..slugs import free_slug, lock_slugs
from . import letters, rules
from .enums import ClaimWay
from .models import CONFIRM_WITHIN, INVITED_FOR, CollectiveClaim, Invitation

# What its own people write of a collective; name and address stay.
FACTS = ("purposes", "website", "logo")
LONGEST_SLUG = 100
# Addresses below collectives/ that are not those of a collective.
RESERVED = frozenset({"new"})


class ClosedError(Exception):
    """Too late: it was used, decided or withdrawn, or its time is over."""


def check_right(by: Member | None, right: str, on: models.Model | None) -> None:
    """Refuse with PermissionDenied; `by=None` is the site itself, which may do all."""
    if by is not None and not by.has_perm(f"community.{right}", on):
        raise PermissionDenied(f"{right} is not for this member.")


def locked(collective: Collective) -> Collective:
    """The stored row, whose people nobody else changes before this transaction ends."""
    return Collective.objects.select_for_update(of=("self",)).defer("perimeter").get(pk=collective.pk)


# ── The collective itself ───────────────────────────────────────────────────────────────────────


@transaction.atomic
def found(*, by: Member, values: Mapping[str, Any]) -> Collective:
    """A draft that its founder runs and a moderator publishes; handed in twice it is one. ValidationError by field."""
    check_right(by, "found_collective", None)
    # A second press of the button waits here for the first.
    lock_slugs()
    waiting = CollectiveClaim.objects.open().filter(way=ClaimWay.FOUNDING, member=by)
    if twice := waiting.filter(collective__name=values["name"]).select_related("collective").first():
        return twice.collective
    slug = free_slug(
        values["name"],
        Collective.objects.all(),
        longest=LONGEST_SLUG,
        otherwise="collective",
        reserved=RESERVED,
    )
    collective = Collective(slug=slug, **values)
    collective.full_clean(exclude=["perimeter"])
    collective.save()
    join(collective, by, CollectiveRole.FACILITATOR)
    CollectiveClaim.objects.create(collective=collective, member=by, way=ClaimWay.FOUNDING)
    return collective


@transaction.atomic
def hand_in_again(
    collective: Collective, *, by: Member, values: Mapping[str, Any], message: str = ""
) -> CollectiveClaim:
    """What was refused goes back to the moderators, changed or with a word on it; its address stays.

    ClosedError where it is not refused (any more), ValidationError by field.
    """
    check_right(by, "hand_in_again", collective)
    stored = locked(collective)
    if not stored.claims.refused_foundings().filter(member=by).exists():
        raise ClosedError
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    if not (changed or message.strip()):
        raise ValidationError(_("Nothing is different yet: change something, or write a message."))
    for name in changed:
        setattr(stored, name, values[name])
    stored.status = CollectiveStatus.DRAFT
    stored.full_clean(exclude=["perimeter"])
    stored.save(update_fields=[*changed, "status"])
    claim = CollectiveClaim(collective=stored, member=by, way=ClaimWay.FOUNDING, message=message.strip())
    claim.full_clean(validate_constraints=False)
    claim.save()
    return claim


@transaction.atomic
def revise(collective: Collective, *, by: Member | None, values: Mapping[str, Any]) -> Collective:
    """Change what its page says; `logo` is a new picture, drawn anew before, or False to take it away."""
    check_right(by, "run_collective", collective)
    stored = locked(collective)
    former = stored.logo.name
    for name in FACTS:
        if name in values:
            setattr(stored, name, "" if values[name] is False else values[name])
    stored.full_clean(exclude=["perimeter"])
    stored.save(update_fields=[name for name in FACTS if name in values])
    if former and former != stored.logo.name:
        transaction.on_commit(partial(stored.logo.storage.delete, former), robust=True)
    return stored


# ── Its people ──────────────────────────────────────────────────────────────────────────────────


def join(collective: Collective, member: Member, role: CollectiveRole) -> CollectiveMembership:
    """A membership from today, or the present one; nobody loses a role by it. Within a transaction."""
    today = timezone.localdate()
    present = collective.memberships.filter(Q(ended_on=None) | Q(ended_on__gt=today), member=member)
    membership = present.first() or CollectiveMembership(collective=collective, member=member, role=role)
    membership.started_on = min(membership.started_on, today)
    membership.ended_on = None
    if role == CollectiveRole.FACILITATOR:
        membership.role = role
    membership.save()
    return membership


def _own(membership: CollectiveMembership) -> CollectiveMembership:
    """The stored one, of a collective that is locked; ClosedError where it has ended."""
    collective = locked(membership.collective)
    found = CollectiveMembership.objects.current().select_related("member").filter(pk=membership.pk).first()
    if found is None:
        raise ClosedError
    found.collective = collective
    return found


def _check_somebody_is_left(membership: CollectiveMembership, by: Member | None) -> None:
    """No collective is left without anybody by its own people; who looks after it from outside may."""
    if by is None or membership.role != CollectiveRole.FACILITATOR:
        return
    others = rules.facilitators(membership.collective).exclude(pk=membership.pk).exists()
    is_outside = by.pk != membership.member_id and by.has_perm(
        "community.oversee_collective", membership.collective
    )
    if not others and not is_outside:
        raise ValidationError(_("Nobody else facilitates: give somebody else this role first."))


@transaction.atomic
def change_role(membership: CollectiveMembership, *, by: Member | None, role: str) -> CollectiveMembership:
    """Another role from now on; the member is told. ValidationError where nobody would facilitate any more."""
    check_right(by, "change_role", membership)
    stored = _own(membership)
    if stored.role == role:
        return stored
    if role not in CollectiveRole.values:
        raise ValidationError({"role": _("Choose a role.")})
    _check_somebody_is_left(stored, by)
    stored.role = role
    stored.save(update_fields=["role"])
    if by is None or by.pk != stored.member_id:
        letters.announce("change", stored.pk)
    return stored


@transaction.atomic
def end_membership(membership: CollectiveMembership, *, by: Member | None) -> CollectiveMembership:
    """From today no more; a member may always leave, but not the last one who facilitates."""
    check_right(by, "end_membership", membership)
    stored = _own(membership)
    _check_somebody_is_left(stored, by)
    stored.ended_on = timezone.localdate()
    stored.save(update_fields=["ended_on"])
    if by is None or by.pk != stored.member_id:
        letters.announce("change", stored.pk)
    return stored


# ── Invitations ─────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def invite(collective: Collective, *, by: Member, email: str, role: str, language: str) -> Invitation:
    """Ask somebody by mail; ValidationError where they are asked or here already."""
    check_right(by, "run_collective", collective)
    stored = locked(collective)
    if stored.memberships.current().filter(member__email__iexact=email).exists():
        raise ValidationError({"email": _("Somebody with this address is a member already.")})
    asked = stored.invitations.pending().filter(email__iexact=email)
    # Whose time is over may wait for the night to be deleted.
    asked.expired().delete()
    if asked.exists():
        raise ValidationError({"email": _("This address is invited already; you can send it again below.")})
    made = Invitation(collective=stored, email=email.lower(), role=role, language=language, by=by)
    made.full_clean(validate_constraints=False)
    made.save()
    letters.announce("invite", made.pk)
    return made


def _pending(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("collective")
    found = rows.defer("collective__perimeter").filter(pk=invitation.pk, accepted_at=None).first()
    if found is None:
        raise ClosedError
    return found


@transaction.atomic
def invite_again(invitation: Invitation, *, by: Member) -> Invitation:
    """Another mail with a link of its own, good for as long again; the former link opens nothing any more."""
    check_right(by, "run_collective", invitation.collective)
    stored = _pending(invitation)
    stored.mails += 1
    stored.expires_at = timezone.now() + INVITED_FOR
    stored.save(update_fields=["mails", "expires_at"])
    letters.announce("invite", stored.pk)
    return stored


@transaction.atomic
def revoke(invitation: Invitation, *, by: Member) -> None:
    """Nobody is invited any more: the address goes too."""
    check_right(by, "run_collective", invitation.collective)
    _pending(invitation).delete()


@transaction.atomic
def accept(invitation: Invitation, *, by: Member) -> CollectiveMembership:
    """Join by an invitation whose link one has, with any account, once. ClosedError."""
    locked(invitation.collective)
    stored = _pending(invitation)
    if stored.has_expired or stored.mails != invitation.mails:
        raise ClosedError
    stored.accepted_at = timezone.now()
    # Nobody needs it any more; the rest tells that the link was used.
    stored.email = ""
    stored.save(update_fields=["accepted_at", "email"])
    if stored.by != by:
        place = {"collective": stored.collective, "territory": stored.collective.territory_id}
        record(Kind.INVITED, by=stored.by, room="invitations", key=stored.pk, **place)
    return join(stored.collective, by, CollectiveRole(stored.role))


def forget_invitations() -> int:
    """Delete invitations whose time is over, with their addresses; their number."""
    return Invitation.objects.expired().delete()[0]


def forget_claims() -> int:
    """Delete claims whose address nobody proved in time; their number."""
    late = CollectiveClaim.objects.open().filter(
        way=ClaimWay.MAIL, confirmed_at=None, made_at__lt=timezone.now() - CONFIRM_WITHIN - timedelta(days=1)
    )
    return late.delete()[0]
