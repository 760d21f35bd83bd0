"""Systems of coordinates in metres that are in use in Europe, by country, and how files name them.

Of systems whose numbers differ by a few metres one stands for all: that on the newest datum.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import pyproj
from pyproj.exceptions import CRSError, ProjError

from ..text import fold

WGS84 = "EPSG:4326"
# Beyond any degrees: metres of some projection.
PROJECTED = 1000
# Codes of EPSG by the countries whose own grids they are; a range is written with two points.
GRIDS = """
FR: 2154 3942..3950 27571..27574
GB: 27700; IE: 2157 29903
BE: 31370 3812; NL: 28992; LU: 2169
CH LI: 2056 21781
DE: 31466..31469 4647 5650
AT: 31287 31254..31259 3416
IT SM VA: 3003 3004
PT: 3763 20790
CZ SK: 5514 5513
PL: 2180 2176..2179
HU: 23700; SI: 3794; HR: 3765; RO: 3844; BG: 7801; GR: 2100
SE: 3006 3021 3007..3018
FI: 3067 2393 3873..3885
EE: 3301; LV: 3059; LT: 3346
IS: 3057
BA ME MK RS XK: 3908..3910; MK: 6316
"""
# Those that several countries share, each with countries that use it beyond its zone.
SHARED = """
32628: ; 25829: PT ES; 25830: ES; 25831: ES FR BE; 25832: DE DK IT NO; 25833: NO SE IT DE PL
25834: ; 25835: ; 25836: ; 3035: ; 3034:
"""
# Of the whole world: any numbers are somewhere in it.
WORLD = 3857
GERMAN = (*range(31466, 31470), 4647, 5650, 25832, 25833, *range(31254, 31260), 31287, 3416, 21781, 2056)
# What a header or a value says of the system, folded, and the codes that may be meant.
NAMES: dict[str, tuple[int, ...]] = {
    r"lambert ?93|l93": (2154,),
    **{rf"cc ?{north}": (3900 + north,) for north in range(42, 51)},
    r"l(?:ambert ?)?(?:2|ii) ?e(?:t(?:endu)?)?": (27572,),
    r"lambert (?:i|ii|iii|iv|[1-4])": tuple(range(27571, 27575)),
    r"lambert ?(?:19)?72|lb72|bd72": (31370,),
    r"lambert ?(?:20)?08|lb08": (3812,),
    r"rd|rd new|rijksdriehoek\w*": (28992,),
    r"lv ?95|ch1903plus": (2056,),
    r"lv ?03|ch ?1903": (21781, 2056),
    r"osgb\w*|bng|(?:british )?national grid|os grid|easting|northing": (27700,),
    r"itm": (2157,),
    r"irish grid|tm ?65|tm ?75": (29903,),
    **{rf"(?:gk|gauss k\w*)(?: zone)? ?{zone}": (31464 + zone,) for zone in range(2, 6)},
    r"gk|gauss k\w*|dhdn": (*range(31466, 31470), *range(31254, 31260)),
    r"mgi|bmn": (*range(31254, 31260), 31287),
    r"rechtswert|hochwert": GERMAN,
    r"gauss boaga|monte mario|roma ?40": (3003, 3004),
    r"(?:etrs\w* )?laea": (3035,),
    r"(?:web|pseudo) ?mercator|900913": (WORLD,),
    r"puwg ?(?:19)?92|cs92|uklad 1992": (2180,),
    r"puwg ?2000|cs2000|uklad 2000": (2176, 2177, 2178, 2179),
    r"s ?jtsk|krovak\w*": (5514, 5513),
    r"sweref ?99 ?tm": (3006,),
    r"sweref\w*": (3006, *range(3007, 3019)),
    r"rt ?90": (3021,),
    r"(?:etrs )?tm35fin": (3067,),
    r"kkj|ykj": (2393,),
    r"tm ?06": (3763,),
    r"eov": (23700,),
    r"stereo ?70": (3844,),
    r"htrs ?96": (3765,),
    r"d96": (3794,),
    r"l ?est ?97": (3301,),
    r"lks ?92": (3059,),
    r"lks ?94": (3346,),
    r"ggrs ?87|egsa ?87": (2100,),
    r"isn ?93": (3057,),
}
# Zones of the Universal Transverse Mercator, with or without the number of the zone before the digits of the east.
UTM = re.compile(
    r"\b(?:utm|huso|fuso|fuseau|zon[ea])(?: (?:utm|huso|fuso|fuseau|zon[ea]))* ?h?(2[5-9]|3[0-8]) ?[a-z]?\b"
)
WITH_ZONE = {32: 4647, 33: 5650}
NUMBERED = re.compile(r"\b(?:epsg|srid) ?(\d{4,6})\b|\b(\d{4,5})\b")


@dataclass(frozen=True)
class System:
    """One of them: its code, and the countries all over which it is used; a shared one has an area besides."""

    code: int
    countries: frozenset[str] = frozenset()
    is_shared: bool = False

    @property
    def crs(self) -> str:
        """Its name, as a mapping has it."""
        return f"EPSG:{self.code}"


def to_degrees(crs: str) -> pyproj.Transformer:
    """From a system to degrees; ProjError where it is unknown, or not one of places on the ground."""
    system = pyproj.CRS.from_user_input(crs)
    if not (system.is_geographic or system.is_projected):
        raise CRSError(f"a {system.type_name}")
    return pyproj.Transformer.from_crs(system, WGS84, always_xy=True)


# A hundred take a second to make, and nine megabytes to keep.
kept_to_degrees = lru_cache(maxsize=256)(to_degrees)


@lru_cache(maxsize=256)
def area_of_use(crs: str) -> tuple[float, float, float, float]:
    """West, south, east and north of the area that a system is made for, in degrees; ProjError."""
    area = pyproj.CRS.from_user_input(crs).area_of_use
    return area.bounds if area else (-180.0, -90.0, 180.0, 90.0)


@lru_cache(maxsize=256)
def begins_with_east(crs: str) -> bool:
    """Whether X stands for the east by the definition of a system, as it does for most people; ProjError."""
    return pyproj.CRS.from_user_input(crs).axis_info[0].direction == "east"


@lru_cache(maxsize=1)
def systems() -> dict[int, System]:
    """All that may be meant where a file says nothing, by their codes."""
    own, shared = ((table.replace("\n", ";").split(";")) for table in (GRIDS, SHARED))
    found = {}
    for line in filter(str.strip, own):
        countries, _colon, codes = line.partition(":")
        for code in _codes(codes):
            found[code] = System(code, frozenset(countries.split()))
    for line in filter(str.strip, shared):
        code, _colon, countries = line.partition(":")
        found[int(code)] = System(int(code), frozenset(countries.split()), is_shared=True)
    return {**found, WORLD: System(WORLD, is_shared=True)}


def _codes(text: str) -> list[int]:
    codes: list[int] = []
    for part in text.split():
        first, _points, last = part.partition("..")
        codes += range(int(first), int(last or first) + 1)
    return codes


def named_in(text: str) -> list[System]:
    """The systems that a header or value names or hints at; none where it says nothing, or nothing that can be."""
    folded = fold(text)
    said = [set(codes) for words, codes in NAMES.items() if re.search(rf"\b(?:{words})\b", folded)]
    said += [_of_zone(int(zone)) for zone in UTM.findall(folded)]
    # A bare number may be a year.
    numbers = [(int(sure or bare), bool(sure)) for sure, bare in NUMBERED.findall(folded)]
    said += [{code} for code, is_sure in numbers if is_sure or code in systems()]
    codes = set.intersection(*said) if said else set()
    return [system for code in sorted(codes) if (system := systems().get(code) or _of_code(code))]


def _of_zone(zone: int) -> set[int]:
    own = next(code for code in (25800 + zone, 32600 + zone) if code in systems() or code > 32600)
    return {own, WITH_ZONE.get(zone, own)}


def _of_code(code: int) -> System | None:
    system = System(code, is_shared=True)
    try:
        kept_to_degrees(system.crs)
        return system if pyproj.CRS.from_epsg(code).is_projected else None
    except ProjError:
        return None
