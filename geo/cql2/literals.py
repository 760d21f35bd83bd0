"""Literal values of CQL2 as the database takes them; ValueError says what was expected."""

from datetime import UTC, date, datetime, time
from math import isfinite
from typing import Any

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry
from django.db.models import DateTimeField, FloatField, TextField, Value
from django.utils.dateparse import parse_date, parse_datetime

from ..crs import Crs

MOST_POINTS = 10_000
SHAPES = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}


def text(value: Any) -> Value:
    """A text."""
    if not isinstance(value, str) or "\x00" in value or not value.isprintable():
        try:
            value.encode()
        except (AttributeError, UnicodeEncodeError):
            raise ValueError("Expected a text in single quotes.") from None
        if "\x00" in value:
            raise ValueError("Expected a text without a NUL character.")
    return Value(value, TextField())


def number(value: Any) -> Value:
    """A finite number."""
    try:
        found = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    except OverflowError:
        found = None
    if found is None or not isfinite(found):
        raise ValueError("Expected a finite number.")
    return Value(found, FloatField())


def moment(told: str) -> datetime:
    """An instant of RFC 3339, or midnight UTC of a date."""
    try:
        day: date | None = parse_date(told) if len(told) == 10 else None
        found = datetime.combine(day, time.min, UTC) if day else parse_datetime(told)
        if found is not None and found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise ValueError("Expected a date or an instant in UTC, such as TIMESTAMP('2026-03-01T12:00:00Z').")


def instant(value: Any) -> Value:
    """A timestamp or a date; as a bare text too."""
    if isinstance(value, dict) and len(value) == 1:
        value = value.get("timestamp", value.get("date"))
    return Value(moment(value if isinstance(value, str) else ""), DateTimeField())


class _Read:
    """Coordinates of a geometry turned to x and y, counted on the way."""

    def __init__(self, crs: Crs) -> None:
        self.crs, self.points = crs, 0

    def placed(self, coordinates: Any, levels: int) -> list:
        if not isinstance(coordinates, list) or not coordinates:
            raise ValueError("Expected a geometry with coordinates.")
        if levels:
            return [self.placed(part, levels - 1) for part in coordinates]
        self.points += 1
        numbers = [number(one).value for one in coordinates]
        if self.points > MOST_POINTS or len(numbers) not in (2, 3):
            raise ValueError(f"Expected at most {MOST_POINTS} points of two numbers.")
        return list(self.crs.xy(*numbers[:2]))

    def shape(self, value: Any) -> dict:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind == "GeometryCollection" and isinstance(value.get("geometries"), list) and value["geometries"]:
            return {"type": kind, "geometries": [self.shape(part) for part in value["geometries"]]}
        if not isinstance(kind, str) or kind not in SHAPES:
            raise ValueError("Expected a geometry, such as POINT(4.8 45.7) or BBOX(4,45,5,46).")
        return {"type": kind, "coordinates": self.placed(value.get("coordinates"), SHAPES[kind])}


def geometry(value: Any, crs: Crs) -> Value:
    """A geometry in some system, EPSG:4326 afterwards."""
    if isinstance(value, dict) and isinstance(value.get("bbox"), list):
        found = crs.box([number(one).value for one in value["bbox"]])
    else:
        from_json = _Read(crs).shape(value)
        try:
            found = _made(from_json)
        except (GEOSException, GDALException, ValueError, TypeError) as error:
            raise ValueError("Expected a geometry whose rings are closed.") from error
        if not found.valid:
            raise ValueError("Expected a geometry that does not cross itself.")
        found = crs.to_degrees(found)
    return Value(found, GeometryField(srid=4326))


def _made(shape: dict) -> GEOSGeometry:
    """By WKT, which refuses a ring that is open rather than close it."""

    def written(coordinates: list) -> str:
        if not isinstance(coordinates[0], list):
            return f"{coordinates[0]!r} {coordinates[1]!r}"
        inner = (
            f"({text})" if isinstance(part[0], list) else text
            for part in coordinates
            for text in [written(part)]
        )
        return ", ".join(inner)

    def wkt(part: dict) -> str:
        inner = part.get("geometries")
        said = ", ".join(map(wkt, inner)) if inner else written(part["coordinates"])
        return f"{part['type'].upper()} ({said})"

    return GEOSGeometry(wkt(shape), srid=4326)
