"""What is kept for how long and why: one table, by which a nightly task deletes and the legal page explains."""

from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .activity import actions as activity
from .collectives import actions as collectives
from .groups import actions as groups
from .kept import Kept, registered
from .privacy.models import RetentionRun
from .relay import actions as relay
from .relay.models import MemberReport
from .spaces import actions as spaces

REPORTS_KEPT_FOR = timedelta(days=365)
RUNS_KEPT_FOR = timedelta(days=365)


def _forget_reports() -> int:
    late = MemberReport.objects.filter(closed_at__lt=timezone.now() - REPORTS_KEPT_FOR)
    return late.delete()[0]


def _forget_runs() -> int:
    return RetentionRun.objects.filter(at__lt=timezone.now() - RUNS_KEPT_FOR).delete()[0]


OWN = (
    Kept(
        "invitations",
        _("Invitations to a collective that nobody accepted, with the address"),
        _("two weeks"),
        _("So long the link of the mail works."),
        collectives.forget_invitations,
    ),
    Kept(
        "group_invitations",
        _("Invitations to a group that nobody accepted, with the address"),
        _("two weeks"),
        _("So long the link of the mail works."),
        groups.forget_expired,
    ),
    Kept(
        "space_invitations",
        _("Invitations to a space that nobody accepted, with the address"),
        _("two weeks"),
        _("So long the link of the mail works."),
        spaces.forget_expired,
    ),
    Kept(
        "claims",
        _("Claims of a collective whose address nobody confirmed"),
        _("one day after the link of the mail has expired"),
        _("Nothing came of them."),
        collectives.forget_claims,
    ),
    Kept(
        "messages",
        _("Who wrote to whom, and when; the text is deleted when it is sent"),
        _("90 days"),
        _("So long an answer may come, and a report may be looked into."),
        relay.forget_messages,
    ),
    Kept(
        "unsent_messages",
        _("Messages that no mail server took, with the text"),
        _("three days"),
        _("So long the site goes on trying."),
        relay.forget_unsent,
    ),
    Kept(
        "member_reports",
        _("Reports on members that are closed"),
        _("one year"),
        _("So that moderators know what was decided when it happens again."),
        _forget_reports,
    ),
    Kept(
        "activities",
        _("What happened on the site: which thing, and who did it; the stream names nobody"),
        _("two years"),
        _("So far back one may want to read what is new."),
        activity.forget_old,
    ),
    Kept(
        "retention_runs",
        _("The list of what was deleted each night: numbers alone"),
        _("one year"),
        _("It proves that these periods are kept."),
        _forget_runs,
    ),
)


def table() -> list[Kept]:
    """All rows, those of this room first."""
    return [*OWN, *registered()]


def run() -> int:
    """Delete all whose time is over and keep how many; their number. What fails leaves the others to be deleted."""
    gone, failed = 0, []
    for kept in table():
        try:
            gone += _run(kept)
        except DatabaseError as error:
            error.add_note(f"While deleting {kept.what}.")
            failed.append(error)
    if failed:
        raise ExceptionGroup("Not everything whose time is over was deleted.", failed)
    return gone


def _run(kept: Kept) -> int:
    if kept.in_parts:
        return _noted(kept.what, kept.delete())
    with transaction.atomic():
        return _noted(kept.what, kept.delete())


def _noted(what: str, number: int) -> int:
    RetentionRun.objects.create(what=what, deleted=number)
    return number
