"""The set-based variant of the one door: many source records at once, by the same table of transitions.

Rows are staged in a temporary table, compared with what is there, then applied statement by statement.
Unchanged rows are not touched at all.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from community.models import Member
from geo.beside import asking

from . import bulk_changes, bulk_matching
from . import bulk_sql as sql
from . import bulk_staging_sql as staging
from .actions import PEOPLE, check_right
from .activity import recording
from .bulk_matching import Match
from .bulk_matching import seek as seek
from .bulk_rows import COLUMNS, cells, escaped
from .bulk_rows import Row as Row
from .bulk_run import NO_LONGER_THERE, Outcome, Run, open_statuses
from .enums import Verb
from .models import Identity, Network
from .placement import AS_USUAL, FEW_PAGES

# What a row that is known has beside.
KNOWN = ("state", "identity_id", "initiative_id")


class Staged(Protocol):
    """A row that is to be compared: its key, and the columns of COLUMNS as COPY reads them."""

    external_id: str

    def line(self) -> bytes:
        """Parted by tabs, without the end of the line."""


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


def open_staging() -> None:
    """An empty staging table, gone with the transaction; call inside one."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(staging.SEQUENCES)
        identities, initiatives = cursor.fetchone()
        cursor.execute(staging.STAGE.format(identities=identities, initiatives=initiatives))
        cursor.execute(staging.FOUND)


def stage(network: Network | None, rows: Iterable[Staged]) -> None:
    """Copy rows to the staging table, as new ones or as what the network's records are to become."""
    rows = list(rows)
    if not rows:
        return
    known = _identities(network, [row.external_id for row in rows])
    _copy(COLUMNS, (row.line() for row in rows if row.external_id not in known))
    _copy(
        (*COLUMNS, *KNOWN),
        (b"%b\t%b" % (row.line(), cells(known[row.external_id])) for row in rows if row.external_id in known),
    )


def stage_keys(keys: Iterable[str], *, refused: bool = False) -> None:
    """The same of rows that are as they were, or refused: their keys alone, so that their records are not gone."""
    lines = (f"{escaped(key)}\t{refused}\tunchanged".encode() for key in keys)
    _copy(("external_id", "refused", "state"), lines)


def _copy(columns: Sequence[str], lines: Iterable[bytes]) -> None:
    """Copy lines of these columns."""
    if text := b"".join(b"%b\n" % line for line in lines):
        statement = staging.COPY.format(columns=", ".join(columns))
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(text)


def _identities(network: Network | None, keys: list[str]) -> dict[str, tuple[str, int, int]]:
    """State and ids of the network's records that have these keys; one that was gone comes back."""
    if network is None:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(staging.IDENTITIES, {"network": network.pk, "keys": keys})
        return {key: ("changed", identity, initiative) for key, identity, initiative in cursor.fetchall()}


def has_records(network: Network | None) -> bool:
    """Whether any record of a source is the network's, gone or not."""
    return network is not None and Identity.objects.filter(network=network).exists()


def checksums(network: Network, keys: Sequence[str]) -> Callable[[], list]:
    """Work for a thread (geo.beside): by keys, what the network's records were when they were last read.

    Not of those that are gone.
    """
    return asking(staging.CHECKSUMS, {"network": network.pk, "keys": list(keys)})


def compare(network: Network | None, kept: Sequence[str] = ()) -> Difference:
    """Compare the staged rows with a network's records; without one all is new. Writes to the staging table only.

    `kept` are keys of rows that are as they were: they are staged only where anything may be gone.
    """
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
        cursor.execute(sql.KNOWN, parameters)
        (known,) = cursor.fetchone()
        gone = 0
        counts["unchanged"] = counts.get("unchanged", 0) + len(kept)
        # Where as many are as they were, there are no others.
        if known > counts["unchanged"]:
            stage_keys(kept)
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


def import_records(
    *,
    network: Network,
    by: Member | None,
    run: int,
    reason: str = "",
    keep_missing: bool = False,
    review: bool = False,
) -> Outcome:
    """Apply the staged and compared rows to a network's records, all or nothing; PermissionDenied.

    With `keep_missing` no record counts as gone: the caller does not know which ones the source still has.
    With `review` new ones wait for somebody to publish them.
    """
    check_right(by, Verb.IMPORT, network)
    context = {
        "verb": Verb.IMPORT.value,
        "by": by.pk if by else None,
        "run": run,
        "network": network.pk,
        "reason": reason,
    }
    with transaction.atomic(), pghistory.context(**context) as history:
        outcome = Run(network, by, reason, timezone.now()).apply(keep_missing=keep_missing, review=review)
        recording.note_import(network, history.id, by=by)
    return replace(outcome, context=history.id)


@transaction.atomic
def archive_gone() -> int:
    """Archive what sources no longer have, once the days of grace are over; how many."""
    context = {"verb": Verb.ARCHIVE.value, "by": None, "reason": NO_LONGER_THERE}
    with pghistory.context(**context):
        return len(Run(None, None, NO_LONGER_THERE, timezone.now()).archive_gone())
