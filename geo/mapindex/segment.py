"""Rows as columns sorted along the Morton curve: filters are masks over them, a tile is one range of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .source import NOWHERE, Rows

# Rows by group are summed up before each block of so many rows. What stands between the beginning of a row's block
# and the row is counted beside it, six bits for each group: it is always less than 64.
BLOCK, BITS = 64, 6
GROUPS_A_WORD = 64 // BITS
SHIFTS, MASK = np.arange(GROUPS_A_WORD) * BITS, BLOCK - 1


@dataclass(frozen=True)
class RowLists:
    """For each key, ascending, the numbers of its rows, ascending: `rows[starts[i]:starts[i + 1]]`."""

    keys: np.ndarray
    starts: np.ndarray
    rows: np.ndarray

    @classmethod
    def of(cls, keys: np.ndarray, rows: np.ndarray) -> "RowLists":
        """From pairs in any order."""
        rows = rows.astype(np.uint32)
        starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] - 1))
        known, first = np.unique(keys[starts], return_index=True)
        if len(known) < len(starts):
            # A key stands at several places: bring them together.
            order = np.argsort(keys, kind="stable")
            keys, rows = keys[order], rows[order]
            starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] - 1))
            first = np.arange(len(known))
        ends = np.append(starts, len(keys))
        lists = [np.sort(rows[ends[place] : ends[place + 1]]) for place in first.tolist()]
        sizes = np.cumsum([0, *map(len, lists)], dtype=np.int64)
        return cls(known, sizes, np.concatenate([rows[:0], *lists]))

    def get(self, key: int) -> np.ndarray:
        """Rows of a key, none where it is unknown."""
        place = np.searchsorted(self.keys, key)
        if place == len(self.keys) or self.keys[place] != key:
            return self.rows[:0]
        return self.rows[self.starts[place] : self.starts[place + 1]]


@dataclass(frozen=True)
class Segment:
    """Columns of rows by place along the curve, then by id; those without a position come last."""

    ids: np.ndarray
    # Row numbers in the order of their ids.
    by_id: np.ndarray
    cells: np.ndarray
    xs: np.ndarray
    ys: np.ndarray
    # Which of `labels` a row is drawn as, and a bit for each that it belongs to.
    groups: np.ndarray
    bits: np.ndarray
    labels: tuple[str, ...]
    numbers: dict[str, np.ndarray]
    lists: dict[str, RowLists]
    # Sums over all rows before each row, and rows by group before each block, and in the block before each row.
    sum_xs: np.ndarray
    sum_ys: np.ndarray
    sum_groups: np.ndarray
    in_block: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, rows: Rows, groups: tuple[np.ndarray, list[str]], grouped_by: str) -> "Segment":
        """Sort rows; `groups` as read_groups() gives them, `grouped_by` the list with the same ids."""
        order = _order(rows)
        ids, xs, ys = rows.ids[order], rows.xs[order], rows.ys[order]
        by_id = np.argsort(ids).astype(np.uint32)
        lookup = Lookup(ids, by_id)
        group_ids, labels_of = groups
        labels = tuple(sorted(set(labels_of)))
        number_of = np.array([labels.index(label) for label in labels_of], np.uint8)
        drawn = number_of[np.searchsorted(group_ids, rows.group_ids[order])] if len(ids) else number_of[:0]
        columns = {
            "ids": ids,
            "by_id": by_id,
            "cells": rows.cells[order],
            "xs": xs,
            "ys": ys,
            "groups": drawn,
            "labels": labels,
            "numbers": {name: values[order] for name, values in rows.numbers.items()},
            "sum_xs": _sums_before(xs),
            "sum_ys": _sums_before(ys),
            "sum_groups": _block_sums(drawn, len(labels)),
            "in_block": _in_block(drawn, len(labels)),
        }
        # Last, as they may still be on their way.
        lists = {name: _row_lists(lookup, *pairs) for name, pairs in rows.lists.items()}
        bits = _bits(len(ids), lists[grouped_by], dict(zip(group_ids.tolist(), number_of.tolist())))
        return cls(**columns, lists=lists, bits=bits)

    @property
    def located(self) -> int:
        """Number of rows with a position; they come first."""
        return int(np.searchsorted(self.cells, NOWHERE))

    def groups_before(self, rows: np.ndarray) -> np.ndarray:
        """Rows by group before each of some rows, the one after the last included."""
        words = self.in_block[rows]
        inside = (words[:, :, None] >> SHIFTS).reshape(len(rows), -1)[:, : len(self.labels)] & MASK
        return self.sum_groups[rows // BLOCK] + inside

    # ── Masks: one truth value a row ────────────────────────────────────────────────────────────
    def listed(self, name: str, keys: Iterable[int]) -> np.ndarray:
        """In the list of any of the keys."""
        mask = np.zeros(len(self), bool)
        for key in keys:
            mask[self.lists[name].get(key)] = True
        return mask

    def among(self, name: str, values: Sequence[int]) -> np.ndarray:
        """With a number that is any of the values."""
        return np.isin(self.numbers[name], np.asarray(values, np.int64))

    def at_least(self, name: str, value: int) -> np.ndarray:
        """With a number that is not smaller."""
        return self.numbers[name] >= value

    def boxed(self, west: float, south: float, east: float, north: float) -> np.ndarray:
        """Inside a box in degrees, edges included; west > east crosses the antimeridian."""
        first, last = _least(west), _most(east)
        across = (
            (self.xs >= first) | (self.xs <= last) if west > east else (self.xs >= first) & (self.xs <= last)
        )
        return across & (self.ys >= _least(south)) & (self.ys <= _most(north)) & (self.cells < NOWHERE)

    def holding(self, ids: np.ndarray) -> np.ndarray:
        """With one of the ids."""
        mask = np.zeros(len(self), bool)
        mask[self.rows_of(ids)] = True
        return mask

    def rows_of(self, ids: np.ndarray) -> np.ndarray:
        """Row numbers of those ids that are here."""
        return find(self.ids, self.by_id, ids)[1]


def find(ids: np.ndarray, by_id: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which of the wanted ids are there (as places in `wanted`), and their rows."""
    if not len(ids):
        return np.empty(0, np.int64), np.empty(0, np.uint32)
    place = np.searchsorted(ids, wanted, sorter=by_id)
    rows = by_id[np.minimum(place, len(ids) - 1)]
    there = np.flatnonzero(ids[rows] == wanted)
    return there, rows[there]


class Lookup:
    """Rows of many ids at once: a table from 0 to the highest id, unless that would be mostly empty."""

    def __init__(self, ids: np.ndarray, by_id: np.ndarray) -> None:
        self.ids, self.by_id = ids, by_id
        highest = int(ids.max()) if len(ids) else 0
        self.table = None
        if highest < 8 * len(ids) + 1_000_000:
            self.table = np.full(highest + 1, -1, np.int32)
            self.table[ids] = np.arange(len(ids), dtype=np.int32)

    def find(self, wanted: np.ndarray) -> tuple[np.ndarray | slice, np.ndarray]:
        """Which of the wanted ids are there, and their rows."""
        if self.table is None:
            return find(self.ids, self.by_id, wanted)
        rows = self.table[np.minimum(wanted, len(self.table) - 1)]
        # The highest place stands for all ids beyond it.
        there = (rows >= 0) & (wanted < len(self.table))
        return (slice(None), rows) if there.all() else (np.flatnonzero(there), rows[there])


def _row_lists(lookup: Lookup, keys: np.ndarray, of: np.ndarray) -> RowLists:
    there, rows = lookup.find(of)
    return RowLists.of(keys[there], rows)


def _bits(length: int, lists: RowLists, group_of: dict[int, int]) -> np.ndarray:
    bits = np.zeros(length, np.uint64)
    for key in lists.keys.tolist():
        bits[lists.get(key)] |= np.uint64(1 << group_of[key])
    return bits


def _order(rows: Rows) -> np.ndarray:
    """By place, then by id. Few share a place, and two sorts of all would cost more."""
    order = np.argsort(rows.cells, kind="stable")
    cells = rows.cells[order]
    same = cells[1:] == cells[:-1]
    shared = np.flatnonzero(np.append(same, False) | np.insert(same, 0, False)) if len(cells) else order
    those = order[shared]
    order[shared] = those[np.lexsort((rows.ids[those], rows.cells[those]))]
    return order


def _sums_before(values: np.ndarray) -> np.ndarray:
    """Sum of all values before each, and of all at the end."""
    sums = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, dtype=np.int64, out=sums[1:])
    return sums


def _block_sums(groups: np.ndarray, many: int) -> np.ndarray:
    """Rows by group before each block, the last one begun."""
    blocks = len(groups) // BLOCK
    keys = np.arange(blocks * BLOCK) // BLOCK * many + groups[: blocks * BLOCK]
    sums = np.zeros((blocks + 1, many), np.int64)
    np.cumsum(np.bincount(keys, minlength=blocks * many).reshape(blocks, many), axis=0, out=sums[1:])
    return sums


def _in_block(groups: np.ndarray, many: int) -> np.ndarray:
    """For each row and one after the last, words that hold rows by group before it in its block."""
    blocks, words = len(groups) // BLOCK + 1, -(-many // GROUPS_A_WORD)
    found = np.empty((blocks * BLOCK, words), np.int64)
    for word in range(words):
        counted = np.zeros(words * GROUPS_A_WORD, np.int64)
        counted[word * GROUPS_A_WORD :][:GROUPS_A_WORD] = 1 << SHIFTS
        one = np.zeros(blocks * BLOCK, np.int64)
        one[: len(groups)] = counted[groups]
        # A sum with the row itself may run over into the next group; taking the row away takes that back.
        found[:, word] = np.cumsum(one.reshape(blocks, BLOCK), axis=1).ravel() - one
    return found[: len(groups) + 1]


# A position is a whole number of 1e-7 degrees, and PostGIS compares its nearest float; so do we.
def _least(degrees: float) -> int:
    """Smallest such number that is not below the degrees."""
    near = round(degrees * 1e7)
    return next(number for number in range(near - 1, near + 3) if number / 1e7 >= degrees)


def _most(degrees: float) -> int:
    """Largest such number that is not above the degrees."""
    return -_least(-degrees)
