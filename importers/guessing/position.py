"""Guesses where positions stand: columns by their headers, then their order by their values."""

from collections.abc import Callable, Iterable, Sequence

from ..mapping import PositionRule
from ..places.figures import link_of, point_of
from ..places.numbers import Point, is_in_europe, parse_number, parse_pair, parse_two, point_in
from ..places.systems import PROJECTED
from ..text import as_text, fold, is_empty
from .headers import words_of

NEARLY_ALL = 0.9
# GeoJSON and its like write the longitude first, where values do not tell.
LONGITUDE_FIRST = {"geometry", "geojson", "lonlat", "lnglat", "lng", "lon"}
# What headers of two columns of metres are told apart by, where all else in them is the same.
AXES = {
    "x": "y",
    "e": "n",
    "east": "north",
    "easting": "northing",
    "ost": "nord",
    "est": "nord",
    "este": "norte",
    "ostwert": "nordwert",
    "rechtswert": "hochwert",
    "rechts": "hoch",
    "rw": "hw",
    "r": "h",
}


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


def guess_position(given: dict[str, list[str]], samples: Sequence[dict]) -> PositionRule:
    """The rule for columns that were given to latitude, longitude or position."""
    if "latitude" in given and "longitude" in given:
        return _of_two(given["longitude"][0], given["latitude"][0], samples)
    return _of_pairs(given["position"][0], samples) if "position" in given else PositionRule()


def with_axes(
    given: dict[str, list[str]], columns: Sequence[str], samples: Sequence[dict]
) -> dict[str, list[str]]:
    """What was given; where that is no position, two columns of east and north by nothing but these words."""
    if {"latitude", "longitude"} <= given.keys() or "position" in given:
        return given
    if not (axes := _axes(columns, samples)):
        return given
    rest = {name: [column for column in some if column not in axes] for name, some in given.items()}
    return {
        **{name: some for name, some in rest.items() if some},
        "longitude": axes[:1],
        "latitude": axes[1:],
    }


def _of_two(longitude: str, latitude: str, samples: Sequence[dict]) -> PositionRule:
    pairs = _pairs((as_text(row.get(longitude)), as_text(row.get(latitude))) for row in samples)
    if _exchanged(pairs):
        longitude, latitude = latitude, longitude
    return PositionRule(longitude=longitude, latitude=latitude)


def _axes(columns: Sequence[str], samples: Sequence[dict]) -> list[str]:
    """Columns of east and north whose headers differ by these words alone, and whose values may be such; or none."""
    by_words = {tuple(fold(column).split()): column for column in columns}
    for words, column in by_words.items():
        for place, word in enumerate(words):
            other = by_words.get((*words[:place], AXES.get(word, ""), *words[place + 1 :]))
            if other and _are_places(
                [(as_text(row.get(column)), as_text(row.get(other))) for row in samples]
            ):
                return [column, other]
    return []


def _are_places(texts: Sequence[tuple[str, str]]) -> bool:
    """Whether nearly all pairs that are filled are metres, or lie in Europe either axis first."""
    filled = [pair for pair in texts if not all(map(is_empty, pair))]
    pairs = _pairs(filled)
    places = sum(
        max(abs(x), abs(y)) > PROJECTED or is_in_europe(x, y) or is_in_europe(y, x) for x, y in pairs
    )
    return places > NEARLY_ALL * len(filled)


def _of_pairs(column: str, samples: Sequence[dict]) -> PositionRule:
    texts = [text for row in samples if is_pair(text := as_text(row.get(column)))]
    # Others say themselves which is which.
    pairs = _turned(parse_two(text) for text in texts if not point_in(text))
    words = words_of(column)
    says_longitude = bool(words) and (words[0] in LONGITUDE_FIRST or words[-1] == "lat")
    first = _exchanged(pairs) or (says_longitude and not _exchanged(_turned(pairs)))
    if texts and not pairs:
        # As it is written in geometries; links and named values begin with the latitude.
        first = any(point_of(text) and not link_of(text) for text in texts)
    return PositionRule(column=column, order="lon,lat" if first else "lat,lon")


def _turned(pairs: Iterable[Point]) -> list[Point]:
    return [(second, first) for first, second in pairs]


def _pairs(texts: Iterable[tuple[str, str]]) -> list[Point]:
    return [(parse_number(x), parse_number(y)) for x, y in texts if is_number(x) and is_number(y)]


def _exchanged(pairs: list[Point]) -> bool:
    """Whether (longitude, latitude) pairs lie in Europe only when exchanged: values have the last word."""
    as_said = sum(is_in_europe(x, y) for x, y in pairs)
    turned = sum(is_in_europe(y, x) for x, y in pairs)
    return bool(pairs) and turned > NEARLY_ALL * len(pairs) and as_said < (1 - NEARLY_ALL) * len(pairs)
