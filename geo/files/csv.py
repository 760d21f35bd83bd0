"""CSV (RFC 4180): UTF-8, longitude and latitude as columns, no cell that a spreadsheet runs; streamed."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..cells import Line, harmless
from ..tables import Column, Kind, decoded, points

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
LONGITUDE, LATITUDE = "longitude", "latitude"


def names(columns: Sequence[Column]) -> list[str]:
    """The header: the position stands behind the identifier."""
    first, *others = (column.name for column in columns)
    return [first, LONGITUDE, LATITUDE, *others]


def rows(
    parts: Iterable[list[bytes]], columns: Sequence[Column], constant: Mapping[str, str]
) -> Iterator[bytes]:
    """A table of all Features, its header first; lists are joined by `; `, empty cells are unknown.

    `constant` are columns behind all others that say the same in each row.
    """
    writer = csv.writer(Line())
    last = [harmless(text) for text in constant.values()]
    yield writer.writerow([*names(columns), *constant]).encode()
    for features in decoded(parts):
        lines = []
        for feature, point in zip(features, points(features), strict=True):
            first, *others = (_cell(column, feature) for column in columns)
            lines.append(writer.writerow([first, *(point or ("", "")), *others, *last]))
        yield "".join(lines).encode()


def _cell(column: Column, feature: dict[str, Any]) -> Any:
    value = column.plain(column.of(feature))
    if value is None:
        return ""
    return value if column.kind == Kind.INTEGER else harmless(value)
