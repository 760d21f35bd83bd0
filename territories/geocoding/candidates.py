"""An address that is looked for, and the places that it may be."""

import math
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

LONGEST_LABEL = 200
# As far as the map reaches.
HIGHEST = 85.05


class Fineness(TextChoices):
    """How finely a candidate says where something is."""

    EXACT = "exact", pgettext_lazy("fineness of a found address", "the exact address")
    STREET = "street", pgettext_lazy("fineness of a found address", "the street")
    LOCALITY = "locality", pgettext_lazy("fineness of a found address", "the town")


@dataclass(frozen=True)
class Address:
    """What was typed; the country by its code, ISO 3166."""

    street: str = ""
    postcode: str = ""
    locality: str = ""
    country: str = ""

    @property
    def line(self) -> str:
        """In one line, without the country."""
        town = " ".join(filter(None, (self.postcode, self.locality)))
        return ", ".join(filter(None, (self.street, town)))


@dataclass(frozen=True)
class Candidate:
    """A place that an address may mean: longitude and latitude in EPSG:4326."""

    label: str
    lon: float
    lat: float
    fineness: Fineness
    country: str = ""

    @property
    def value(self) -> str:
        """What a form sends back of it."""
        return f"{self.lat:.6f} {self.lon:.6f} {self.fineness}"


def candidate(label: Any, lon: Any, lat: Any, fineness: Fineness, country: Any = "") -> Candidate | None:
    """One that somebody else tells of; None where it has no words, or lies nowhere."""
    if not isinstance(label, str) or isinstance(lon, bool) or isinstance(lat, bool):
        return None
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in label).split())[:LONGEST_LABEL]
    try:
        lon, lat = float(lon), float(lat)
    except (TypeError, ValueError, OverflowError):
        return None
    if not words or not (math.isfinite(lon) and math.isfinite(lat)):
        return None
    if abs(lon) > 180 or abs(lat) > HIGHEST:
        return None
    code = country.upper() if isinstance(country, str) and len(country) == 2 else ""
    return Candidate(words, round(lon, 6), round(lat, 6), fineness, code)


def chosen(value: str) -> tuple[float, float, Fineness]:
    """Longitude, latitude and fineness from what a form sends back; ValueError where it is none of ours."""
    lat, lon, fineness = value.split(" ")
    found = candidate("-", lon, lat, Fineness(fineness))
    if found is None:
        raise ValueError(value)
    return found.lon, found.lat, found.fineness
