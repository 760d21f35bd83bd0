"""What a moderator reads of a report: what may be done, and the other one beside the initiative."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from community.models import Member

from .. import workflow
from ..enums import ReportKind, ReportState, Status, Verb
from ..merging.describing import is_mergeable
from ..models import Initiative, Report
from .actions import STEPS

# What mostly comes of a kind, offered first.
MOSTLY = {ReportKind.GONE: Verb.CLOSE, ReportKind.ABUSE: Verb.ARCHIVE, ReportKind.DUPLICATE: Verb.ARCHIVE}


def ways(report: Report, member: Member) -> list[tuple[str, str]]:
    """(value, words) of what the workflow and the rights let a member answer with."""
    possible = workflow.allowed_verbs(Status(report.initiative.status))
    steps = [
        verb
        for verb in STEPS
        if verb in possible and member.has_perm(f"initiatives.{verb}", report.initiative)
    ]
    # Whatever is mostly done stands first.
    first = [verb for verb in steps if verb == MOSTLY.get(report.kind)]
    offered = [(str(verb), str(verb.label)) for verb in steps]
    return [
        *(way for way in offered if way[0] in first),
        (str(ReportState.DONE), _("Done")),
        *(way for way in offered if way[0] not in first),
        (str(ReportState.NOTHING), _("Nothing to do")),
    ]


@dataclass(frozen=True)
class Beside:
    """One value of both; `is_same` where that tells something."""

    label: str
    this: str
    that: str
    is_same: bool = False


def other_of(report: Report, member: Member) -> Initiative | None:
    """The other one of a duplicate, if everyone or the member may read it."""
    other = report.other
    if other is None or other.is_published or member.has_perm("initiatives.read_unpublished", other):
        return other
    return None


def may_merge(report: Report, other: Initiative | None, member: Member) -> bool:
    """Whether the member may make both one from here."""
    return (
        report.is_open
        and other is not None
        and other.is_published
        and is_mergeable(report.initiative)
        and all(member.has_perm(f"initiatives.{Verb.MERGE}", one) for one in (report.initiative, other))
    )


def compared(this: Initiative, that: Initiative) -> list[Beside]:
    """What everyone sees of both, side by side, and when each was changed last."""
    one, two = _told(this), _told(that)
    told = [
        Beside(
            label, one[label], two[label], bool(one[label]) and one[label].casefold() == two[label].casefold()
        )
        for label in one
    ]
    return [*told, Beside(_("last change"), _day(this), _day(that))]


def _day(one: Initiative) -> str:
    return date_format(localtime(one.updated_at), "DATE_FORMAT")


def _told(one: Initiative) -> dict[str, str]:
    values = {
        "name": one.name,
        "locality": one.public_locality,
        "website": one.website,
        "primary_theme": one.primary_theme.name if one.primary_theme else "",
        "summary": one.summary,
        "founded": str(one.founded or ""),
    }
    return {str(Initiative._meta.get_field(name).verbose_name): text for name, text in values.items()}
