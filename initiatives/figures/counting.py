"""How many matches of a selection each territory holds, by theme: from the map index, else from the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Count

from geo.mapindex.segment import Segment
from geo.mapindex.view import View

from .. import mapped
from ..models import InitiativeTerritory
from ..querysets import root_theme
from ..selection import Selection


@dataclass
class Held:
    """Matches by key of a territory, and for each of the ten themes; one with several themes counts for each."""

    numbers: dict[int, int] = field(default_factory=dict)
    themes: dict[int, dict[str, int]] = field(default_factory=dict)
    # Matches that lie in any of the territories, each once.
    inside: int = 0

    def add(self, key: int, number: int) -> None:
        """So many more."""
        self.numbers[key] = self.numbers.get(key, 0) + number

    def add_theme(self, key: int, theme: str, number: int) -> None:
        """So many more of a theme."""
        themes = self.themes.setdefault(key, {})
        themes[theme] = themes.get(theme, 0) + number


def held(selection: Selection, keys: Sequence[int], name: tuple) -> Held:
    """What territories hold; `name` tells which they are, to remember the answer for this version."""
    found = mapped.answer(lambda view: _of_view(view, selection, keys, name))
    return _counted(selection, keys) if found is None else found


def _of_view(view: View, selection: Selection, keys: Sequence[int], name: tuple) -> Held:
    remembered = ("figures", selection.query, name)
    found = view.memory.get(remembered)
    if found is None:
        found = Held()
        matches = mapped.matches(view, selection)
        wanted = np.fromiter(keys, np.int64, len(keys))
        for segment, rows in zip((view.base, view.tail), view.rows(matches), strict=True):
            _add(found, segment, rows, wanted, selection.located)
        view.memory.keep(remembered, found, 1000 + 600 * len(found.numbers))
    return found


def _add(found: Held, segment: Segment, rows: np.ndarray, keys: np.ndarray, located: str) -> None:
    listed = segment.lists["territory"]
    places = np.searchsorted(listed.keys, keys)
    there = places < len(listed.keys)
    there[there] = listed.keys[places[there]] == keys[there]
    keys, places = keys[there], places[there]
    if located == "no" or not len(keys) or not len(rows):
        return
    chosen = np.zeros(len(segment), bool)
    chosen[rows] = True
    numbers = [listed.rows[listed.starts[place] : listed.starts[place + 1]] for place in places.tolist()]
    owners = np.repeat(np.arange(len(keys)), [len(one) for one in numbers])
    inside = np.concatenate(numbers)
    is_chosen = chosen[inside]
    owners, inside = owners[is_chosen], inside[is_chosen]
    found.inside += len(np.unique(inside))
    for place, number in _sums(owners, len(keys)):
        found.add(int(keys[place]), number)
    bits = segment.bits[inside]
    for bit, theme in enumerate(segment.labels):
        for place, number in _sums(owners[(bits & np.uint64(1 << bit)) > 0], len(keys)):
            found.add_theme(int(keys[place]), theme, number)


def _sums(owners: np.ndarray, many: int) -> list[tuple[int, int]]:
    """(place, number) of those that hold any."""
    sums = np.bincount(owners, minlength=many)
    places = np.flatnonzero(sums)
    return list(zip(places.tolist(), sums[places].tolist(), strict=True))


def _counted(selection: Selection, keys: Sequence[int]) -> Held:
    found = Held()
    chosen = selection.initiatives().order_by().values("pk")
    links = InitiativeTerritory.objects.filter(territory__in=keys, initiative__in=chosen).order_by()
    for key, number in links.values_list("territory").annotate(number=Count("pk")):
        found.add(key, number)
    themed = links.annotate(root=root_theme("initiative__theme_links__theme")).exclude(root=None)
    numbers = themed.values("territory", "root").annotate(number=Count("initiative", distinct=True))
    for row in numbers:
        found.add_theme(row["territory"], row["root"], row["number"])
    found.inside = links.aggregate(number=Count("initiative", distinct=True))["number"]
    return found
