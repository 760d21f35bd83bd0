"""Boxes in degrees, WGS 84 (EPSG:4326), parsed from text and turned into polygons."""

from dataclasses import dataclass
from math import isfinite

from django.contrib.gis.geos import MultiPolygon, Polygon
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

    def area(self) -> MultiPolygon:
        """The box as one polygon, or two where it crosses the antimeridian; EPSG:4326."""
        spans = [(self.west, self.east)]
        if self.west > self.east:
            spans = [(self.west, 180.0), (-180.0, self.east)]
        boxes = [Polygon.from_bbox((left, self.south, right, self.north)) for left, right in spans]
        return MultiPolygon(*boxes, srid=4326)

    def __str__(self) -> str:
        return ",".join(f"{number:.7f}".rstrip("0").rstrip(".") for number in self.as_tuple())

    def as_tuple(self) -> tuple[float, float, float, float]:
        """(west, south, east, north)."""
        return self.west, self.south, self.east, self.north
