"""A layer at one version: a file's segment, rows of it that are dead, and rows that changed since."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np

from ..freshness import Version
from ..tiles import Cluster, Lone, Tile
from . import squares
from .segment import Segment
from .source import Rows

Condition = Callable[[Segment], np.ndarray]
NO_ROWS = np.empty(0, np.uint32)
# By id.
Words = dict[int, Any]
# Rows that are known by name; beyond, learning begins anew. About 40 MB.
KNOWN_MOST = 60_000
# Bytes of remembered answers, of row numbers for the most part.
REMEMBERED = 48 * 1024 * 1024


@dataclass(frozen=True)
class Matches:
    """Row numbers of a selection in the file's segment and in the tail; None for all that live."""

    base: np.ndarray | None
    tail: np.ndarray | None
    # Group counts that were asked for, by `located`.
    counted: dict[str, dict[str, int]] = field(default_factory=dict, compare=False)

    @property
    def size(self) -> int:
        """Bytes."""
        return 1000 + sum(rows.nbytes for rows in (self.base, self.tail) if rows is not None)


class Memory:
    """Answers of one version, the least recently asked ones forgotten first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._size = 0

    def get(self, key: Hashable) -> Any:
        """What was kept, or None."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            self._kept.move_to_end(key)
            return kept[0]

    def keep(self, key: Hashable, value: Any, size: int) -> None:
        """Keep an answer of so many bytes."""
        with self._lock:
            if key in self._kept:
                self._size -= self._kept.pop(key)[1]
            self._kept[key] = (value, size)
            self._size += size
            while self._size > REMEMBERED and len(self._kept) > 1:
                self._size -= self._kept.popitem(last=False)[1][1]


class View:
    """Answers about one version; it never changes."""

    def __init__(
        self,
        version: Version,
        born: Version,
        base: Segment,
        dead: np.ndarray,
        tail: Segment,
        fresh: Rows,
        lasting: Words | None = None,
    ) -> None:
        """`born` is the version of the segment `base`, `dead` row numbers of it, `fresh` the rows of `tail`.

        `lasting` is what former views of the same segment have learnt.
        """
        self.version = version
        self.born = born
        self.base = base
        self.dead = dead
        self.tail = tail
        self.fresh = fresh
        self.everything = Matches(None, None)
        self.memory = Memory()
        # A row of the segment that has not changed since is told of as it was; one that changed, until the next change.
        self.lasting: Words = {} if lasting is None else lasting
        self._passing: Words = {}
        self._changed = frozenset(fresh.ids.tolist())

    def __len__(self) -> int:
        return len(self.base) - len(self.dead) + len(self.tail)

    # ── What rows are called ────────────────────────────────────────────────────────────────────
    def known(self, pk: int) -> Any:
        """What was learnt of a living row in this version, or None."""
        return (self._passing if pk in self._changed else self.lasting).get(pk)

    def learn(self, words: Words) -> None:
        """Keep what the database says of living rows in this version."""
        for pk, word in words.items():
            kept = self._passing if pk in self._changed else self.lasting
            if len(kept) >= KNOWN_MOST:
                kept.clear()
            kept[pk] = word

    # ── Selections ──────────────────────────────────────────────────────────────────────────────
    def select(self, conditions: Sequence[Condition]) -> Matches:
        """Rows for which all conditions hold."""
        if not conditions:
            return self.everything
        return Matches(_where(self.base, conditions, self.dead), _where(self.tail, conditions, NO_ROWS))

    def rows(self, matches: Matches) -> tuple[np.ndarray, np.ndarray]:
        """Row numbers of matches, spelt out."""
        base, tail = matches.base, matches.tail
        if base is None:
            living = np.ones(len(self.base), bool)
            living[self.dead] = False
            base = np.flatnonzero(living).astype(np.uint32)
        return base, np.arange(len(self.tail), dtype=np.uint32) if tail is None else tail

    def ids(self, matches: Matches, located: str = "yes") -> np.ndarray:
        """Ids of matches; `located` is yes, no or any."""
        base, tail = self.rows(matches)
        return np.concatenate(
            [
                segment.ids[_located(segment, rows, located)]
                for segment, rows in ((self.base, base), (self.tail, tail))
            ]
        )

    def counts(self, matches: Matches) -> tuple[int, int]:
        """How many matches have a position, and how many have none."""
        located = total = 0
        for segment, rows, dead in self._parts(matches):
            if rows is None:
                located += segment.located - int(np.searchsorted(dead, segment.located))
                total += len(segment) - len(dead)
            else:
                located += int(np.searchsorted(rows, rows.dtype.type(segment.located)))
                total += len(rows)
        return located, total - located

    def group_counts(self, matches: Matches, located: str = "yes") -> dict[str, int]:
        """For each group how many matches belong to it; `located` is yes, no or any."""
        counts = matches.counted.get(located)
        if counts is None:
            counts = matches.counted[located] = self._group_counts(matches, located)
        return counts

    def _group_counts(self, matches: Matches, located: str) -> dict[str, int]:
        counts = dict.fromkeys(self.base.labels, 0)
        base, tail = self.rows(matches)
        for segment, rows in ((self.base, base), (self.tail, tail)):
            chosen = _located(segment, rows, located)
            bits = segment.bits if len(chosen) == len(segment) else segment.bits[chosen]
            for number, label in enumerate(segment.labels):
                counts[label] += int(np.count_nonzero(bits & np.uint64(1 << number)))
        return {label: count for label, count in counts.items() if count}

    def _parts(self, matches: Matches) -> tuple[tuple[Segment, np.ndarray | None, np.ndarray], ...]:
        return (self.base, matches.base, self.dead), (self.tail, matches.tail, NO_ROWS)

    # ── Tiles ───────────────────────────────────────────────────────────────────────────────────
    def marks(self, matches: Matches, tile: Tile) -> tuple[list[Cluster], list[Lone]]:
        """Clusters and lone rows of a tile, along the curve; at most one mark a square."""
        places = squares.edges(tile)
        found = None
        for segment, rows, dead in self._parts(matches):
            if len(segment):
                sums = (
                    squares.of_all(segment, places, dead)
                    if rows is None
                    else squares.of_rows(segment, places, rows)
                )
                found = sums if found is None else found + sums
        return ([], []) if found is None else _marks(self.base.labels or self.tail.labels, found)


def _located(segment: Segment, rows: np.ndarray, located: str) -> np.ndarray:
    """Of some rows those with a position (yes), without (no), or all (any)."""
    border = np.searchsorted(rows, rows.dtype.type(segment.located))
    return {"yes": rows[:border], "no": rows[border:], "any": rows}[located]


def _marks(labels: tuple[str, ...], sums: squares.Sums) -> tuple[list[Cluster], list[Lone]]:
    clusters, lone = [], []
    columns = (sums.counts, sums.xs, sums.ys, sums.first, sums.last, sums.ids, *_mixes(sums.groups))
    named = labels.__getitem__
    for count, x, y, first, last, pk, groups, numbers, many in zip(*(column.tolist() for column in columns)):
        if count > 1:
            themes = dict(zip(map(named, groups[:many]), numbers))
            lon, lat = round(x / count / 1e7, 6), round(y / count / 1e7, 6)
            clusters.append(Cluster(lon, lat, count, themes, first == last))
        elif count:
            lone.append(Lone(pk, x / 1e7, y / 1e7))
    return clusters, lone


def _mixes(groups: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each square the groups with most rows first, then by label; their numbers; how many groups there are."""
    many = groups.shape[1]
    bits = many.bit_length()
    # Number and place among the labels in one whole number, so that they sort together.
    keys = groups << bits | np.arange(many, 0, -1)
    keys.sort(axis=1)
    keys = keys[:, ::-1]
    numbers = keys >> bits
    return many - (keys & (1 << bits) - 1), numbers, (numbers > 0).sum(axis=1)


def _where(segment: Segment, conditions: Sequence[Condition], dead: np.ndarray) -> np.ndarray:
    if not len(segment):
        return NO_ROWS
    mask = conditions[0](segment)
    for condition in conditions[1:]:
        mask = mask & condition(segment)
    mask[dead] = False
    return np.flatnonzero(mask).astype(np.uint32)
