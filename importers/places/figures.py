"""Geometries written into a cell: WKT, GeoJSON, or the hexadecimal WKB of a database; and links to maps."""

import json
import re
from math import isfinite

import shapely
from shapely.geometry import shape

WKT = re.compile(
    r"^\s*(?:SRID=\d+;)?\s*((?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*Z?M?\s*\(.*\))\s*$",
    re.IGNORECASE | re.DOTALL,
)
WKB = re.compile(r"^\s*0[01][0-9A-F]{40,}\s*$", re.IGNORECASE)
MAP_LINK = re.compile(r"^https?://\S*?[@=/](-?\d{1,3}\.\d+)(?:,|%2C|/)\+?(-?\d{1,3}\.\d+)", re.IGNORECASE)
# RFC 5870, and the form of telephones that asks for a place.
GEO = re.compile(r"^geo:(?:0,0\?q=)?(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)(?=$|[,;?(])", re.IGNORECASE)


def point_of(text: str) -> tuple[float, float] | None:
    """(x, y) of a geometry in a text, a point within it where it is no point; none where there is no geometry."""
    if link := link_of(text):
        return float(link[2]), float(link[1])
    try:
        if text.lstrip().startswith("{"):
            figure = shape(json.loads(text))
        elif wkt := WKT.match(text):
            figure = shapely.from_wkt(wkt[1])
        elif WKB.match(text):
            figure = shapely.from_wkb(text.strip())
        else:
            return None
        point = figure if figure.geom_type == "Point" else shapely.point_on_surface(figure)
        return (point.x, point.y) if not point.is_empty and isfinite(point.x) and isfinite(point.y) else None
    except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None


def link_of(text: str) -> re.Match[str] | None:
    """Latitude and longitude of a link to a map; none where it is no such link."""
    return MAP_LINK.match(text) or GEO.match(text)
