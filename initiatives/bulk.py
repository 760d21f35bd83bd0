"""The set-based variant of the one door: many source records at once, by the same table of transitions.

Rows are staged in a temporary table, compared with what is there, then applied statement by statement.
Unchanged rows are not touched at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from community.models import Member

from . import bulk_changes, placement, workflow
from . import bulk_sql as sql
from .actions import PEOPLE, check_right
from .enums import Precision, Status, Verb, Visibility
from .models import Network
from .slugs import free_slugs, lock_slugs

# Why an import archives; it restores only what it archived for this reason itself.
NO_LONGER_THERE = "No longer in the source."
# Same name and this near, in metres: taken for the same initiative.
TWIN_METRES = 100
# From so many new rows on the statistics of the tables are renewed at once.
MANY = 500


@dataclass
class Row:
    """A source record as the tables take it; lon and lat in degrees, EPSG:4326; ids are primary keys."""

    number: int
    external_id: str = ""
    checksum: str = ""
    raw: str = "{}"
    url: str = ""
    refused: bool = False
    name: str = ""
    summary: str = ""
    description: str = ""
    description_language: str = ""
    primary_theme: int | None = None
    themes: list[int] = field(default_factory=list)
    legal_form: int | None = None
    founded: int | None = None
    tags: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    lon: float | None = None
    lat: float | None = None
    precision: str = Precision.EXACT
    has_no_position: bool = False
    street: str = ""
    postcode: str = ""
    locality: str = ""
    country: str = ""
    website: str = ""
    opening_hours: str = ""
    licence: int | None = None
    email: str = ""
    phone: str = ""
    fields: list[str] = field(default_factory=list)


NAMES = tuple(column.name for column in fields(Row))


@dataclass(frozen=True)
class Difference:
    """What an import would do; twins are (row, name, initiative) of rows that another source has already."""

    added: int
    changed: int
    unchanged: int
    gone: int
    twins: list[tuple[int, str, int]]


@dataclass(frozen=True)
class Outcome:
    """What an import did: ids touched, and (row, name, status) of records whose initiative was left alone."""

    added: list[int]
    changed: list[int]
    archived: list[int]
    left_alone: list[tuple[int, str, str]]


def open_staging() -> None:
    """An empty staging table, gone with the transaction; call inside one."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.staged_record")
        cursor.execute(sql.STAGE)


def stage(rows: Iterable[Row]) -> None:
    """Copy rows to the staging table; of refused rows only key and number count."""
    with connection.cursor() as cursor, cursor.copy(sql.COPY) as copy:
        for row in rows:
            copy.write_row([getattr(row, name) for name in NAMES])


def compare(network: Network | None) -> Difference:
    """Compare the staged rows with a network's records; without one all is new. Writes nothing."""
    parameters = {"network": network and network.pk, "metres": TWIN_METRES}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE staged_record")
        cursor.execute(sql.COMPARE, parameters)
        cursor.execute(sql.TWINS, parameters)
        twins = sorted(cursor.fetchall())
        cursor.execute(sql.STATES)
        counts = dict(cursor.fetchall())
        cursor.execute(sql.GONE, parameters)
        (gone,) = cursor.fetchone()
    return Difference(
        added=counts.get("added", 0),
        changed=counts.get("changed", 0),
        unchanged=counts.get("unchanged", 0),
        gone=gone,
        twins=twins,
    )


def import_records(
    *, network: Network, by: Member | None, run: int, reason: str = "", keep_missing: bool = False
) -> Outcome:
    """Apply the staged and compared rows to a network's records, all or nothing; PermissionDenied.

    With `keep_missing` no record counts as gone: the caller does not know which ones the source still has.
    """
    check_right(by, Verb.IMPORT, network)
    context = {
        "verb": Verb.IMPORT.value,
        "by": by.pk if by else None,
        "run": run,
        "network": network.pk,
        "reason": reason,
    }
    with transaction.atomic(), pghistory.context(**context):
        return _Run(network, by, reason, timezone.now()).apply(keep_missing=keep_missing)


class _Run:
    """The statements of one import, with what they share."""

    def __init__(self, network: Network, by: Member | None, reason: str, now: datetime) -> None:
        self.open = [str(status) for status in Status if Verb.IMPORT in workflow.allowed_verbs(status)]
        self.shared: dict[str, Any] = {
            "network": network.pk,
            "by": by and by.pk,
            "now": now,
            "reason": reason,
            "everyone": Visibility.EVERYONE,
            "open": self.open,
        }

    def rows(self, statement: str, **more: Any) -> list[tuple]:
        """Run a statement and fetch what it returns, if it returns rows."""
        with connection.cursor() as cursor:
            cursor.execute(statement, {**self.shared, **more})
            return cursor.fetchall() if cursor.description else []

    def apply(self, *, keep_missing: bool) -> Outcome:
        """New rows, then returned, changed and gone ones, then the territories of those that changed."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '64MB'")
        lock_slugs()
        added = self.add()
        self.bring_back()
        left_alone = self.rows(sql.LEFT_ALONE)
        changed = bulk_changes.change(self.rows, self.record, self.open)
        archived = [] if keep_missing else self.let_go()
        placement.place(initiatives=changed)
        return Outcome(added, changed, archived, sorted(left_alone))

    def add(self) -> list[int]:
        """Insert what is new in its territories, published as the workflow says."""
        self.rows(sql.NUMBER)
        new = self.rows("SELECT initiative_id, name FROM staged_record WHERE state = 'added' ORDER BY number")
        if not new:
            return []
        ids = [pk for pk, _name in new]
        slugs = free_slugs([name for _pk, name in new])
        self.rows(sql.GIVE_SLUGS, ids=ids, slugs=slugs, state="added")
        status = workflow.target(None, Verb.IMPORT)
        self.rows("DROP TABLE IF EXISTS pg_temp.staged_point")
        self.rows(sql.POINTS)
        self.rows("ANALYZE staged_point")
        placement.locate_staged("staged_point")
        for statement in sql.ADD:
            statement = statement.replace("{smallest}", placement.SMALLEST)
            self.rows(statement, status=status, verb=Verb.IMPORT, **placement.PARAMETERS)
        placement.link_staged()
        if len(ids) >= MANY:
            # The planner must not take the tables for as small as they were a moment ago.
            self.rows("ANALYZE initiatives_initiative, initiatives_identity, initiatives_initiativetheme")
        return ids

    def bring_back(self) -> None:
        """Restore what an import archived because it was gone, and which is back."""
        back = self.rows(sql.RETURNED, archive=Verb.ARCHIVE, gone=NO_LONGER_THERE)
        self.step(back, Verb.RESTORE, "Back in the source.")

    def let_go(self) -> list[int]:
        """Mark records that are no longer in the source; archive where nobody else holds them."""
        leaving = self.rows(sql.LEAVING)
        self.rows(sql.GO, identities=[identity for identity, _pk, _status in leaving])
        alone = {pk for (pk,) in self.rows(sql.ALONE, ids=[pk for _i, pk, _s in leaving], people=PEOPLE)}
        going = sorted({(pk, status) for _i, pk, status in leaving if pk in alone})
        going = [
            (pk, status) for pk, status in going if Verb.ARCHIVE in workflow.allowed_verbs(Status(status))
        ]
        self.step(going, Verb.ARCHIVE, NO_LONGER_THERE)
        return [pk for pk, _status in going]

    def step(self, rows: Sequence[tuple[int, str]], verb: Verb, reason: str) -> None:
        """Take (id, status) rows along the workflow and record it."""
        for status in sorted({status for _pk, status in rows}):
            ids = [pk for pk, before in rows if before == status]
            after = workflow.target(Status(status), verb)
            self.rows(sql.STEP, ids=ids, to=after)
            self.rows(sql.RECORD, ids=ids, to=after, verb=verb, reason=reason, **{"from": status})

    def record(self, rows: Sequence[tuple[int, str]]) -> None:
        """Record that rows (id, status) were changed by an import."""
        for status in sorted({status for _pk, status in rows}):
            ids = [pk for pk, before in rows if before == status]
            after = workflow.target(Status(status), Verb.IMPORT)
            self.rows(sql.RECORD, ids=ids, to=after, verb=Verb.IMPORT, **{"from": status})
