"""Lists from the map index: a page of a selection by name, however deep, and how many initiatives each thing holds."""

from collections.abc import Callable, Sequence

import numpy as np
from django.db.models import QuerySet

from geo.mapindex.order import Order
from geo.mapindex.segment import Segment
from geo.mapindex.view import View

from . import mapped
from .enums import Status
from .models import Initiative
from .querysets import InitiativeQuerySet
from .selection import Selection

NAMES = Order("initiatives_initiative", f"status = '{Status.PUBLISHED}'", "search_name")
# Without a filter the first so many come along the database's own index of names sooner.
SHALLOW = 1_000


class ByName(Sequence):
    """Matches of a selection by name, for a paginator; only slices are read."""

    ordered = True

    def __init__(self, selection: Selection, matched: int) -> None:
        self.selection, self.matched = selection, matched

    def __len__(self) -> int:
        return self.matched

    def __getitem__(self, part: slice) -> list[Initiative]:
        """The rows of a page."""
        start, stop = part.start or 0, self.matched if part.stop is None else part.stop
        is_quick = self.selection.is_empty and stop <= SHALLOW
        found = None if is_quick else page(self.selection, start, stop)
        if found is None:
            rows = self.selection.initiatives().for_lists().order_by("search_name", "pk")
            found = list(rows[start:stop])
        return found


def page(selection: Selection, start: int, stop: int, *, but: Sequence[int] = ()) -> list[Initiative] | None:
    """Rows of lists from `start` to before `stop` by name, of all matches `but` some; None where SQL has to answer."""

    def make(view: View) -> list[Initiative] | None:
        ids = view.ids(mapped.matches(view, selection), selection.located)
        if but:
            ids = ids[~np.isin(ids, np.fromiter(but, np.int64))]
        keys = NAMES.ranks(view.version).cut(ids, start, stop)
        return None if keys is None else _rows(Initiative.objects.published().for_lists(), keys)

    return mapped.answer(make)


def following(
    selection: Selection, after: int, number: int, read: Callable[[Sequence[int]], list]
) -> list | None:
    """What `read` gives for the keys of the next matches after a key, ascending.

    None where SQL has to answer.
    """

    def make(view: View) -> list:
        ids = view.ids(mapped.matches(view, selection), selection.located)
        ids = ids[ids > after]
        keys = np.sort(np.partition(ids, number)[:number] if len(ids) > number else ids)
        found = read(keys.tolist())
        if len(found) < len(keys):
            raise mapped.MovedError
        return found

    return mapped.answer(make)


def _rows(rows: InitiativeQuerySet, keys: list[int]) -> list:
    """Rows in the order of their keys; MovedError where one is gone."""
    found = rows.in_bulk(keys)
    if len(found) < len(keys):
        raise mapped.MovedError
    return [found[key] for key in keys]


# ── What things hold ────────────────────────────────────────────────────────────────────────────
def held(name: str) -> dict[int, int] | None:
    """Published initiatives by key of a list of the index, or of a number that stands for a row; None as above."""
    return mapped.answer(lambda view: _held(view, name))


def with_counts(rows: QuerySet, name: str, by_sql: Callable[[QuerySet], QuerySet]) -> list:
    """Rows with `initiative_count`, what each holds as held() says; or else as `by_sql` annotates them."""
    counts = held(name)
    if counts is None:
        return list(by_sql(rows))
    found = list(rows)
    for row in found:
        row.initiative_count = counts.get(row.pk, 0)
    return found


def _held(view: View, name: str) -> dict[int, int]:
    counted = view.memory.get(("held", name))
    if counted is None:
        count = _listed if name in mapped.SOURCE.lists else _numbered
        counted = {}
        for segment, dead in ((view.base, view.dead), (view.tail, view.dead[:0])):
            for key, number in zip(*(part.tolist() for part in count(segment, name, dead))):
                if number:
                    counted[key] = counted.get(key, 0) + number
        view.memory.keep(("held", name), counted, 100 * len(counted) + 1000)
    return counted


def _listed(segment: Segment, name: str, dead: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    listed = segment.lists[name]
    numbers = np.diff(listed.starts)
    if len(dead):
        gone = np.flatnonzero(_is_among(len(segment), dead)[listed.rows])
        places = np.searchsorted(listed.starts, gone, side="right") - 1
        numbers = numbers - np.bincount(places, minlength=len(numbers))
    return listed.keys, numbers


def _numbered(segment: Segment, name: str, dead: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.unique(segment.numbers[name][~_is_among(len(segment), dead)], return_counts=True)


def _is_among(length: int, rows: np.ndarray) -> np.ndarray:
    mask = np.zeros(length, bool)
    mask[rows] = True
    return mask
