"""A proposal is made, taken over or refused: each in one transaction; what it changes goes through actions.revise()."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.ledger.actions import record
from community.ledger.kinds import Kind
from community.letters import boxes
from community.models import Member

from .. import actions
from ..enums import ProposalState, Verb
from ..history import reading
from ..models import Initiative, Proposal
from ..slugs import lock_slugs
from ..telling import posting
from . import comparing, letters
from . import values as stored_values


class DecidedError(Exception):
    """Somebody has decided on the proposal already."""


class ConflictError(Exception):
    """Values that would be changed have been changed meanwhile: `names`."""

    def __init__(self, names: Collection[str]) -> None:
        super().__init__(f"Changed meanwhile: {', '.join(sorted(names))}")
        self.names = sorted(names)


def _locked_initiative(pk: int) -> Initiative:
    return Initiative.objects.held().get(pk=pk)


@transaction.atomic
def propose(
    initiative: Initiative,
    *,
    by: Member | None,
    values: Mapping[str, Any],
    of: datetime,
    message: str,
    email: str,
    language: str,
) -> Proposal:
    """Keep a proposal for a published initiative; `values` as values.written() makes them.

    Its `is_asked` tells whether the address must be confirmed before an answer goes there.
    """
    if not (values or message.strip()):
        raise ValidationError(_("Nothing is different yet: change something, or write a message."))
    if not Initiative.objects.published().filter(pk=initiative.pk).exists():
        raise PermissionDenied("Only of a published initiative.")
    proposal = Proposal.objects.create(
        initiative=initiative,
        by=by,
        values=values,
        of=of,
        message=message.strip(),
        email=email,
        language=language,
    )
    proposal.is_asked = letters.have_asked(proposal)
    return proposal


@transaction.atomic
def confirm_address(proposal: Proposal) -> None:
    """Its owner followed the link: what was decided is told, and what will be."""
    boxes.confirm(proposal.letterbox_id)
    if Proposal.objects.untold().filter(letterbox=proposal.letterbox_id).exists():
        posting.have_told(proposal.letterbox_id)


@transaction.atomic
def revise_at_once(
    initiative: Initiative, *, by: Member, values: Mapping[str, Any], of: datetime, reason: str = ""
) -> Initiative:
    """The same values by someone who has the right; ConflictError where one has changed since `of`."""
    if not values:
        raise ValidationError(_("Nothing is different yet: change something, or write a message."))
    lock_slugs()
    initiative = _locked_initiative(initiative.pk)
    actions.check_right(by, Verb.REVISE, initiative)
    if initiative.updated_at != of:
        meanwhile = comparing.changed_since(reading.versions(initiative), of) & set(values)
        if meanwhile:
            raise ConflictError(meanwhile)
    return actions.revise(initiative, by=by, values=stored_values.read(values, initiative), reason=reason)


def _locked(proposal: Proposal, by: Member) -> tuple[Proposal, Initiative]:
    """Both rows, which nobody else decides on or changes before this transaction ends."""
    stored = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    initiative = _locked_initiative(stored.initiative_id)
    if not by.has_perm("initiatives.decide_proposal", stored):
        raise PermissionDenied("Deciding on this proposal is not for this member.")
    if not stored.is_open:
        raise DecidedError
    return stored, initiative


def _decide(proposal: Proposal, state: ProposalState, by: Member, reason: str, taken: list[str]) -> Proposal:
    proposal.state, proposal.reason, proposal.taken = state, reason.strip(), taken
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save()
    letters.announce(proposal)
    return proposal


@transaction.atomic
def accept(
    proposal: Proposal,
    *,
    by: Member,
    names: Collection[str],
    seen: datetime | None = None,
    reason: str = "",
) -> Proposal:
    """Take over some of the values, all of a message that stands alone.

    ConflictError where one of them is no longer what it was when the proposal was made, unless `seen` is the
    time of the last change, so that whoever accepts has read what stands now. DecidedError, ValidationError.
    """
    # Before the rows: whoever changes a name waits for it first.
    lock_slugs()
    proposal, initiative = _locked(proposal, by)
    compared = comparing.compared(proposal, initiative)
    chosen = stored_values.together(names, proposal.values, compared.languages)
    if proposal.values and not chosen:
        raise ValidationError({"names": _("Tick what you accept.")})
    left = [row for row in compared.rows if row.name in chosen]
    meanwhile = [row.name for row in left if row.has_changed]
    if meanwhile and seen != initiative.updated_at:
        raise ConflictError(meanwhile)
    if left:
        told = _("Proposal %(number)s") % {"number": proposal.pk}
        names = {row.name for row in left}
        values = stored_values.read(
            {name: proposal.values[name] for name in names & set(proposal.values)}, initiative
        )
        if any(row.is_language for row in left):
            values["translations"] = compared.translations(names)
        actions.revise(initiative, by=by, values=values, reason=told)
    record(
        Kind.CORRECTED,
        by=proposal.by,
        room="proposals",
        key=proposal.pk,
        collective=initiative.collective_id,
        territory=initiative.territory_id,
    )
    return _decide(proposal, ProposalState.ACCEPTED, by, reason, stored_values.taken(chosen))


@transaction.atomic
def refuse(proposal: Proposal, *, by: Member, reason: str) -> Proposal:
    """Leave the initiative as it is, and say why."""
    proposal, _initiative = _locked(proposal, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, so that nobody is left without an answer.")})
    return _decide(proposal, ProposalState.REFUSED, by, reason, [])
