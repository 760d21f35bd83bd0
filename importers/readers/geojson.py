"""GeoJSON: a FeatureCollection; properties flattened with dots, other geometries as a point within them.

The file is held in memory while it is read (about six times its size).
"""

import json
import re
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from ..errors import BadFileError
from ..mapping import FileOptions
from ..records import Raw, Source
from .encodings import encoding_of

EPSG = re.compile(r"^(?:urn:(?:x-)?ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,6})$", re.IGNORECASE)
WGS84 = re.compile(r"CRS:?84$|EPSG::?4326$", re.IGNORECASE)
DEEPEST = 6


def read(path: Path, options: FileOptions) -> Source:
    """Open a FeatureCollection; BadFileError where it is none."""
    document = _parsed(path)
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        came = (
            document.get("type", "an object without type")
            if isinstance(document, dict)
            else "a list or a value"
        )
        raise BadFileError(path, f"JSON that is {str(came)[:60]}", "a GeoJSON FeatureCollection")
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise BadFileError(path, "a FeatureCollection without features", "at least one feature")
    records = [_record(number, feature) for number, feature in enumerate(features, start=1)]
    columns = list(dict.fromkeys(key for record in records for key in record.values if key != "geometry"))
    crs = _crs(path, document.get("crs"))
    return Source(
        path, "geojson", columns, _handed_over(records), crs=crs, notes=[f"{len(records)} features, {crs}"]
    )


def _parsed(path: Path) -> Any:
    try:
        # JSON has no NaN: such a word stays text and is judged with the row.
        return json.loads(path.read_text(encoding=encoding_of(path)), parse_constant=str)
    except RecursionError as error:
        raise BadFileError(path, "JSON nested too deeply", "a GeoJSON FeatureCollection") from error
    except ValueError as error:
        raise BadFileError(
            path, f"text that is not JSON ({error})"[:200], "a GeoJSON FeatureCollection"
        ) from error


def _handed_over(records: list[Raw]) -> Iterator[Raw]:
    yield from records


def _crs(path: Path, member: Any) -> str:
    if member is None:
        return "EPSG:4326"
    properties = member.get("properties") if isinstance(member, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if WGS84.search(name):
        return "EPSG:4326"
    found = EPSG.match(name)
    if not found:
        raise BadFileError(path, f"the crs “{name[:60]}”", "a crs named EPSG:<number>, or none")
    return f"EPSG:{found[1]}"


def flattened(properties: dict, prefix: str = "", depth: int = 1) -> dict[str, Any]:
    """Nested objects as `outer.inner` keys; lists of plain values stay lists, others become JSON text."""
    flat: dict[str, Any] = {}
    for key, value in properties.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and depth < DEEPEST:
            flat.update(flattened(value, f"{name}.", depth + 1))
        elif isinstance(value, dict) or (
            isinstance(value, list) and any(isinstance(x, dict | list) for x in value)
        ):
            flat[name] = json.dumps(value, ensure_ascii=False)
        else:
            flat[name] = value
    return flat


def _record(number: int, feature: Any) -> Raw:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return Raw(number, {}, refused="expected an object of type Feature")
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        return Raw(number, {}, refused="expected properties to be an object")
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
            record.refused = "expected coordinates [longitude, latitude] as numbers"
        return
    try:
        figure = shape(geometry)
        point = shapely.point_on_surface(figure)
    except (shapely.errors.ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError):
        record.refused = f"expected a geometry, came {str(kind)[:40]}"
        return
    if point.is_empty or not (isfinite(point.x) and isfinite(point.y)):
        record.refused = f"expected a geometry with coordinates, came an empty {kind}"
        return
    record.point = (point.x, point.y)
    record.warnings.append(f"a {kind}: a point within it was taken")


def _pair(coordinates: Any) -> tuple[float, float] | None:
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        return None
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in coordinates[:2]):
        return None
    try:
        return float(coordinates[0]), float(coordinates[1])
    except OverflowError:
        return None
