"""What waits for the moderators and the facilitator of the demo, by everyone’s actions; and made-up views."""

import json
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from django.utils import timezone

from community.collectives import actions as collectives
from community.collectives.claims import actions as claims
from community.models import CollectiveClaim, Invitation, Member
from initiatives.enums import ReportKind, ViewKind
from initiatives.models import Initiative, PageViews, Proposal, Report
from initiatives.proposals import actions as proposals
from initiatives.reports import actions as reports
from territories.models import Collective, Territory

from .content import FOLDER
from .people import DOMAIN

# Enough for both charts of the dashboard.
SEEN_DAYS = 90


def load(collective: Collective) -> int:
    """Reports, suggestions and views that are missing; how many things wait for somebody now that did not before."""
    rows = _rows()
    made = sum(_report(row) for row in rows["reports"]) + sum(_suggest(row) for row in rows["proposals"])
    _look_at(collective)
    return made


def load_for_people(collective: Collective) -> int:
    """A claim, a new collective and an invitation of the demo's sign-ins, where they are missing; how many."""
    rows = _rows()
    visitor = Member.objects.get(email=f"visitor@{DOMAIN}")
    facilitator = Member.objects.get(email=f"facilitator@{DOMAIN}")
    return (
        _claim(collective, visitor, rows["claim"])
        + _found(visitor, rows["founding"])
        + _invite(collective, facilitator, rows["invitation"])
    )


def _rows() -> dict[str, Any]:
    return json.loads((FOLDER / "desk.json").read_text(encoding="utf-8"))


def _at(row: dict[str, Any]):
    return timezone.now() - timedelta(days=row["days_ago"])


def _report(row: dict[str, Any]) -> bool:
    initiative = Initiative.objects.published().filter(slug=row["initiative"]).first()
    # Settled and merged ones are not made again.
    if initiative is None or Report.objects.filter(message=row["message"]).exists():
        return False
    made = reports.report(
        initiative,
        by=None,
        kind=ReportKind(row["kind"]),
        message=row["message"],
        other=Initiative.objects.filter(slug=row["other"]).first(),
        email=row["email"],
        language=row["language"],
    )
    made.made_at = _at(row)
    made.save(update_fields=["made_at"])
    return True


def _suggest(row: dict[str, Any]) -> bool:
    initiative = Initiative.objects.published().filter(slug=row["initiative"]).first()
    if initiative is None or Proposal.objects.filter(message=row["message"]).exists():
        return False
    made = proposals.propose(
        initiative,
        by=None,
        values=row["values"],
        of=initiative.updated_at,
        message=row["message"],
        email=row["email"],
        language=row["language"],
    )
    made.made_at = _at(row)
    made.save(update_fields=["made_at"])
    return True


def _claim(collective: Collective, by: Member, row: dict[str, Any]) -> bool:
    if CollectiveClaim.objects.filter(collective=collective, member=by).exists():
        return False
    made = claims.by_request(collective, by=by, message=row["message"])
    made.made_at = _at(row)
    made.save(update_fields=["made_at"])
    return True


def _found(by: Member, row: dict[str, Any]) -> bool:
    if Collective.objects.filter(name=row["name"]).exists():
        return False
    territory = Territory.objects.get(code=row["territory"])
    values = {"name": row["name"], "purposes": row["purpose"], "territory": territory}
    made = collectives.found(by=by, values=values)
    made.claims.update(made_at=_at(row))
    return True


def _invite(collective: Collective, by: Member, row: dict[str, Any]) -> bool:
    # One that was accepted keeps no address.
    if Invitation.objects.filter(collective=collective, by=by).exists():
        return False
    collectives.invite(collective, by=by, **row)
    return True


def _look_at(collective: Collective) -> None:
    """Made-up views of the weeks up to yesterday, the same for a day at every start; what was counted stays."""
    carried = Initiative.objects.published().filter(collective=collective).values_list("pk", "slug")
    days = [timezone.localdate() - timedelta(days=number) for number in range(1, SEEN_DAYS + 1)]
    if PageViews.objects.filter(kind=ViewKind.COLLECTIVE, object=collective.pk, day__in=days).exists():
        return
    rows = []
    for day in days:
        seen = {pk: _seen(slug, day) for pk, slug in carried}
        rows += [PageViews(day=day, kind=ViewKind.INITIATIVE, object=pk, n=n) for pk, n in seen.items() if n]
        rows.append(PageViews(day=day, kind=ViewKind.CARRIED, object=collective.pk, n=sum(seen.values())))
        own = 2 + _seen(collective.slug, day)
        rows.append(PageViews(day=day, kind=ViewKind.COLLECTIVE, object=collective.pk, n=own))
    PageViews.objects.bulk_create(rows, ignore_conflicts=True)


def _seen(slug: str, day: date) -> int:
    """Fewer at weekends, as everywhere."""
    return crc32(f"{slug} {day}".encode()) % (4 if day.weekday() > 4 else 9)
