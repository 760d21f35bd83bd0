"""The system of coordinates of a guessed mapping: the one that puts rows where their file says that they are.

Metres fit many systems, each in another country. So all that are in use in Europe are tried, either axis first:

1. Where rows name towns of the gazetteer, a system is right that puts nearly all of them near their towns.
2. Else one that puts nearly all of them into the countries they state, or that a country has for itself and that puts
   them there, if no other system does so elsewhere.

What headers name comes first, unless towns or countries contradict. Where nothing or several remain, none is guessed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .. import words
from ..cells import Texts
from ..mapping import Mapping, PositionRule
from ..places.countries import Countries
from ..places.numbers import Point
from ..places.outlines import Outlines
from ..places.positions import stated_point, stated_texts
from ..places.systems import (
    PROJECTED,
    WGS84,
    WORLD,
    System,
    area_of_use,
    begins_with_east,
    kept_to_degrees,
    named_in,
    systems,
)
from ..places.towns import look_up, meant, sought
from ..places.whereabouts import Whereabouts
from ..records import Raw
from ..text import as_text, fold, is_empty, one_line

NEARLY_ALL = 0.9
# Names of towns are shared: so many rows near theirs, of those that could be told, are enough.
AGREE = 0.8
NEAR_TOWN, KILOMETRES = 25.0, 111.3
# Degrees beyond its own area that a system is used: a zone for a whole country.
BEYOND = 6.0
# Degrees by which two systems may differ and still be the same choice.
SAME = 0.02
# Columns beside the position whose value, where all rows have the same, may name the system.
TELLING = {
    "huso",
    "fuso",
    "fuseau",
    "utm",
    "zone",
    "zona",
    "crs",
    "srs",
    "srid",
    "epsg",
    "projection",
    "proyeccion",
}


@dataclass(frozen=True)
class Said:
    """What rows in metres say of where they are: a country or none, and the towns that may be meant."""

    countries: np.ndarray
    # Row, town of at most two, longitude and latitude; nan where there is none.
    towns: np.ndarray
    is_clear: np.ndarray


@dataclass(frozen=True)
class Trial:
    """A system tried on rows: the rule that reads them so, and where they lie then, in degrees."""

    rule: PositionRule
    system: System
    places: np.ndarray
    # Whether the columns are taken the other way round than their headers say.
    is_turned: bool


def with_system(mapping: Mapping, records: Sequence[Raw], crs: str) -> Mapping:
    """The mapping with the system of its metres, where rows agree with one; `crs` is that of geometries."""
    rule = mapping.position
    if rule.crs or (not rule.is_given and crs != WGS84):
        return mapping
    found = [(record, point) for record in records if (point := _point(rule, record)) and any(point)]
    rows = [record for record, point in found if max(map(abs, point)) > PROJECTED]
    if len(rows) <= NEARLY_ALL * len(found):
        return mapping
    named = named_in(_telling(rule, rows))
    chosen = _chosen(_trials(rule, rows, named), named, _said(mapping, rows))
    return replace(mapping, position=chosen.rule) if chosen else mapping


def _point(rule: PositionRule, record: Raw) -> Point | None:
    if not rule.is_given:
        return record.point
    try:
        return stated_point(rule, stated_texts(rule, record.values))
    except ValueError:
        # Of a sample: whoever places the row says what is wrong with it.
        return None


def _telling(rule: PositionRule, rows: Sequence[Raw]) -> str:
    """What may name the system: headers of the position, and what stands alone in columns made for it."""
    told = [rule.longitude, rule.latitude, rule.column]
    for column in {column: None for record in rows for column in record.values}:
        if TELLING & set(fold(column).split()):
            texts = {as_text(record.values.get(column)).strip() for record in rows}
            told += [f"{column} {text}" for text in texts if len(texts) == 1 and not is_empty(text)]
    return "; ".join(told)


def _said(mapping: Mapping, rows: Sequence[Raw]) -> Said:
    texts, countries = Texts(mapping), Countries(words.countries())
    whereabouts = Whereabouts(mapping, countries)
    read = [texts.of(record.values) for record in rows]
    told = [whereabouts.apart(one, countries.code(one.get("country", ""))) for one in read]
    keys = [
        sought(one_line(one.get("locality", "")), one.get("postcode", ""), code, "")[1] for one, code in told
    ]
    found = look_up(sorted({key for several in keys for key in several if key[0]}))
    meaning = [next((found[key] for key in several if found.get(key)), []) for several in keys]
    towns = np.full((len(rows), 2, 2), np.nan)
    for row, several in zip(towns, meaning):
        for place, town in zip(row, several):
            place[:] = town.longitude, town.latitude
    is_clear = [meant(several) is not None for several in meaning]
    codes = [code for _one, code in told]
    return Said(np.array(codes, dtype=object), towns, np.array(is_clear, dtype=bool))


def _trials(rule: PositionRule, rows: Sequence[Raw], named: Iterable[System]) -> list[Trial]:
    """Each system, either axis first, that puts nearly all rows into the area where it is used."""
    found = []
    tried = {**{system.code: system for system in named}, **systems()}.values()
    for one in (rule, _turned(rule)) if rule.is_given else (rule,):
        points = [_point(one, record) for record in rows]
        if one is not rule and points == [_point(rule, record) for record in rows]:
            continue
        x, y = np.array(points, dtype=float).T
        for system in tried:
            places = np.column_stack(kept_to_degrees(system.crs).transform(x, y))
            places[~np.isfinite(places).all(axis=1)] = np.nan
            if _mostly(_within(places, area_of_use(system.crs), BEYOND)):
                found.append(Trial(replace(one, crs=system.crs), system, places, one is not rule))
    return found


def _turned(rule: PositionRule) -> PositionRule:
    if rule.column:
        return replace(rule, order="lat,lon" if rule.order == "lon,lat" else "lon,lat")
    return replace(rule, longitude=rule.latitude, latitude=rule.longitude)


def _within(places: np.ndarray, area: tuple[float, float, float, float], beyond: float = 0.0) -> np.ndarray:
    west, south, east, north = area
    longitudes, latitudes = places.T
    return (
        (longitudes >= west - beyond)
        & (longitudes <= east + beyond)
        & (latitudes >= south - beyond)
        & (latitudes <= north + beyond)
    )


def _mostly(found: np.ndarray) -> bool:
    return bool(found.sum() > NEARLY_ALL * len(found))


def _chosen(trials: list[Trial], named: list[System], said: Said) -> Trial | None:
    near = [_by_towns(trial, said) for trial in trials]
    agreeing = [(score, trial) for score, trial in zip(near, trials) if score]
    if agreeing:
        by_name = [pair for pair in agreeing if pair[1].system in named]
        # Of equals the first.
        return max(by_name or agreeing, key=lambda pair: pair[0])[1]
    return None if said.is_clear.any() else _by_countries(trials, named, said.countries)


def _by_towns(trial: Trial, said: Said) -> tuple[int, int]:
    """How many rows lie near their towns, and how near, less being worse; empty where too many do not."""
    apart = said.towns - trial.places[:, None, :]
    apart[..., 0] *= np.cos(np.radians(trial.places[:, None, 1]))
    nearest = np.nanmin(np.hypot(*np.moveaxis(apart, -1, 0)), axis=1, initial=np.inf) * KILOMETRES
    near = nearest <= NEAR_TOWN
    number, against = near.sum(), (said.is_clear & ~near).sum()
    if not number or number < AGREE * (number + against):
        return ()
    return int(number), -round(float(np.median(nearest[near])))


def _by_countries(trials: list[Trial], named: list[System], countries: np.ndarray) -> Trial | None:
    outlines, are_stated = Outlines(), any(countries)

    def there(some: Iterable[Trial], *, is_named: bool = False) -> list[Trial]:
        return [trial for trial in some if _mostly(_lie(trial, countries, outlines, is_named=is_named))]

    said = [trial for trial in trials if trial.system in named]
    found = there(said, is_named=True) or ([] if are_stated else said)
    if found or (named and not are_stated):
        by_axes = [one for one in found if not one.is_turned and begins_with_east(one.system.crs)]
        return _only(by_axes or found)
    found = there(trial for trial in trials if trial.system.code != WORLD)
    if not found and are_stated:
        found = there(trial for trial in trials if trial.system.code == WORLD)
    return _only(found)


def _lie(trial: Trial, countries: np.ndarray, outlines: Outlines, *, is_named: bool) -> np.ndarray:
    """Which rows lie in the country they state, else in one that has the system or in the area of a shared one."""
    system, found = trial.system, np.zeros(len(countries), dtype=bool)
    for country in set(countries):
        chosen = countries == country
        places = trial.places[chosen]
        if not country:
            found[chosen] = _on_own_land(system, places, outlines)
        elif is_named or system.is_shared or country in system.countries:
            inside = outlines.hold(country, places)
            # Without an outline nothing speaks against what is named.
            found[chosen] = is_named if inside is None else inside
    return found


def _on_own_land(system: System, places: np.ndarray, outlines: Outlines) -> np.ndarray:
    found = np.zeros(len(places), dtype=bool)
    for country in system.countries:
        if (inside := outlines.hold(country, places)) is not None:
            found |= inside
    if system.is_shared and (inside := outlines.hold("", places)) is not None:
        found |= inside & _within(places, area_of_use(system.crs))
    return found


def _only(trials: list[Trial]) -> Trial | None:
    """The first, where all others put the rows at the same places."""
    first = trials[0] if trials else None
    same = all(_mostly(np.abs(trial.places - first.places).max(axis=1) <= SAME) for trial in trials[1:])
    return first if same else None
