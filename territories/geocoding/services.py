"""The services that may be asked: how each is asked, and how its answer is read.

BAN (addok, as the Géoplateforme runs it) and Photon answer with GeoJSON, Nominatim with a list in its format jsonv2.
What is read comes from somebody else: a row that is not as expected is left out, no answer is a ValueError.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from .candidates import Address, Candidate, Fineness, candidate

MOST = 6
STREETS = 26  # Nominatim ranks houses higher, streets 26 and 27, towns lower.
HOUSES = 28
# Kinds of answers by how fine they are; others, such as a whole county, are of no use here.
BAN_KINDS = {
    "housenumber": Fineness.EXACT,
    "street": Fineness.STREET,
    "locality": Fineness.STREET,
    "municipality": Fineness.LOCALITY,
}
PHOTON_KINDS = {
    "house": Fineness.EXACT,
    "street": Fineness.STREET,
    "locality": Fineness.LOCALITY,
    "district": Fineness.LOCALITY,
    "city": Fineness.LOCALITY,
}
# France with the parts of it that have codes of their own.
FRANCE = frozenset(["FR", "BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"])


@dataclass(frozen=True)
class Service:
    """One of them: its public address, where its data come from, and whether it bears one question a second only."""

    base: str
    source: str
    question: Callable[[Address, str], str]
    read: Callable[[Any], Iterable[Candidate | None]]
    is_slow: bool = False
    countries: frozenset[str] = frozenset()

    def knows(self, country: str) -> bool:
        """Whether it has addresses of a country."""
        return not country or not self.countries or country in self.countries


def _features(answer: Any) -> list[tuple[dict, Any, Any]]:
    """Properties, longitude and latitude of the points of a FeatureCollection."""
    if not isinstance(answer, dict) or not isinstance(answer.get("features"), list):
        raise ValueError("Expected a FeatureCollection.")
    found = []
    for feature in answer["features"][:MOST]:
        if not isinstance(feature, dict):
            continue
        properties, geometry = feature.get("properties"), feature.get("geometry")
        place = geometry.get("coordinates") if isinstance(geometry, dict) else None
        if isinstance(properties, dict) and isinstance(place, list) and len(place) in (2, 3):
            found.append((properties, place[0], place[1]))
    return found


def _kind(kinds: dict[str, Fineness], name: Any) -> Fineness | None:
    return kinds.get(name) if isinstance(name, str) else None


def _ask_ban(address: Address, language: str) -> str:
    asked = {"q": address.line[:200], "limit": MOST, "autocomplete": 0}
    if len(address.postcode) == 5 and address.postcode.isascii() and address.postcode.isdigit():
        asked["postcode"] = address.postcode
    return f"/search?{urlencode(asked)}"


def _read_ban(answer: Any) -> Iterable[Candidate | None]:
    for told, lon, lat in _features(answer):
        if fineness := _kind(BAN_KINDS, told.get("type")):
            yield candidate(told.get("label"), lon, lat, fineness, "FR")


def _ask_photon(address: Address, language: str) -> str:
    asked = {"q": address.line, "limit": MOST}
    # Other languages are refused; without one it answers in that of the place.
    if language in ("en", "de", "fr"):
        asked["lang"] = language
    return f"/api?{urlencode(asked)}"


def _read_photon(answer: Any) -> Iterable[Candidate | None]:
    for told, lon, lat in _features(answer):
        fineness = _kind(PHOTON_KINDS, told.get("type"))
        words = {name: value for name, value in told.items() if isinstance(value, str)}
        if fineness == Fineness.EXACT and "housenumber" not in words and "name" not in words:
            fineness = Fineness.STREET
        if fineness:
            street = " ".join(filter(None, (words.get("housenumber"), words.get("street"))))
            town = " ".join(filter(None, (words.get("postcode"), words.get("city"))))
            parts = dict.fromkeys(filter(None, (words.get("name"), street, town, words.get("country"))))
            yield candidate(", ".join(parts), lon, lat, fineness, words.get("countrycode"))


def _ask_nominatim(address: Address, language: str) -> str:
    asked = {
        "format": "jsonv2",
        "limit": MOST,
        "accept-language": language,
        "street": address.street,
        "postalcode": address.postcode,
        "city": address.locality,
        "countrycodes": address.country.lower(),
    }
    return f"/search?{urlencode({name: value for name, value in asked.items() if value})}"


def _read_nominatim(answer: Any) -> Iterable[Candidate | None]:
    if not isinstance(answer, list):
        raise ValueError("Expected a list.")
    for told in answer[:MOST]:
        rank = told.get("place_rank") if isinstance(told, dict) else None
        # Anything wider than a town says nothing.
        if isinstance(rank, int) and 13 <= rank <= 30:
            fineness = Fineness.EXACT if rank >= HOUSES else Fineness.STREET
            fineness = Fineness.LOCALITY if rank < STREETS else fineness
            yield candidate(told.get("display_name"), told.get("lon"), told.get("lat"), fineness)


SERVICES = {
    "ban": Service(
        "https://data.geopf.fr/geocodage",
        "Base Adresse Nationale",
        _ask_ban,
        _read_ban,
        countries=FRANCE,
    ),
    "nominatim": Service(
        "https://nominatim.openstreetmap.org",
        "© OpenStreetMap",
        _ask_nominatim,
        _read_nominatim,
        is_slow=True,
    ),
    "photon": Service("https://photon.komoot.io", "© OpenStreetMap", _ask_photon, _read_photon),
}
