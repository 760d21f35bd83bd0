"""Figures put into words and numbers for a page: lines of the table, the legend, what the map is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, log10
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from territories import shapes
from vocabulary.models import Theme

from ..selection import Selection
from .asking import RATE, SORTS
from .classes import NONE, UNKNOWN
from .table import Row, Table

# Themes that a line names; all ten are a click away.
FIRST = 3


def rate_text(rate: float) -> str:
    """A rate with two decimals, or with two digits where it is smaller than that."""
    places = 2 if rate >= 0.1 or not rate else 1 - floor(log10(rate))
    return number_format(round(rate, places), decimal_pos=places)


def value_text(value: float, by: str) -> str:
    """A value of the map."""
    return rate_text(value) if by == RATE else number_format(value, decimal_pos=0)


def words(row: Row) -> str:
    """The figures of a territory as a sentence."""
    numbers = ngettext("%(name)s: %(n)s initiative", "%(name)s: %(n)s initiatives", row.number) % {
        "name": row.name,
        "n": number_format(row.number, decimal_pos=0),
    }
    if row.rate is None:
        return numbers
    return _("%(numbers)s, %(rate)s per 10,000 inhabitants") % {
        "numbers": numbers,
        "rate": rate_text(row.rate),
    }


# ── The table ───────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Line:
    """A row as the page shows it."""

    row: Row
    url: str
    map_url: str
    rate: str
    number_of_class: int
    first: list[tuple[Theme, int]]
    mix: list[tuple[Theme, int]]


def lines(table: Table, rows: Iterable[Row], themes: Sequence[Theme]) -> list[Line]:
    """Rows of a page of the table."""
    home, made = reverse("map"), []
    for row in rows:
        query = table.selection.with_values("territory", [row.code]).query
        mix = [(theme, row.themes.get(theme.slug, 0)) for theme in themes]
        first = sorted((pair for pair in mix if pair[1]), key=lambda pair: -pair[1])[:FIRST]
        made.append(
            Line(
                row=row,
                url=reverse("territory", args=[row.code]),
                map_url=f"{home}?{query}",
                rate="" if row.rate is None else rate_text(row.rate),
                number_of_class=table.classes.of(row.value(table.by)),
                first=first,
                mix=mix,
            )
        )
    return made


@dataclass(frozen=True)
class Head:
    """The head of a column that the table can be sorted by."""

    label: str
    next: str
    # As aria-sort has it; empty where it is not sorted by this one.
    sorted: str
    is_number: bool


def heads(table: Table) -> list[Head]:
    """Columns that the table can be sorted by."""
    labels = {
        "name": _("Territory"),
        "population": _("Inhabitants"),
        "initiatives": _("Initiatives"),
        "per_10000": _("Per 10,000 inhabitants"),
    }
    ways = dict.fromkeys(SORTS, "ascending") | {f"-{name}": "descending" for name in SORTS}
    return [
        Head(
            labels[name],
            table.other_way(name),
            ways[table.sort] if table.sort.removeprefix("-") == name else "",
            name != "name",
        )
        for name in SORTS
    ]


# ── The map ─────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Entry:
    """A line of the legend."""

    number: int
    label: str
    many: int


def legend(table: Table) -> list[Entry]:
    """All classes that a territory is of, from nothing on."""
    classes, found = table.classes, []
    if classes.without:
        found.append(Entry(NONE, _("No initiative"), classes.without))
    for one in classes.classes:
        least, greatest = (value_text(value, table.by) for value in (one.least, one.greatest))
        label = (
            least if least == greatest else _("%(least)s to %(most)s") % {"least": least, "most": greatest}
        )
        found.append(Entry(one.number, label, one.many))
    if classes.unknown:
        found.append(Entry(UNKNOWN, _("Population not known"), classes.unknown))
    return found


def spec(table: Table) -> dict | None:
    """What the script of the map needs; None where there is nothing to colour, or more than a map can show."""
    if not 0 < len(table.rows) <= shapes.MOST:
        return None
    chosen = table.selection.cleaned.get("territory") or []
    inside = [territory.code for territory in chosen]
    address = reverse("territory_shapes", args=[table.asked.scheme])
    return {
        "shapes": f"{address}?{urlencode({'territory': ','.join(inside)})}" if inside else address,
        # Where the map opens: on the boxes that are meant, without overseas parts; all of Europe where none is chosen.
        "views": [territory.view for territory in chosen if territory.view] if chosen else None,
        "areas": {row.code: [table.classes.of(row.value(table.by)), words(row)] for row in table.rows},
        "page": reverse("territory", args=["code-here"]).replace("code-here", "{code}"),
    }


@dataclass(frozen=True)
class ThemeChoice:
    """A line of the select of themes; its value may be several with commas between."""

    value: str
    label: str
    selected: bool


def theme_choices(selection: Selection, roots: Sequence[Theme]) -> list[ThemeChoice]:
    """The ten themes; whatever else is chosen stands before them as one line."""
    chosen = selection.cleaned.get("theme") or []
    slugs = [theme.slug for theme in chosen]
    found = []
    if len(slugs) > 1 or (slugs and slugs[0] not in {theme.slug for theme in roots}):
        found.append(ThemeChoice(",".join(slugs), ", ".join(str(theme) for theme in chosen), True))
    return found + [ThemeChoice(theme.slug, theme.name, slugs == [theme.slug]) for theme in roots]
