"""The table of figures: a row for each territory of a scheme, rates, classes, white spots, orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language

from territories.models import Territory
from vocabulary.names import in_language, in_order

from ..selection import Selection
from .asking import COUNT, RATE, SORTS, Asked
from .classes import NONE, Classes
from .counting import held

PER = 10_000
# A white spot holds nothing, or is of the class with the fewest.
LOWEST = 1


@dataclass(frozen=True)
class Row:
    """The figures of one territory; no rate where nobody knows how many live there."""

    pk: int
    code: str
    name: str
    population: int | None
    number: int
    themes: dict[str, int]

    @property
    def rate(self) -> float | None:
        """Initiatives per 10,000 inhabitants."""
        return self.number / self.population * PER if self.population else None

    def value(self, by: str) -> float | None:
        """The figure that the map shows."""
        return self.rate if by == RATE else self.number


class Table:
    """Figures of all territories of a scheme, those inside the territories of the selection where it names some."""

    def __init__(self, selection: Selection, asked: Asked) -> None:
        self.selection, self.asked = selection, asked
        inside = selection.cleaned.get("territory") or []
        rows = Territory.objects.filter(scheme=asked.scheme)
        if inside:
            rows = rows.inside([territory.pk for territory in inside])
        known = list(rows.order_by("code").values_list("pk", "code", "names", "population"))
        name = (asked.scheme, *sorted(territory.code for territory in inside))
        counts = held(selection, [row[0] for row in known], name)
        language = get_language()
        self.rows = [
            Row(
                pk, code, in_language(names, language), population,
                counts.numbers.get(pk, 0), counts.themes.get(pk, {}),
            )
            for pk, code, names, population in known
        ]  # fmt: skip
        self._inside = counts.inside

    def outside(self, matched: int) -> int:
        """Of so many initiatives those that lie in none of the territories."""
        return matched - self._inside

    @cached_property
    def empty(self) -> int:
        """Territories without any initiative."""
        return sum(not row.number for row in self.rows)

    @cached_property
    def by(self) -> str:
        """The figure on the map: rates, where most populations are known."""
        most = sum(row.population is not None for row in self.rows) * 2 > len(self.rows)
        return self.asked.by or (RATE if most else COUNT)

    @cached_property
    def classes(self) -> Classes:
        """Classes of the figure on the map."""
        return Classes([row.value(self.by) for row in self.rows])

    @cached_property
    def unpeopled(self) -> int:
        """Territories whose population nobody knows."""
        return sum(not row.population for row in self.rows)

    @cached_property
    def white(self) -> list[Row]:
        """Where people live and nothing is, or least for each of them; the most people first, then the fewest."""
        rates = Classes([row.rate for row in self.rows])
        found = [row for row in self.rows if row.population and rates.of(row.rate) in (NONE, LOWEST)]
        return sorted(found, key=lambda row: (row.rate, -row.population, row.code))

    @property
    def sort(self) -> str:
        """The column that it is sorted by, behind a sign where the greatest come first; empty for white spots."""
        return self.asked.sort or ("" if self.asked.is_white else "-initiatives")

    @cached_property
    def shown(self) -> Sequence[Row]:
        """Rows as they were asked for."""
        rows = self.white if self.asked.is_white else self.rows
        name = self.sort.removeprefix("-")
        if not name:
            return rows
        if name == "name":
            rows = sorted(rows, key=lambda row: in_order(row.name))
            return rows[::-1] if self.sort.startswith("-") else rows
        values = {"population": "population", "initiatives": "number", "per_10000": "rate"}
        sign = -1 if self.sort.startswith("-") else 1

        def place(row: Row) -> tuple:
            value = getattr(row, values[name])
            # What nobody knows comes last, whichever way.
            return value is None, sign * (value or 0), in_order(row.name)

        return sorted(rows, key=place)

    def other_way(self, name: str) -> str:
        """How the table is sorted next when its column is chosen."""
        first, second = (f"-{name}", name) if SORTS[name] else (name, f"-{name}")
        return second if self.sort == first else first
