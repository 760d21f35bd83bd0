"""The set-based variant of the one door: many source records at once, by the same table of transitions.

Rows are staged in a temporary table, compared with what is there, then applied statement by statement.
Unchanged rows are not touched at all.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from community.models import Member

from . import bulk_changes, bulk_matching
from . import bulk_sql as sql
from .actions import PEOPLE, check_right
from .activity import recording
from .bulk_matching import Match
from .bulk_matching import seek as seek
from .bulk_rows import Row as Row
from .bulk_run import NO_LONGER_THERE, Outcome, Run, open_statuses
from .bulk_staging import Intake, opened
from .enums import Verb
from .models import Network
from .placement import AS_USUAL, FEW_PAGES


@dataclass(frozen=True)
class Kept:
    """What a record says otherwise than the house, which keeps what people, or else another source, gave it."""

    number: int
    field: str
    theirs: str
    ours: str
    by_people: bool


@dataclass(frozen=True)
class Difference:
    """What an import would do; `known` records of the network are not gone so far."""

    added: int
    joined: int
    changed: int
    unchanged: int
    gone: int
    known: int
    matches: list[Match]
    # (row, key) of records that are sites of a record that nobody knows.
    without_parent: list[tuple[int, str]]
    kept: list[Kept]

    @property
    def moves(self) -> bool:
        """Whether anything would come, change or go."""
        return bool(self.added or self.joined or self.changed or self.gone)


def looking(network: Network | None) -> Intake:
    """Rows of a network, or of one to come, that are staged and compared and no more; call inside a transaction."""
    return opened(network)


@contextmanager
def importing(network: Network, *, by: Member | None, run: int, reason: str = "") -> Iterator[Intake]:
    """Rows of a network that are staged, compared and applied within it, all or nothing; PermissionDenied."""
    check_right(by, Verb.IMPORT, network)
    context = {
        "verb": Verb.IMPORT.value,
        "by": by.pk if by else None,
        "run": run,
        "network": network.pk,
        "reason": reason,
    }
    with transaction.atomic(), pghistory.context(**context) as history:
        yield replace(opened(network), context=history.id, by=by, reason=reason)


def compare(intake: Intake, kept: Sequence[str] = ()) -> Difference:
    """Compare the staged rows with the network's records; without one all is new. Writes to the staging table only.

    `kept` are keys of rows that are as they were: they are staged only where anything may be gone.
    """
    network = intake.network
    parameters = {"network": network and network.pk, "open": open_statuses(), "people": PEOPLE}
    with connection.cursor() as cursor:
        cursor.execute(sql.SAYS)
        something, parents = cursor.fetchone()
        matches = _compared(network) if something else []
        without_parent = []
        if parents:
            cursor.execute(sql.KEYS)
            cursor.execute(sql.PARENTS, parameters)
            cursor.execute(sql.STILL_WITHOUT)
            cursor.execute(sql.WITHOUT_PARENT)
            without_parent = cursor.fetchall()
        cursor.execute(sql.STATES)
        counts = dict(cursor.fetchall())
        different = []
        if counts.get("changed") or counts.get("joined"):
            cursor.execute(bulk_changes.takes_statement(), parameters)
            cursor.execute(bulk_changes.kept_statement(), parameters)
            different = [Kept(*row) for row in cursor.fetchall()]
        cursor.execute(sql.KNOWN, {**parameters, "context": intake.context})
        (known,) = cursor.fetchone()
        gone = 0
        counts["unchanged"] = counts.get("unchanged", 0) + len(kept)
        # Where as many are as they were, there are no others.
        if known > counts["unchanged"]:
            intake.stage_keys(kept)
            cursor.execute(sql.KEYS)
            cursor.execute(sql.GONE, parameters)
            gone = cursor.rowcount
    numbers = {name: counts.get(name, 0) for name in ("added", "joined", "changed", "unchanged")}
    return Difference(
        **numbers, gone=gone, known=known, matches=matches, without_parent=without_parent, kept=different
    )


def _compared(network: Network | None) -> list[Match]:
    """Find what is here already among what is new."""
    # Of what is joined alone: texts and raw records would take seconds to look at. The planner would take the rows of a
    # state for one, and go through all for each.
    statistics = (
        "ANALYZE staged_record (number, external_id, checksum, refused, state, initiative_id, identity_id)"
    )
    with connection.cursor() as cursor:
        for statement in (FEW_PAGES, statistics, AS_USUAL):
            cursor.execute(statement)
        matches = bulk_matching.match(network)
        if matches:
            cursor.execute(statistics)
    return matches


@dataclass(frozen=True)
class Place:
    """Where something would be added, changed, joined or gone; degrees, EPSG:4326."""

    state: str
    name: str
    lon: float
    lat: float


def places(most: int = 2_000) -> list[Place]:
    """Places of what a compared import would do, some of them where there are very many."""
    with connection.cursor() as cursor:
        cursor.execute(sql.PLACES, {"most": most})
        return [Place(*row) for row in cursor.fetchall()]


def giving(field: str) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """(row, initiative, raw record) of what was added with a field just now, or may take it; within the transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql.GIVING, {"field": field})
        while rows := cursor.fetchmany(500):
            yield from ((row, initiative, json.loads(raw)) for row, initiative, raw in rows)


def apply(intake: Intake, *, keep_missing: bool = False, review: bool = False) -> Outcome:
    """Apply what was compared to the network's records, within `importing`.

    With `keep_missing` no record counts as gone: the caller does not know which ones the source still has.
    With `review` new ones wait for somebody to publish them.
    """
    run = Run(intake.network, intake.by, intake.reason, timezone.now())
    outcome = run.apply(keep_missing=keep_missing, review=review)
    recording.note_import(intake.network, intake.context, by=intake.by)
    return outcome


@transaction.atomic
def archive_gone() -> int:
    """Archive what sources no longer have, once the days of grace are over; how many."""
    context = {"verb": Verb.ARCHIVE.value, "by": None, "reason": NO_LONGER_THERE}
    with pghistory.context(**context):
        return len(Run(None, None, NO_LONGER_THERE, timezone.now()).archive_gone())
