"""What becomes of a submission: handed in, its address confirmed, corrected, forgotten."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from community.letters import boxes
from community.models import Member

from .. import actions
from ..enums import Status
from ..models import Initiative, Submission
from ..slugs import lock_slugs
from . import letters, links

# What the one who handed it in may still change.
OPEN = (Status.DRAFT, Status.CHANGES_ASKED)
FORGOTTEN_AT_ONCE = 500


class ClosedError(Exception):
    """The submission is no longer in the hands of who made it."""


def _locked(submission: Submission) -> Submission:
    found = Submission.objects.select_for_update(of=("self",)).select_related("initiative")
    return found.get(pk=submission.pk)


@transaction.atomic
def hand_in(*, by: Member | None, values: Mapping[str, Any], email: str, language: str) -> Submission:
    """A draft with where to answer; a member's goes to review at once, others first confirm their address.

    `values` as actions.create() takes them; handed in twice with the same `uuid` it is one. ValidationError by field,
    TooOftenError where the address was written to too often.
    """
    # A second press of the button waits here for the first.
    lock_slugs()
    # Of the same person alone: identifiers of what is published are known to everyone.
    twice = Submission.objects.filter(initiative__uuid=values["uuid"], email__iexact=email)
    if known := twice.select_related("initiative").first():
        if not known.is_confirmed:
            # Whoever presses again has seen no mail; where one has just left, one is enough.
            with suppress(letters.TooOftenError):
                letters.have_asked(known)
        return known
    initiative = actions.create(by=by, values=values)
    confirmed_at = timezone.now() if by else None
    submission = Submission.objects.create(
        initiative=initiative, email=email, language=language, confirmed_at=confirmed_at
    )
    if by is None:
        letters.have_asked(submission)
    else:
        submission.initiative = actions.submit(initiative, by=by)
    return submission


@transaction.atomic
def confirm_address(submission: Submission) -> Submission:
    """The link of the mail was followed: the draft goes to review, once. ClosedError where the link has expired."""
    submission = _locked(submission)
    if links.has_expired(submission):
        raise ClosedError
    if not submission.is_confirmed:
        submission.confirmed_at = timezone.now()
        submission.save(update_fields=["confirmed_at"])
        if submission.initiative.status == Status.DRAFT:
            submission.initiative = actions.submit(submission.initiative, by=None)
        # Suggestions from the same address are answered from now on, too.
        boxes.confirm(submission.letterbox_id)
    return submission


@transaction.atomic
def ask_again(submission: Submission) -> None:
    """Have the link sent once more; ClosedError where nothing is to be confirmed, TooOftenError."""
    submission = _locked(submission)
    if submission.is_confirmed or not submission.email or links.has_expired(submission):
        raise ClosedError
    letters.have_asked(submission)


@transaction.atomic
def correct(submission: Submission, *, values: Mapping[str, Any]) -> Submission:
    """Other values, and back to review where they were asked for; ClosedError once somebody else has it in hand."""
    submission = _locked(submission)
    initiative = Initiative.objects.held().get(pk=submission.initiative_id)
    if initiative.status not in OPEN:
        raise ClosedError
    initiative = actions.revise(initiative, by=None, values=values)
    if initiative.status == Status.CHANGES_ASKED:
        initiative = actions.submit(initiative, by=None)
    submission.initiative = initiative
    return submission


def forget_unconfirmed() -> int:
    """Delete drafts whose address nobody has confirmed in time; their number."""
    before, gone = timezone.now() - links.CONFIRM_WITHIN, 0
    while number := _forget_some(before):
        gone += number
    return gone


@transaction.atomic
def _forget_some(before: datetime) -> int:
    """The next ones, in as many statements as one would take; what somebody holds is left for tomorrow."""
    late = Initiative.objects.filter(
        status=Status.DRAFT, submission__confirmed_at=None, submission__handed_in_at__lt=before
    )
    held = late.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    keys = list(held.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    Initiative.objects.filter(pk__in=keys).delete()
    return len(keys)
