"""Rows of one import on their way in: copied to a table that is gone with the transaction.

Where an import writes, the record of each new row is written as it comes. Its key in the source is new to the network,
whatever the row will turn out to be; which initiative it is of is settled when all are compared.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from community.models import Member
from geo.beside import asking

from . import bulk_staging_sql as sql
from .bulk_rows import COLUMNS, ORIGINAL, SOURCE, cells, escaped
from .changes_sql import NOTED
from .models import Identity, Network

# What a row that is new has beside, and one that is known.
NEW = ("identity_id", "initiative_id")
KNOWN = (*ORIGINAL, "state", *NEW)
# The record of a new row, and what all of one import have in common.
RECORD = (
    "id",
    "initiative_id",
    "external_id",
    *ORIGINAL,
    *(f"{name}_id" if name == "licence" else name for name in SOURCE),
)
STAMP = ("network_id", "added_in", "first_seen_at", "seen_at")


class Staged(Protocol):
    """A row that is to be compared: its key in the source, and what COPY reads, parted by tabs."""

    external_id: str

    def line(self) -> bytes:
        """The columns of COLUMNS."""

    def original(self) -> bytes:
        """The columns of ORIGINAL."""

    def source(self) -> bytes:
        """The columns of SOURCE."""


@dataclass(frozen=True)
class Intake:
    """What rows are staged for: a network, and the context of the history that is written; none of a mere look."""

    network: Network | None
    # Whether any record of a source is the network's already, gone or not; else nothing is asked of it.
    knows: bool
    now: datetime
    context: UUID | None = None
    by: Member | None = None
    reason: str = ""

    def stage(self, rows: Sequence[Staged]) -> None:
        """Copy rows to the table, as new ones or as what the network's records are to become."""
        with connection.cursor() as cursor:
            known = self._identities(cursor, [row.external_id for row in rows])
            self._stage_new(cursor, [row for row in rows if row.external_id not in known])
            changed = (
                b"%b\t%b\t%b" % (row.line(), row.original(), cells(known[row.external_id]))
                for row in rows
                if row.external_id in known
            )
            _copy(cursor, sql.COPY, (*COLUMNS, *KNOWN), changed)

    def stage_keys(self, keys: Iterable[str], *, refused: bool = False) -> None:
        """The same of rows that are as they were, or refused: their keys alone, so that their records are not gone."""
        lines = (f"{escaped(key)}\t{refused}\tunchanged".encode() for key in keys)
        with connection.cursor() as cursor:
            _copy(cursor, sql.COPY, ("external_id", "refused", "state"), lines)

    def checksums(self, keys: Sequence[str]) -> Callable[[], list]:
        """Work for a thread: by keys, what the network's records were when they were last read, but for those gone."""
        return asking(sql.CHECKSUMS, {"network": self.network.pk, "keys": list(keys)})

    def _stage_new(self, cursor: CursorWrapper, rows: Sequence[Staged]) -> None:
        if not rows:
            return
        cursor.execute(sql.KEYS, {"number": len(rows)})
        keys = [b"%d\t%d" % pair for pair in cursor.fetchall()]
        lines = (b"%b\t%b" % (key, row.line()) for key, row in zip(keys, rows, strict=True))
        _copy(cursor, sql.COPY, (*NEW, *COLUMNS), lines)
        if self.context:
            self._record(cursor, rows, keys)

    def _record(self, cursor: CursorWrapper, rows: Sequence[Staged], keys: Sequence[bytes]) -> None:
        """Write the records of new rows."""
        stamp = cells((self.network.pk, self.context, self.now, self.now))
        records = (
            b"%b\t%b\t%b\t%b\t%b"
            % (key, escaped(row.external_id).encode(), row.original(), row.source(), stamp)
            for key, row in zip(keys, rows, strict=True)
        )
        # Whoever is new is noted when it comes; of one that is joined, when that is settled.
        cursor.execute(f"SET LOCAL {NOTED} = 'on'")
        _copy(cursor, sql.COPY_RECORDS, (*RECORD, *STAMP), records)
        cursor.execute(f"SET LOCAL {NOTED} = 'off'")

    def _identities(self, cursor: CursorWrapper, keys: list[str]) -> dict[str, tuple[str, int, int]]:
        """State and ids of the network's records that have these keys; one that was gone comes back."""
        if not self.knows:
            return {}
        cursor.execute(sql.IDENTITIES, {"network": self.network.pk, "keys": keys})
        return {key: ("changed", identity, initiative) for key, identity, initiative in cursor.fetchall()}


def _copy(cursor: CursorWrapper, statement: str, columns: Sequence[str], lines: Iterable[bytes]) -> None:
    """Copy lines of these columns, if there are any."""
    if text := b"".join(b"%b\n" % line for line in lines):
        with cursor.copy(statement.format(columns=", ".join(columns))) as copy:
            copy.write(text)


def opened(network: Network | None) -> Intake:
    """An empty table, gone with the transaction; call inside one."""
    knows = network is not None and Identity.objects.filter(network=network).exists()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(sql.STAGE)
        cursor.execute(sql.FOUND)
    return Intake(network, knows, timezone.now())
