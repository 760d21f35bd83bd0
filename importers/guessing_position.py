"""Guesses where positions stand: columns by their headers, then order and reference system by their values."""

import re
from collections.abc import Callable, Iterable, Sequence

from .guessing_words import BOXES, BOXES_OF, PROJECTIONS
from .headers import words_of
from .mapping import PositionRule
from .numbers import is_in_europe, parse_number, parse_pair
from .text import as_text, fold

NEARLY_ALL = 0.9
# GeoJSON and its like write the longitude first, where values do not tell.
LONGITUDE_FIRST = {"geometry", "geojson", "lonlat", "lnglat", "lng", "lon"}

Pair = tuple[float, float]


def _is(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            parse(text)
        except ValueError:
            return False
        return True

    return check


is_number = _is(parse_number)
is_pair = _is(parse_pair)


def guess_position(given: dict[str, list[str]], samples: Sequence[dict], countries: set[str]) -> PositionRule:
    """The rule for columns that were given to latitude, longitude or position; `countries` that rows state."""
    if "latitude" in given and "longitude" in given:
        longitude, latitude = given["longitude"][0], given["latitude"][0]
        pairs = _pairs((as_text(row.get(longitude)), as_text(row.get(latitude))) for row in samples)
        crs = _crs(longitude) or _crs_of_values(pairs, countries)
        turned = _crs_of_values(_turned(pairs), countries)
        if _exchanged(pairs) or (turned and not _crs_of_values(pairs, countries)):
            longitude, latitude, crs = latitude, longitude, crs or turned
        return PositionRule(longitude=longitude, latitude=latitude, crs=crs)
    if "position" in given:
        return _of_pairs(given["position"][0], samples, countries)
    return PositionRule()


def _of_pairs(column: str, samples: Sequence[dict], countries: set[str]) -> PositionRule:
    texts = [as_text(row.get(column)) for row in samples]
    pairs = _turned([parse_pair(text) for text in texts if is_pair(text)])
    words = words_of(column)
    says_longitude = bool(words) and (words[0] in LONGITUDE_FIRST or words[-1] == "lat")
    first = _exchanged(pairs) or (says_longitude and not _exchanged(_turned(pairs)))
    crs = _crs(column) or _crs_of_values(pairs, countries)
    if not crs and (crs := _crs_of_values(_turned(pairs), countries)):
        first = True
    return PositionRule(column=column, order="lon,lat" if first else "lat,lon", crs=crs)


def _turned(pairs: Iterable[Pair]) -> list[Pair]:
    return [(second, first) for first, second in pairs]


def _pairs(texts: Iterable[tuple[str, str]]) -> list[Pair]:
    return [(parse_number(x), parse_number(y)) for x, y in texts if is_number(x) and is_number(y)]


def _exchanged(pairs: list[Pair]) -> bool:
    """Whether (longitude, latitude) pairs lie in Europe only when exchanged: values have the last word."""
    as_said = sum(is_in_europe(x, y) for x, y in pairs)
    turned = sum(is_in_europe(y, x) for x, y in pairs)
    return bool(pairs) and turned > NEARLY_ALL * len(pairs) and as_said < (1 - NEARLY_ALL) * len(pairs)


def _crs(header: str) -> str:
    folded = fold(header)
    return next((crs for word, crs in PROJECTIONS.items() if re.search(rf"\b{word}\b", folded)), "")


def _crs_of_values(pairs: list[Pair], countries: set[str]) -> str:
    """The system in whose box nearly all pairs of metres lie, unless rows state a country it is not for."""
    for crs, (west, south, east, north) in BOXES.items():
        within = sum(west <= x <= east and south <= y <= north for x, y in pairs)
        if pairs and within > NEARLY_ALL * len(pairs) and countries <= BOXES_OF.get(crs, countries):
            return crs
    return ""
