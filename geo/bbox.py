"""Boxes in degrees, WGS 84 (EPSG:4326), parsed from text and turned into polygons."""

from dataclasses import dataclass
from math import isfinite

from django.contrib.gis.geos import (
    GeometryCollection,
    GEOSGeometry,
    LineString,
    MultiPolygon,
    Point,
    Polygon,
)
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class BBox:
    """West, south, east, north in degrees; west > east crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text: str) -> "BBox":
        """Read `minlon,minlat,maxlon,maxlat`; ValueError says what was expected."""
        try:
            numbers = [float(part) for part in text.split(",")]
        except ValueError:
            numbers = []
        if len(numbers) != 4 or not all(isfinite(number) for number in numbers):
            raise ValueError(_("Expected four numbers: minlon,minlat,maxlon,maxlat in degrees."))
        west, south, east, north = numbers
        if not (-180 <= west <= 180 and -180 <= east <= 180):
            raise ValueError(_("Expected longitudes between -180 and 180."))
        if not -90 <= south <= north <= 90:
            raise ValueError(_("Expected latitudes between -90 and 90, the smaller one first."))
        return cls(west, south, east, north)

    def area(self) -> GEOSGeometry:
        """The box as one polygon, or two where it crosses the antimeridian; EPSG:4326.

        Without width or height it is a line, without both a point.
        """
        spans = [(self.west, self.east)]
        if self.west > self.east:
            spans = [(self.west, 180.0), (-180.0, self.east)]
        boxes = [self._part(left, right) for left, right in spans]
        if all(isinstance(box, Polygon) for box in boxes):
            return MultiPolygon(*boxes, srid=4326)
        return GeometryCollection(*boxes, srid=4326)

    def _part(self, left: float, right: float) -> GEOSGeometry:
        # A polygon without an area is not valid and meets nothing.
        corners = {(left, self.south), (right, self.north)}
        if len(corners) == 1:
            return Point(*corners.pop())
        if left == right or self.south == self.north:
            return LineString(*sorted(corners))
        return Polygon.from_bbox((left, self.south, right, self.north))

    def __str__(self) -> str:
        return ",".join(f"{number:.7f}".rstrip("0").rstrip(".") for number in self.as_tuple())

    def as_tuple(self) -> tuple[float, float, float, float]:
        """(west, south, east, north)."""
        return self.west, self.south, self.east, self.north
