"""What a reviewer reads of one initiative: what it lacks, what resembles it, its steps, what may be decided."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _

from community.models import Member

from .. import content, similar, workflow
from ..enums import Status, Verb
from ..models import DistinctPair, Initiative, Merge, StatusChange
from ..workflow import TransitionRefusedError
from .actions import DECISIONS, ChangedError, ClaimedError


def decisions(initiative: Initiative, member: Member) -> list[Verb]:
    """What the workflow and the rights let a member decide now."""
    possible = workflow.allowed_verbs(Status(initiative.status))
    if initiative.status == Status.ARCHIVED and Merge.objects.open().filter(merged=initiative).exists():
        # It lives on in another one until that is undone.
        possible = []
    return [
        verb for verb in DECISIONS if verb in possible and member.has_perm(f"initiatives.{verb}", initiative)
    ]


@dataclass(frozen=True)
class Lack:
    """Something that is not there, and whether it has to be before publishing."""

    text: str
    is_needed: bool


def lacks(initiative: Initiative) -> list[Lack]:
    """What has to be there to be published, then what visitors would miss."""
    found = []
    try:
        content.check_complete(initiative)
    except ValidationError as error:
        found = [Lack(text, True) for text in error.messages]
    missed = {
        _("No summary"): initiative.summary,
        _("No description"): initiative.description,
        _("No way to reach it: neither website nor public contact"): initiative.website
        or initiative.public_contacts,
        _("No territory around its position"): initiative.has_no_position or initiative.territory_id,
        _("No photo"): initiative.cover,
    }
    return found + [Lack(text, False) for text, value in missed.items() if not value]


def alike(initiative: Initiative) -> QuerySet:
    """Published ones that may be the same: with such a name close by, or without place where it has none.

    Those that somebody has found to be others are left out.
    """
    but = [initiative.pk, *DistinctPair.objects.of(initiative.pk).values_list("other", flat=True)]
    point = initiative.position or initiative.public_position
    if point is None:
        return similar.placeless(initiative.name, but=but)
    return similar.near(initiative.name, point, but=but)


def steps(initiative: Initiative) -> QuerySet:
    """What happened to it, the latest first."""
    return StatusChange.objects.filter(initiative=initiative).select_related("by")


def last_step(initiative: Initiative) -> StatusChange | None:
    """The step that brought it to where it stands."""
    return steps(initiative).exclude(verb=Verb.REVISE).first()


def in_words(error: Exception) -> str:
    """Why a decision was not taken, in one line."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, ClaimedError):
        held = error.claim
        return _("%(member)s has taken this on for another %(time)s.") % {
            "member": held.member,
            "time": timeuntil(held.until),
        }
    return {
        TransitionRefusedError: _("Decided already, or not at that stage."),
        ChangedError: _("It changed since you opened the page."),
        PermissionDenied: _("Not open to you"),
    }[type(error)]
