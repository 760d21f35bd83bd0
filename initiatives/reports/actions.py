"""A report is made, settled, and in the end forgotten whose it was: each in one transaction."""

from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models import Member

from .. import actions
from ..enums import ReportKind, ReportState, Verb
from ..models import Initiative, Report
from . import letters

# These say by themselves what is meant.
NEEDS_NO_MESSAGE = (ReportKind.GONE, ReportKind.DUPLICATE)
# What may be done to the initiative with the answer.
STEPS = (Verb.CLOSE, Verb.ARCHIVE)
# An address serves the answer, and a question after it.
FORGET_AFTER = timedelta(days=90)


class SettledError(Exception):
    """Somebody has settled the report already."""


def _check(initiative: Initiative, kind: ReportKind, message: str, other: Initiative | None) -> None:
    """ValidationError by field where a report would say nothing."""
    if not message and kind not in NEEDS_NO_MESSAGE:
        raise ValidationError({"message": _("Say in a few words what is meant.")})
    if kind == ReportKind.DUPLICATE:
        if other is None or not other.is_published:
            raise ValidationError({"other": _("Give the address of the page of the other one.")})
        if other.pk == initiative.pk:
            raise ValidationError({"other": _("This is the same page: give the address of the other one.")})


@transaction.atomic
def report(
    initiative: Initiative,
    *,
    by: Member | None,
    kind: ReportKind,
    message: str,
    other: Initiative | None = None,
    email: str,
    language: str,
) -> Report:
    """Keep a report on a published initiative; the same sent twice is one."""
    if not Initiative.objects.published().filter(pk=initiative.pk).exists():
        raise PermissionDenied("Only of a published initiative.")
    message = message.strip()
    _check(initiative, kind, message, other)
    said = {
        "initiative": initiative,
        "kind": kind,
        "message": message,
        "other": other if kind == ReportKind.DUPLICATE else None,
        "by": by,
        "email": email,
    }
    return Report.objects.open().filter(**said).first() or Report.objects.create(**said, language=language)


def _locked(report: Report, also: Collection[int], by: Member) -> tuple[list[Report], Initiative]:
    """Open reports on one initiative and its row, which nobody else settles or changes meanwhile."""
    rows = Report.objects.select_for_update(of=("self",)).filter(initiative=report.initiative_id)
    # In one order, so that two who settle several do not wait for each other.
    found = list(rows.filter(pk__in={report.pk, *also}).order_by("pk"))
    initiative = Initiative.objects.held().get(pk=report.initiative_id)
    if not by.has_perm("initiatives.settle_report", initiative):
        raise PermissionDenied("Settling this report is not for this member.")
    if not any(row.pk == report.pk and row.is_open for row in found):
        raise SettledError
    return [row for row in found if row.is_open], initiative


@transaction.atomic
def settle(
    report: Report,
    *,
    by: Member,
    state: ReportState,
    answer: str = "",
    verb: Verb | None = None,
    also: Collection[int] = (),
) -> list[Report]:
    """Answer a report, and with it others on the same initiative by their keys in `also`.

    With a verb the initiative is closed or archived in the same transaction. SettledError where somebody was
    faster, TransitionRefusedError where the initiative stands elsewhere by now, ValidationError without a reason.
    """
    if state == ReportState.OPEN or verb not in (None, *STEPS):
        raise PermissionDenied("This is no way to settle a report.")
    reports, initiative = _locked(report, also, by)
    answer = answer.strip()
    if state == ReportState.NOTHING:
        if verb is not None:
            raise PermissionDenied("Something was to be done.")
        if not answer:
            raise ValidationError({"answer": _("Say why, so that nobody is left without an answer.")})
    if verb is not None:
        told = _("Report %(number)s") % {"number": report.pk}
        actions.VERBS[verb](initiative, by=by, reason=told)
    for row in reports:
        row.state, row.answer, row.settled_by, row.settled_at = state, answer, by, timezone.now()
        row.save(update_fields=["state", "answer", "settled_by", "settled_at"])
        letters.announce(row)
    return reports


def forget_addresses() -> int:
    """Delete addresses of reports that were settled long ago; their number."""
    late = Report.objects.filter(settled_at__lt=timezone.now() - FORGET_AFTER)
    return late.exclude(email="").update(email="")
