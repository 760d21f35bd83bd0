"""What a request for items asks: rows, a further condition on them, a page, a coordinate system."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import and_

from django.contrib.gis.db.models import GeometryField
from django.db.models import DateTimeField, F, Q, Value
from django.http import QueryDict

from geo import crs as systems
from geo.cql2 import LANGUAGES, condition, tree_of
from geo.cql2.functions import Compared, Intersects
from geo.cql2.literals import moment
from geo.crs import CRS84, Crs
from geo.errors import InvalidParameterError
from geo.parameters import page_cursor, page_limit
from geo.queryables import Kind

from .collections import Chosen, Collection

MOST = 10_000
OWN = (
    "f",
    "lang",
    "limit",
    "cursor",
    "crs",
    "bbox",
    "bbox-crs",
    "datetime",
    "filter",
    "filter-lang",
    "filter-crs",
)
OPEN = ("", "..")


@dataclass(frozen=True)
class Asked:
    """A page of a collection."""

    chosen: Chosen
    also: Q | None
    limit: int
    after: int
    crs: Crs

    def page(self) -> list[tuple[int, bytes]]:
        """The rows of the page, and one more where there are more."""
        return self.chosen.following(self.after, self.limit + 1, self.also, self.crs)

    def matched(self, shown: int) -> int | None:
        """How many there are in all, None on a further page where they would have to be counted."""
        if self.also is None and self.chosen.matched is not None:
            return self.chosen.matched
        if self.after:
            return None
        if shown <= self.limit:
            return shown
        return self.chosen.rows.filter(self.also or Q()).order_by().count()


def crs_of(data: QueryDict) -> Crs:
    """The system of an answer."""
    return systems.named(data["crs"], "crs") if "crs" in data else CRS84


def asked(collection: Collection, data: QueryDict) -> Asked:
    """A request for items; InvalidParameterError where it cannot be answered."""
    for name in (*OWN, *collection.parameters):
        if len(data.getlist(name)) > 1:
            raise InvalidParameterError(name, f"Given {len(data.getlist(name))} times, expected once.")
    own = {*OWN, *collection.parameters}
    parts = [_moments(collection, data), _filter(collection, data), *_properties(collection, data)]
    rest = data.copy()
    if "bbox" in data and not ("bbox" in collection.filters and _is_plain(data)):
        parts.append(_boxed(collection, data))
        rest.pop("bbox")
    elif "bbox-crs" in data:
        systems.named(data["bbox-crs"], "bbox-crs")
    also = [part for part in parts if part is not None]
    return Asked(
        collection.choose(collection, rest, own - set(collection.filters)),
        reduce(and_, also) if also else None,
        page_limit(data, usual=collection.usual, most=MOST),
        page_cursor(data),
        crs_of(data),
    )


# ── Where ───────────────────────────────────────────────────────────────────────────────────────
def _is_plain(data: QueryDict) -> bool:
    """Whether a box is as the selection reads it."""
    return data.get("bbox-crs", CRS84.uri) == CRS84.uri and data["bbox"].count(",") != 5


def _boxed(collection: Collection, data: QueryDict) -> Q:
    system = systems.named(data.get("bbox-crs", CRS84.uri), "bbox-crs")
    try:
        numbers = [float(part) for part in data["bbox"].split(",")]
    except ValueError:
        numbers = []
    try:
        area = system.box(numbers)
    except ValueError as error:
        raise InvalidParameterError("bbox", str(error)) from error
    return Q(Intersects(F(collection.layer.geometry), Value(area, GeometryField(srid=4326))))


# ── When ────────────────────────────────────────────────────────────────────────────────────────
def _span(text: str) -> tuple[datetime, datetime]:
    """First and last second of a date or an instant."""
    start = moment(text)
    return start, start + timedelta(days=1, seconds=-1) if len(text) == 10 else start


def _moments(collection: Collection, data: QueryDict) -> Q | None:
    """What `datetime` leaves; rows that have no time match any."""
    if "datetime" not in data:
        return None
    # A plus sign in a query string arrives as a blank.
    text = data["datetime"].replace(" ", "+")
    ends = text.split("/")
    try:
        if len(ends) > 2 or (len(ends) == 1 and text in OPEN):
            raise ValueError
        first = None if ends[0] in OPEN else _span(ends[0])[0]
        last = None if ends[-1] in OPEN else _span(ends[-1])[1]
        if first and last and first > last:
            raise ValueError
    except (ValueError, OverflowError) as error:
        raise InvalidParameterError(
            "datetime",
            f"Came {text[:80]!r}, expected an instant or an interval, such as 2026-03-01T12:00:00Z or 2026-01-01/..",
        ) from error
    own = next((one.expression for one in collection.queryables if one.name == collection.instant), None)
    if own is None:
        return None
    bounds = [(">=", first), ("<=", last)]
    limits = [Q(Compared(own, sign, Value(end, DateTimeField()))) for sign, end in bounds if end]
    return reduce(and_, limits) if limits else None


# ── What ────────────────────────────────────────────────────────────────────────────────────────
def _filter(collection: Collection, data: QueryDict) -> Q | None:
    language = data.get("filter-lang", "cql2-text")
    if language not in LANGUAGES:
        expected = " or ".join(LANGUAGES)
        raise InvalidParameterError("filter-lang", f"Came {language[:40]!r}, expected {expected}.")
    system = systems.named(data.get("filter-crs", CRS84.uri), "filter-crs")
    if "filter" not in data:
        return None
    return condition(tree_of(data["filter"], language), collection.queryables, system)


def _properties(collection: Collection, data: QueryDict) -> list[Q]:
    """Queryables as parameters: equal to one value each."""
    kinds = {one.name: one.kind for one in collection.queryables}
    found = []
    for name in collection.parameters:
        if name in data:
            value: str | float = data[name]
            if kinds[name] == Kind.NUMBER:
                try:
                    value = float(data[name])
                except ValueError:
                    value = data[name]
            tree = {"op": "=", "args": [{"property": name}, value]}
            found.append(condition(tree, collection.queryables, parameter=name))
    return found
