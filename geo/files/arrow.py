"""Features as record batches of Arrow, with their points as WKB."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from ..tables import Column, Kind, decoded, points

GEOMETRY = "geometry"
INSTANT = pa.timestamp("ms", tz="UTC")


def fields(columns: Sequence[Column], *, lists: bool) -> list[pa.Field]:
    """Of each column; lists as such, or joined to one text."""
    types = {
        Kind.TEXT: pa.string(),
        Kind.INTEGER: pa.int32(),
        Kind.INSTANT: INSTANT,
        Kind.TEXTS: pa.list_(pa.string()) if lists else pa.string(),
        Kind.PARTS: pa.string(),
    }
    return [pa.field(column.name, types[column.kind]) for column in columns]


def batches(
    parts: Iterable[list[bytes]], columns: Sequence[Column], *, lists: bool
) -> Iterator[tuple[list[pa.Array], np.ndarray]]:
    """Arrays of the columns and the points, EPSG:4326, of some Features at a time; null points where there are none."""
    types = [field.type for field in fields(columns, lists=lists)]
    for features in decoded(parts):
        values = [
            pa.array([_value(column, one, lists=lists) for one in features], type)
            for column, type in zip(columns, types, strict=True)
        ]
        places = points(features)
        coordinates = np.array([place or (np.nan, np.nan) for place in places])
        figures = shapely.points(coordinates)
        figures[[place is None for place in places]] = None
        yield values, figures


def as_wkb(figures: np.ndarray) -> pa.Array:
    """Points as well-known binary, little endian."""
    return pa.array(shapely.to_wkb(figures, byte_order=1), pa.binary())


def _value(column: Column, feature: dict[str, Any], *, lists: bool) -> Any:
    value = column.of(feature)
    if column.kind == Kind.INSTANT:
        return None if value is None else datetime.fromisoformat(value)
    return value if lists and column.kind == Kind.TEXTS else column.plain(value)
