"""Features as rows of a table: the same columns, in the same order, in every format that has columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from msgspec import json

# Between the texts of a list, where a format has no lists.
SEPARATOR = "; "


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    INSTANT = "instant"
    # A list of texts.
    TEXTS = "texts"
    # Anything with parts, as JSON.
    PARTS = "parts"


@dataclass(frozen=True)
class Column:
    """A column of a table and where a Feature has it; names part levels by dots in `path`."""

    name: str
    path: str
    kind: Kind = Kind.TEXT

    def of(self, feature: dict[str, Any]) -> Any:
        """The value of a Feature, null where it or what it is a part of is null."""
        found: Any = feature if self.path == "id" else feature["properties"]
        for name in self.path.split("."):
            found = None if found is None else found.get(name)
        return found

    def plain(self, value: Any) -> str | int | None:
        """A value as one cell: lists joined, parts as JSON; an empty list or object as nothing."""
        if value is None or self.kind in (Kind.TEXT, Kind.INTEGER, Kind.INSTANT):
            return value
        if not value:
            return None
        return SEPARATOR.join(value) if self.kind == Kind.TEXTS else json.encode(value).decode()


def decoded(parts: Iterable[list[bytes]]) -> Iterator[list[dict[str, Any]]]:
    """Features as objects, some at a time."""
    decoder = json.Decoder()
    for features in parts:
        yield [decoder.decode(feature) for feature in features]


def points(features: Sequence[dict[str, Any]]) -> list[tuple[float, float] | None]:
    """Longitude and latitude of each, EPSG:4326; none where it has no position."""
    return [
        None if one["geometry"] is None else tuple(one["geometry"]["coordinates"][:2]) for one in features
    ]
