"""The order of a layer's rows as numbers: a page of any selection, however deep, is cut without asking for the rest."""

import logging
from dataclasses import dataclass, replace
from threading import Lock, Thread

import numpy as np
import psycopg
from django.db import DatabaseError, connection

from ..freshness import Version
from .binary import numbers_in
from .store import PATCH_MOST, TAIL_MOST, is_logged, versioned

log = logging.getLogger(__name__)

# The place of an id that was not there.
ABSENT = -1
# Rows that moved are numbered from here down, and lie between two that did not.
FIRST_MOVED = -2
# Bits for the number of one that moved.
SHIFT = PATCH_MOST.bit_length()
# Ids are looked up in a table from 0 on; one that would be mostly empty is not made, and then nothing is known.
EMPTY_MOST, ROOM = 8, 1_000_000

COUNT_MOVED = """
SELECT count(DISTINCT c.row_id) FROM geo_version v JOIN geo_change c USING (mark) WHERE v.number > %(read)s
"""
# Every row that changed since the order was read, in order; for those that changed lately the one before.
MOVED = """
WITH moved AS (
  SELECT c.row_id AS id, max(v.number) > %(known)s AS lately FROM geo_version v JOIN geo_change c USING (mark)
  WHERE v.number > %(read)s GROUP BY c.row_id
)
SELECT t.id, moved.lately, CASE WHEN moved.lately THEN (
  SELECT p.id FROM {table} p WHERE {where} AND (p.{by}, p.id) < (t.{by}, t.id) ORDER BY p.{by} DESC, p.id DESC LIMIT 1
) END FROM moved JOIN {table} t ON t.id = moved.id WHERE {where} ORDER BY t.{by}, t.id
"""


@dataclass(frozen=True)
class Ranks:
    """The order at one version: rows as they stood when it was read, and between them those that moved since."""

    version: Version
    # The version at which the rows were read, and their places by id.
    read: Version
    stood: np.ndarray
    # The same with what moved; those have a number that counts down, and each its key and the place it comes after.
    places: np.ndarray
    keys: np.ndarray
    after: dict[int, int]

    def cut(self, ids: np.ndarray, start: int, stop: int) -> list[int] | None:
        """Of some ids those from `start` to before `stop` in this order; None where one is unknown."""
        if not len(ids):
            return []
        if ids.max() >= len(self.places):
            return None
        keys = self.places[ids]
        if len(self.keys):
            moved = np.flatnonzero(keys <= FIRST_MOVED)
            numbers = FIRST_MOVED - keys[moved]
            keys = keys.astype(np.int64) + 1 << SHIFT
            keys[moved] = self.keys[numbers]
        if keys.min() <= ABSENT:
            return None
        stop = min(stop, len(ids))
        if start >= stop:
            return []
        page = np.argpartition(keys, (start, stop - 1))[start:stop]
        return ids[page[np.argsort(keys[page])]].tolist()


class Order:
    """Rows of a table by a column, then by id, as the database sorts; kept by this process and followed by the log.

    Needs an index of (`by`, id) over the rows that count, and triggers that note every change of them.
    """

    def __init__(self, table: str, where: str, by: str) -> None:
        self._moved = MOVED.format(table=table, where=where, by=by)
        self._all = (
            f"SELECT array_agg(id) FROM (SELECT id FROM {table} WHERE {where} ORDER BY {by}, id) AS rows"
        )
        self._ranks: Ranks | None = None
        self._lock = Lock()
        self._reader: Thread | None = None

    def ranks(self, version: Version) -> Ranks:
        """The order at a version or later. Not for within a transaction."""
        ranks = self._ranks
        if ranks is not None and ranks.version == version:
            return ranks
        with self._lock:
            self._ranks = ranks = self._followed(self._ranks, version)
            if len(ranks.keys) > TAIL_MOST:
                self._read_apart()
            return ranks

    def _followed(self, ranks: Ranks | None, version: Version) -> Ranks:
        with versioned() as now, connection.cursor() as cursor:
            if ranks is not None and is_logged(ranks.read):
                if ranks.version.number >= version.number:
                    return ranks
                if not len(ranks.stood):
                    return replace(ranks, version=now)
                cursor.execute(COUNT_MOVED, {"read": ranks.read.number})
                (moved,) = cursor.fetchone()
                if moved < PATCH_MOST:
                    cursor.execute(self._moved, {"read": ranks.read.number, "known": ranks.version.number})
                    return _moved(ranks, now, cursor.fetchall())
            return self._read(now)

    def _read(self, now: Version) -> Ranks:
        # One value of a million numbers: rows would take the driver longer than the database.
        with psycopg.Cursor(connection.connection) as cursor:
            data = cursor.execute(self._all, binary=True).pgresult.get_value(0, 0)
        ids = numbers_in(data or b"")
        highest = int(ids.max(initial=0))
        is_known = highest <= EMPTY_MOST * len(ids) + ROOM
        places = np.full(highest + 1 if is_known else 0, ABSENT, np.int32)
        if is_known:
            places[ids] = np.arange(len(ids), dtype=np.int32)
        return Ranks(now, now, places, places, np.empty(0, np.int64), {})

    def _read_apart(self) -> None:
        """Read all anew while the present order goes on answering."""
        if self._reader is None or not self._reader.is_alive():
            self._reader = Thread(target=self._read_again, name="order", daemon=True)
            self._reader.start()

    def _read_again(self) -> None:
        try:
            with versioned() as now:
                read = self._read(now)
            with self._lock:
                self._ranks = read
        except (DatabaseError, psycopg.Error):
            log.exception("the order could not be read anew; the one before goes on")
        finally:
            connection.close()


def _moved(ranks: Ranks, now: Version, rows: list[tuple[int, bool, int | None]]) -> Ranks:
    """Ranks with other rows that moved, given in order with the one before each that moved lately."""
    after: dict[int, int] = {}
    for pk, lately, before in rows:
        if not lately:
            after[pk] = ranks.after[pk]
        elif before is None:
            after[pk] = ABSENT
        else:
            # One that moved too comes first in order, so its place is known by now.
            after[pk] = after[before] if before in after else int(ranks.stood[before])
    ids = np.fromiter(after, np.int64, len(after))
    numbers = np.arange(len(ids))
    places = np.full(max(len(ranks.stood), int(ids.max(initial=0)) + 1), ABSENT, np.int32)
    places[: len(ranks.stood)] = ranks.stood
    places[ids] = FIRST_MOVED - numbers
    # Behind the row that they come after, in their own order.
    keys = (np.fromiter(after.values(), np.int64, len(after)) + 1 << SHIFT) + numbers + 1
    return Ranks(now, ranks.read, ranks.stood, places, keys, after)
