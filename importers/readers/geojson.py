"""GeoJSON: a FeatureCollection; properties flattened with dots, other geometries as a point within them."""

import re
from collections import deque
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

import shapely
from django.utils.translation import gettext_noop as _
from shapely.geometry import shape

from ..errors import BadFileError
from ..mapping import FileOptions
from ..phrases import POINT_WITHIN, phrase
from ..records import Raw, Source
from .adapted import names_of
from .flat import flattened
from .json_text import JSONText

EPSG = re.compile(r"^(?:urn:(?:x-)?ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,6})$", re.IGNORECASE)
WGS84 = re.compile(r"CRS:?84$|EPSG::?4326$", re.IGNORECASE)
FEATURES, GEOMETRY = "features", "geometry"
EXPECTED = _("a GeoJSON FeatureCollection")
# What writers call a collection.
TITLES = ("title", "name")


def read(path: Path, options: FileOptions) -> Source:
    """Open a FeatureCollection; BadFileError where it is none."""
    members = _members(path)
    if members.get("type") != "FeatureCollection":
        came = str(members.get("type", "an object without type"))[:60]
        raise BadFileError(path, phrase(_("JSON that is %(came)s"), came=came), EXPECTED)
    columns, number = names_of(_records(path), path)
    if not number:
        raise BadFileError(path, _("a FeatureCollection without features"), _("at least one feature"))
    columns = [name for name in columns if name != GEOMETRY]
    crs = _crs(path, members.get("crs"))
    title = next((members[name] for name in TITLES if isinstance(members.get(name), str)), "")
    notes = [phrase(_("%(number)s features, %(crs)s"), number=number, crs=crs)]
    records = _records(path)
    return Source(path, "geojson", columns, records, crs=crs, notes=notes, title=title)


def _members(path: Path) -> dict[str, Any]:
    """Type and crs, wherever they stand; the file is read to its end."""
    members: dict[str, Any] = {}
    with JSONText(path) as text:
        if text.peek() != "{":
            raise BadFileError(path, _("JSON that is a list or a value"), EXPECTED)
        for name in text.members():
            if name == FEATURES and text.peek() == "[":
                deque(text.items(), maxlen=0)
            else:
                members[name] = text.value()
        text.end()
    return members


def _records(path: Path) -> Iterator[Raw]:
    with JSONText(path) as text:
        for name in text.members():
            if name == FEATURES and text.peek() == "[":
                yield from (_record(number, one) for number, one in enumerate(text.items(), start=1))
            else:
                text.value()


def _crs(path: Path, member: Any) -> str:
    if member is None:
        return "EPSG:4326"
    properties = member.get("properties") if isinstance(member, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if WGS84.search(name):
        return "EPSG:4326"
    found = EPSG.match(name)
    if not found:
        raise BadFileError(
            path,
            phrase(_("the reference system “%(came)s”"), came=name[:60]),
            _("a system named EPSG:<number>, or none"),
        )
    return f"EPSG:{found[1]}"


def _record(number: int, feature: Any) -> Raw:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return Raw(number, {}, refused=_("expected an object of type Feature"))
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        return Raw(number, {}, refused=_("expected properties to be an object"))
    values = flattened(properties)
    if isinstance(feature.get("id"), str | int) and "id" not in values:
        values["id"] = feature["id"]
    record = Raw(number, values)
    geometry = feature.get("geometry")
    if geometry is not None:
        values["geometry"] = geometry
        _locate(record, geometry)
    return record


def _locate(record: Raw, geometry: Any) -> None:
    """Set the point of a record; a geometry that is none refuses it."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "Point":
        record.point = _pair(geometry.get("coordinates"))
        if record.point is None and geometry.get("coordinates") not in ([], None):
            record.refused = _("expected coordinates [longitude, latitude] as numbers")
        return
    try:
        figure = shape(geometry)
        point = shapely.point_on_surface(figure)
    except (shapely.errors.ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError):
        record.refused = phrase(_("expected a geometry, came %(came)s"), came=str(kind)[:40])
        return
    if point.is_empty or not (isfinite(point.x) and isfinite(point.y)):
        record.refused = phrase(
            _("expected a geometry with coordinates, came an empty %(kind)s"), kind=str(kind)
        )
        return
    record.point = (point.x, point.y)
    record.warnings.append(phrase(POINT_WITHIN, kind=str(kind)))


def _pair(coordinates: Any) -> tuple[float, float] | None:
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        return None
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in coordinates[:2]):
        return None
    try:
        return float(coordinates[0]), float(coordinates[1])
    except OverflowError:
        return None
