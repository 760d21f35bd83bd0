"""What lies in each square of a tile: 4 × 4 squares of 64 px, each one range of the Morton curve."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..tiles import CELL_BITS, Tile
from .segment import BLOCK, Segment

SQUARES = 1 << (2 * CELL_BITS)
NUMBERS = np.arange(SQUARES)
STEPS = np.arange(BLOCK)
NO_ROW = np.zeros(1, np.uint32)


def edges(tile: Tile) -> np.ndarray:
    """Places on the curve where the squares of a tile begin, and the one after the last."""
    first, after = tile.cells()
    return first + np.arange(SQUARES + 1) * ((after - first) >> (2 * CELL_BITS))


@dataclass(frozen=True)
class Square:
    """One that holds something: sums of positions in 1e-7 degrees, rows by group, first and last place on the curve.

    `id` is that of a row, the only one where `count` is 1.
    """

    count: int
    x: int
    y: int
    groups: list[int]
    first: int
    last: int
    id: int


@dataclass
class Sums:
    """For each square: number of rows, sums of positions in 1e-7 degrees, rows by group, first and last row."""

    counts: np.ndarray
    xs: np.ndarray
    ys: np.ndarray
    groups: np.ndarray
    first: np.ndarray
    last: np.ndarray


def of_rows(segment: Segment, places: np.ndarray, rows: np.ndarray) -> Sums:
    """Sums over some rows, ascending; only those inside the squares are looked at."""
    limits = np.searchsorted(segment.cells, places).astype(rows.dtype)
    within = np.searchsorted(rows, limits)
    inside = rows[within[0] : within[-1]]
    counts = np.diff(within)
    square = np.repeat(NUMBERS, counts)
    many = len(segment.labels)
    by_group = np.bincount(square * many + segment.groups[inside], minlength=SQUARES * many)
    # An empty square has no first row; whichever stands there is not looked at.
    last = max(len(rows) - 1, 0)
    ends = rows if len(rows) else NO_ROW
    return Sums(
        counts,
        # Below 2^53 a float holds whole numbers exactly: enough for two million rows at the edge of the world.
        np.bincount(square, segment.xs[inside], SQUARES).astype(np.int64),
        np.bincount(square, segment.ys[inside], SQUARES).astype(np.int64),
        by_group.reshape(SQUARES, many),
        ends[np.minimum(within[:-1], last)],
        ends[np.maximum(within[1:] - 1, 0)],
    )


def of_all(segment: Segment, places: np.ndarray, dead: np.ndarray) -> Sums:
    """Sums over all rows but the dead ones, from sums that are there already."""
    limits = np.searchsorted(segment.cells, places)
    block = limits // BLOCK
    rows = block[:, None] * BLOCK + STEPS
    inside = rows < limits[:, None]
    rows = np.minimum(rows, max(len(segment) - 1, 0))
    many = len(segment.labels)
    edge, step = np.nonzero(inside)
    beside = rows[edge, step]

    def before(sums: np.ndarray, values: np.ndarray) -> np.ndarray:
        return sums[block] + np.bincount(edge, values[beside], SQUARES + 1).astype(np.int64)

    by_group = np.bincount(edge * many + segment.groups[beside], minlength=(SQUARES + 1) * many)
    sums = Sums(
        np.diff(limits),
        np.diff(before(segment.sum_xs, segment.xs)),
        np.diff(before(segment.sum_ys, segment.ys)),
        np.diff(segment.sum_groups[block] + by_group.reshape(SQUARES + 1, many), axis=0),
        limits[:-1],
        limits[1:] - 1,
    )
    there = dead[np.searchsorted(dead, limits[0]) : np.searchsorted(dead, limits[-1])]
    return _less(sums, of_rows(segment, places, there), set(there.tolist())) if len(there) else sums


def _less(sums: Sums, gone: Sums, dead: set[int]) -> Sums:
    """Take the dead rows away; where they stood first or last, the next living one takes their place."""
    counts = sums.counts - gone.counts
    first, last = sums.first.copy(), sums.last.copy()
    for square in np.flatnonzero(gone.counts * (counts > 0)).tolist():
        while int(first[square]) in dead:
            first[square] += 1
        while int(last[square]) in dead:
            last[square] -= 1
    return Sums(counts, sums.xs - gone.xs, sums.ys - gone.ys, sums.groups - gone.groups, first, last)


def together(found: list[tuple[Segment, Sums]]) -> Iterator[Square]:
    """Squares of several segments, along the curve."""
    parts = [
        zip(
            sums.counts.tolist(),
            sums.xs.tolist(),
            sums.ys.tolist(),
            sums.groups.tolist(),
            *_ends(segment, sums),
            strict=True,
        )
        for segment, sums in found
    ]
    for of_square in zip(*parts):
        inside = [Square(*values) for values in of_square if values[0]]
        if len(inside) == 1:
            yield inside[0]
        elif inside:
            yield Square(
                sum(square.count for square in inside),
                sum(square.x for square in inside),
                sum(square.y for square in inside),
                [sum(numbers) for numbers in zip(*(square.groups for square in inside))],
                min(square.first for square in inside),
                max(square.last for square in inside),
                inside[0].id,
            )


def _ends(segment: Segment, sums: Sums) -> tuple[list[int], list[int], list[int]]:
    """Place on the curve of the first and last row of each square, and the id of the first."""
    last_row = len(segment) - 1
    first = np.minimum(sums.first, last_row)
    last = np.clip(sums.last, 0, last_row)
    return segment.cells[first].tolist(), segment.cells[last].tolist(), segment.ids[first].tolist()
