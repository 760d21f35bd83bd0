"""Boundaries made light enough for a screen, as GeoJSON, in the query that asks for the row."""

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, FloatField, Func, JSONField, TextField


class Outline(Func):
    """An area as GeoJSON, light enough for a screen, from (geometry, box that is shown of it or null)."""

    function = "geo_outline"
    output_field = JSONField()


class Shape(Func):
    """An area as the text of a GeoJSON geometry, its points at least so many degrees apart: (geometry, degrees)."""

    function = "ST_SimplifyPreserveTopology"
    template = "ST_AsGeoJSON(%(function)s(%(expressions)s), 4)"
    output_field = TextField()


class Box(Func):
    """West, south, east and north of a geometry; null where it is null."""

    template = (
        "CASE WHEN %(expressions)s IS NOT NULL THEN ARRAY[ST_XMin(%(expressions)s), ST_YMin(%(expressions)s), "
        "ST_XMax(%(expressions)s), ST_YMax(%(expressions)s)] END"
    )
    output_field = ArrayField(FloatField())


class Differs(Func):
    """Whether two geometries are not the same, point by point."""

    template = "(%(expressions)s)"
    arg_joiner = " IS DISTINCT FROM "
    output_field = BooleanField()


def minimap(
    *,
    outline: dict | None = None,
    outline_url: str | None = None,
    bounds: list[float] | None = None,
    marks: Sequence[dict] = (),
) -> dict:
    """What the script of a small map needs to draw marks and an area: its shape, or where to fetch it, and its box."""
    return {
        "marks": list(marks),
        "outline": outline,
        "outlineUrl": outline_url,
        "bounds": bounds,
        "zoom": None,
    }
