"""Where a submission lies: from coordinates, or from its town by the gazetteer."""

from django.contrib.gis.geos import Point

from territories.enums import Scheme
from territories.geocoding import gazetteer
from territories.models import Place, Territory


def town(name: str, country: str) -> Place | None:
    """The largest place of that name in a country (ISO 3166), however it is spelt; None if there is none."""
    return next(iter(gazetteer.towns(name, country)), None)


def is_in_a_country(point: Point) -> bool:
    """Whether a point, EPSG:4326, lies in a country that the map knows."""
    return Territory.objects.filter(scheme=Scheme.COUNTRY, boundary__covers=point).exists()


def countries() -> list[tuple[str, str]]:
    """Codes and names of the countries that the map knows, by name in the language of the page."""
    rows = Territory.objects.filter(scheme=Scheme.COUNTRY).only("code", "names")
    return sorted(((row.code, row.name) for row in rows), key=lambda row: row[1].casefold())
