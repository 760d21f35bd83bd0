"""Coordinate reference systems that the doors speak: by URI, with the axes in the order that their authority gives.

PostGIS and GDAL always hold x before y. EPSG:4326 and EPSG:3035 say latitude or northing first, so what is written or
read in them is turned round.
"""

from dataclasses import dataclass
from math import isfinite

from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSGeometry, Polygon
from django.db.models import F, Func, TextField

from .bbox import BBox
from .errors import InvalidParameterError
from .json_text import JSONText, geojson

# Metres from the origin that no projected system here goes beyond.
FARTHEST = 21_000_000
# Points along each side of a box, so that its straight sides stay near their place in another system.
ALONG = 60


@dataclass(frozen=True)
class Crs:
    """One system; `flipped`: its authority names the northern axis first.

    `reach`: west, south, east and north of what it can hold, degrees; shapes beyond are cut off there.
    """

    uri: str
    srid: int
    flipped: bool
    decimals: int
    reach: tuple[float, float, float, float] = (-180, -90, 180, 90)

    @property
    def is_degrees(self) -> bool:
        """Whether its numbers are longitudes and latitudes, WGS 84."""
        return self.srid == 4326

    def xy(self, first: float, second: float) -> tuple[float, float]:
        """x and y of two numbers in the order of the authority; ValueError where they lie outside."""
        x, y = (second, first) if self.flipped else (first, second)
        inside = abs(x) <= 180 and abs(y) <= 90 if self.is_degrees else max(abs(x), abs(y)) <= FARTHEST
        if not (isfinite(x) and isfinite(y) and inside):
            raise ValueError("Coordinates lie outside the coordinate system.")
        return x, y

    def to_degrees(self, shape: GEOSGeometry) -> GEOSGeometry:
        """The same in EPSG:4326; ValueError where it has no place there."""
        shape.srid = self.srid
        if self.is_degrees:
            return shape
        try:
            turned = shape.transform(4326, clone=True)
        except GDALException as error:
            raise ValueError("Coordinates lie outside the coordinate system.") from error
        if not all(isfinite(number) for number in turned.extent):
            raise ValueError("Coordinates lie outside the coordinate system.")
        return turned

    def box(self, numbers: list[float]) -> GEOSGeometry:
        """The area of a box (four numbers, or six with heights) in EPSG:4326; ValueError if it is none."""
        if len(numbers) == 6:
            numbers = [*numbers[:2], *numbers[3:5]]
        if len(numbers) != 4:
            raise ValueError("Expected four numbers, or six with heights.")
        west, south = self.xy(*numbers[:2])
        east, north = self.xy(*numbers[2:])
        if self.is_degrees:
            return BBox.parse(f"{west!r},{south!r},{east!r},{north!r}").area()
        if west > east or south > north:
            raise ValueError("Expected the smaller corner first.")
        steps = [place / ALONG for place in range(ALONG)]
        ring = [(west + (east - west) * part, south) for part in steps]
        ring += [(east, south + (north - south) * part) for part in steps]
        ring += [(east - (east - west) * part, north) for part in steps]
        ring += [(west, north - (north - south) * part) for part in steps]
        return self.to_degrees(Polygon([*ring, ring[0]]))


EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
CRS84 = Crs("http://www.opengis.net/def/crs/OGC/1.3/CRS84", 4326, flipped=False, decimals=7)
ALL = (
    CRS84,
    Crs(f"{EPSG}4326", 4326, flipped=True, decimals=7),
    # The square of web maps ends here; at the poles it would be endless.
    Crs(f"{EPSG}3857", 3857, flipped=False, decimals=2, reach=(-180, -85.06, 180, 85.06)),
    # Laid out around 52° north: what lies opposite, at 52° south, is a point there that becomes a circle.
    Crs(f"{EPSG}3035", 3035, flipped=True, decimals=2, reach=(-180, -50, 180, 90)),
)
BY_URI = {crs.uri: crs for crs in ALL}


def named(uri: str, parameter: str) -> Crs:
    """The system of a URI; InvalidParameterError lists those that there are."""
    found = BY_URI.get(uri)
    if found is None:
        known = ", ".join(BY_URI)
        raise InvalidParameterError(parameter, f"Unknown system {uri[:100]!r}. Expected one of: {known}.")
    return found


class _In(Func):
    """Geometry, EPSG:4326, as GeoJSON text in another system; without the member `crs` that is no GeoJSON any more."""

    output_field = TextField()

    def __init__(self, expression: F, crs: Crs) -> None:
        box = f"ST_MakeEnvelope({', '.join(map(str, crs.reach))}, 4326)"
        whole = "%(expressions)s"
        within = f"CASE WHEN {whole} @ {box} THEN {whole} ELSE ST_ClipByBox2D({whole}, {box}) END"
        shape = f"ST_Transform({within}, {crs.srid})"
        if crs.flipped:
            shape = f"ST_FlipCoordinates({shape})"
        super().__init__(expression, template=f"ST_AsGeoJSON({shape}, {crs.decimals}, 0)")


def geojson_in(path: str, crs: Crs) -> JSONText:
    """Geometry as GeoJSON in a system; null where there is none."""
    if crs == CRS84:
        return geojson(path)
    return JSONText(_In(F(path), crs))
