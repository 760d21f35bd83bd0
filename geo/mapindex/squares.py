"""What lies in each square of a tile: 4 × 4 squares of 64 px, each one range of the Morton curve."""

from dataclasses import dataclass

import numpy as np

from ..tiles import CELL_BITS, Tile
from .segment import Segment

SQUARES = 1 << (2 * CELL_BITS)
NUMBERS = np.arange(SQUARES)
STEPS = np.arange(SQUARES + 1)
NO_ROW = np.zeros(1, np.uint32)


def edges(tile: Tile) -> np.ndarray:
    """Places on the curve where the squares of a tile begin, and the one after the last."""
    first, after = tile.cells()
    return first + STEPS * ((after - first) >> (2 * CELL_BITS))


@dataclass(frozen=True)
class Sums:
    """For each square: number of rows, sums of positions in 1e-7 degrees, rows by group.

    `first` and `last` are the places on the curve of its first and last row, `ids` the id of the first; those of an
    empty square mean nothing.
    """

    counts: np.ndarray
    xs: np.ndarray
    ys: np.ndarray
    groups: np.ndarray
    first: np.ndarray
    last: np.ndarray
    ids: np.ndarray

    def __add__(self, other: "Sums") -> "Sums":
        empty, alone = self.counts == 0, other.counts == 0
        return Sums(
            self.counts + other.counts,
            self.xs + other.xs,
            self.ys + other.ys,
            self.groups + other.groups,
            np.where(empty | ~alone & (other.first < self.first), other.first, self.first),
            np.where(empty | ~alone & (other.last > self.last), other.last, self.last),
            np.where(empty, other.ids, self.ids),
        )


def _sums(
    segment: Segment,
    counts: np.ndarray,
    xs: np.ndarray,
    ys: np.ndarray,
    groups: np.ndarray,
    first: np.ndarray,
    last: np.ndarray,
) -> Sums:
    """From the numbers of the first and last rows; those of empty squares may lie outside."""
    cells = segment.cells
    return Sums(
        counts,
        xs,
        ys,
        groups,
        cells.take(first, mode="clip"),
        cells.take(last, mode="clip"),
        segment.ids.take(first, mode="clip"),
    )


def of_rows(segment: Segment, places: np.ndarray, rows: np.ndarray) -> Sums:
    """Sums over some rows, ascending; only those inside the squares are looked at."""
    within, *sums = _among(segment, segment.cells.searchsorted(places), rows)
    if not len(rows):
        rows = NO_ROW
    return _sums(segment, *sums, rows.take(within[:-1], mode="clip"), rows.take(within[1:] - 1, mode="clip"))


def _among(segment: Segment, limits: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, ...]:
    """Where the squares begin among the rows; numbers of rows, sums of positions, rows by group."""
    within = rows.searchsorted(limits.astype(rows.dtype))
    inside = rows[within[0] : within[-1]]
    counts = within[1:] - within[:-1]
    square = NUMBERS.repeat(counts)
    many = len(segment.labels)
    by_group = np.bincount(square * many + segment.groups[inside], minlength=SQUARES * many)
    return (
        within,
        counts,
        # Below 2^53 a float holds whole numbers exactly: enough for two million rows at the edge of the world.
        np.bincount(square, segment.xs[inside], SQUARES).astype(np.int64),
        np.bincount(square, segment.ys[inside], SQUARES).astype(np.int64),
        by_group.reshape(SQUARES, many),
    )


def of_all(segment: Segment, places: np.ndarray, dead: np.ndarray) -> Sums:
    """Sums over all rows but the dead ones, as differences of sums that are there already."""
    limits = segment.cells.searchsorted(places)
    first, after = limits[:-1], limits[1:]
    xs, ys, groups = segment.sum_xs[limits], segment.sum_ys[limits], segment.groups_before(limits)
    counts, xs, ys, groups = after - first, xs[1:] - xs[:-1], ys[1:] - ys[:-1], groups[1:] - groups[:-1]
    last = after - 1
    there = dead[dead.searchsorted(limits[0]) : dead.searchsorted(limits[-1])] if len(dead) else dead
    if len(there):
        _within, *gone = _among(segment, limits, there)
        counts, xs, ys, groups = (whole - part for whole, part in zip((counts, xs, ys, groups), gone))
        first, last = _living(first, last, gone[0] * (counts > 0), set(there.tolist()))
    return _sums(segment, counts, xs, ys, groups, first, last)


def _living(
    first: np.ndarray, last: np.ndarray, gone: np.ndarray, dead: set[int]
) -> tuple[np.ndarray, np.ndarray]:
    """First and last rows of squares that lost some: where those are dead, the next living ones."""
    first, last = first.copy(), last.copy()
    for square in np.flatnonzero(gone).tolist():
        while int(first[square]) in dead:
            first[square] += 1
        while int(last[square]) in dead:
            last[square] -= 1
    return first, last
