"""Taking on an initiative and deciding on it: each in one transaction that holds the row of the initiative."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models import Member

from .. import workflow
from ..actions import NEEDS_REASON, VERBS
from ..enums import Status, Verb
from ..models import Initiative, ReviewClaim
from ..workflow import TransitionRefusedError

# What a review may end with.
DECISIONS = (Verb.PUBLISH, Verb.ASK_CHANGES, Verb.REJECT, Verb.ARCHIVE, Verb.RESTORE)


class ChangedError(Exception):
    """The initiative is no longer what the reviewer read."""


class ClaimedError(Exception):
    """Someone else has taken the initiative on; `claim` says who and until when."""

    def __init__(self, held: ReviewClaim) -> None:
        super().__init__(f"Taken on by {held.member} until {held.until.isoformat()}.")
        self.claim = held


def _locked(initiative: Initiative, by: Member) -> Initiative:
    """The stored row, which nobody else decides on or takes on before this transaction ends."""
    stored = Initiative.objects.held().get(pk=initiative.pk)
    if not by.has_perm("initiatives.review", stored):
        raise PermissionDenied("Reviewing this initiative is not for this member.")
    return stored


def others_claim(initiative: Initiative, by: Member) -> ReviewClaim | None:
    """The claim of somebody else that still counts."""
    held = ReviewClaim.objects.current().select_related("member")
    return held.filter(initiative=initiative).exclude(member=by).first()


@transaction.atomic
def claim(initiative: Initiative, *, by: Member, over: int | None = None) -> ReviewClaim:
    """Take on for a while; ClaimedError while another has it, unless `over` is the key of that very member."""
    stored = _locked(initiative, by)
    held = others_claim(stored, by)
    if held and held.member_id != over:
        raise ClaimedError(held)
    until = timezone.now() + timedelta(minutes=settings.REVIEW_CLAIM_MINUTES)
    made, _created = ReviewClaim.objects.update_or_create(
        initiative=stored, defaults={"member": by, "until": until}
    )
    return made


@transaction.atomic
def release(initiative: Initiative, *, by: Member) -> None:
    """Give back what one has taken on; nothing where another has it."""
    ReviewClaim.objects.filter(initiative=_locked(initiative, by), member=by).delete()


def check_reason(verb: Verb, reason: str) -> None:
    """ValidationError where a decision needs a reason and has none."""
    if verb in NEEDS_REASON and not reason.strip():
        raise ValidationError({"reason": _("Say why, so that nobody is left without an answer.")})


@transaction.atomic
def decide(initiative: Initiative, *, by: Member, verb: Verb, seen: datetime, reason: str = "") -> Initiative:
    """A verb of the workflow on the initiative as it was `seen`, by the time of its last change.

    TransitionRefusedError where it was decided already, ChangedError where it is another by now,
    ClaimedError while somebody else has it, ValidationError where a reason or a value is missing.
    """
    if verb not in DECISIONS:
        raise PermissionDenied(f"{verb} is no decision of a review.")
    stored = _locked(initiative, by)
    workflow.target(Status(stored.status), verb)
    if stored.updated_at != seen:
        raise ChangedError
    if held := others_claim(stored, by):
        raise ClaimedError(held)
    return VERBS[verb](stored, by=by, reason=reason)


@dataclass(frozen=True)
class Outcome:
    """What happened to one of many; `trouble` is empty where the decision was taken."""

    initiative: Initiative
    trouble: str = ""


def decide_many(
    chosen: Sequence[tuple[Initiative, datetime]],
    *,
    by: Member,
    verb: Verb,
    reason: str = "",
    said: Callable[[Exception], str],
) -> list[Outcome]:
    """The same decision on each, one transaction a row, so that a refused one leaves the others; `said` words it."""
    check_reason(verb, reason)
    outcomes = []
    for initiative, seen in chosen:
        try:
            decide(initiative, by=by, verb=verb, seen=seen, reason=reason)
        except (
            PermissionDenied,
            ValidationError,
            TransitionRefusedError,
            ChangedError,
            ClaimedError,
        ) as error:
            outcomes.append(Outcome(initiative, said(error)))
        else:
            outcomes.append(Outcome(initiative))
    return outcomes
