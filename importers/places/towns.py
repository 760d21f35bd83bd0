"""Towns of the gazetteer by name, told apart by the department that a French postcode leads to.

In France the first two digits of a postcode are those of the department, overseas the first three; those of Corsica
begin with 20, its south with 200 and 201 (La Poste, base officielle des codes postaux; INSEE, code officiel
géographique). A few communes are served from the department next door: a postcode decides between towns, and no more.
No other country has a rule here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from .postcodes import fits, fitting
from .spellings import parted, spellings

# The largest of several towns of a name is meant when it is so many times larger than the next.
CLEARLY_LARGER = 5
# Outlines of the house are simplified: a town this near, in degrees, still counts as inside.
NEAR = 0.05

FRENCH = re.compile(r"(?:F-?)?\s*(\d{4,5})", re.ASCII)
SOUTH_OF_CORSICA, NORTH_OF_CORSICA = ("200", "201"), ("202", "206")
# With French postcodes, but countries of their own in ISO 3166-1, as gazetteers have them.
OF_THEIR_OWN = {"975": "PM", "977": "BL", "978": "MF", "986": "WF", "987": "PF", "988": "NC"}

# The two largest towns of each name, those in the department first; names are folded by the database as the gazetteer's
# were. A department is one by its own code, or by those of its municipalities, which begin with it.
TOWNS = """
WITH department AS MATERIALIZED (
  SELECT d.code, t.boundary FROM unnest(%(known)s::text[]) AS d(code) JOIN territories_territory t
    ON t.country = 'FR' AND (t.scheme = 'department' AND t.code IN (d.code, 'FR-' || d.code)
                             OR t.scheme = 'municipality' AND (t.code LIKE d.code || '%%'
                                                               OR t.code LIKE 'FR-' || d.code || '%%')))
SELECT w.number, t.lon, t.lat, t.population, t.is_inside,
  EXISTS (SELECT FROM department d WHERE d.code = w.department)
FROM unnest(%(numbers)s::int[], %(names)s::text[], %(countries)s::text[], %(departments)s::text[])
  AS w(number, name, country, department)
CROSS JOIN LATERAL (
  SELECT ST_X(position) AS lon, ST_Y(position) AS lat, population,
    EXISTS (SELECT FROM department d WHERE d.code = w.department AND ST_DWithin(d.boundary, p.position, %(near)s))
      AS is_inside
  FROM territories_place p
  WHERE p.search_names LIKE '%%|' || geo_fold(w.name) || '%%'
    AND p.search_names || '|' LIKE '%%|' || geo_fold(w.name) || '|%%'
    AND (w.country = '' OR p.country = ANY(string_to_array(w.country, ' ')))
  ORDER BY is_inside DESC, population DESC, geonameid LIMIT 2) AS t
WHERE geo_fold(w.name) <> ''
ORDER BY w.number, t.is_inside DESC, t.population DESC
"""

# The largest town of each name in each country that has one.
LARGEST = """
SELECT w.name, p.country, max(p.population) FROM unnest(%s::text[]) AS w(name) JOIN territories_place p
  ON p.search_names LIKE '%%|' || geo_fold(w.name) || '%%'
  AND p.search_names || '|' LIKE '%%|' || geo_fold(w.name) || '|%%'
WHERE geo_fold(w.name) <> '' GROUP BY w.name, p.country
"""


@dataclass(frozen=True)
class Town:
    """A place of the gazetteer, and whether it lies in the department that was asked for, if that is known here."""

    longitude: float
    latitude: float
    population: int
    is_inside: bool
    is_known: bool


# A name; a country, several parted by blanks, or none; a department or none.
Key = tuple[str, str, str]


@lru_cache(maxsize=20_000)
def sought(locality: str, postcode: str, country: str, read_as: str) -> tuple[list[Key], list[Key]]:
    """What a town is looked up by, one after the other: in the country it is read as, then as it is stated.

    The first list is empty where a country is stated, or the postcode is none of the country that is supposed.
    """
    town, code = parted(locality)
    names = spellings(town)
    stated = department_of(postcode, country) or (code if country == "FR" else "")
    keys = [(name, OF_THEIR_OWN.get(stated, country), stated) for name in names]
    # No other country writes such numbers beside a town.
    read_as = "FR" if code and not country else read_as
    if country:
        return [], keys
    if may_be_in := fitting(postcode):
        # Its postcode leaves some countries; the others come after them.
        keys = [(name, may_be_in, "") for name in names] + keys
    if not read_as:
        return [], keys
    department = department_of(postcode, read_as) or (code if read_as == "FR" else "")
    may_be = fits(postcode, read_as) or department
    read_as = OF_THEIR_OWN.get(department, read_as)
    return [(name, read_as, department) for name in names] if may_be else [], keys


def department_of(postcode: str, country: str) -> str:
    """The code of the French department that a postcode leads to; empty for other countries and other texts."""
    found = FRENCH.fullmatch(postcode.strip()) if country == "FR" else None
    if found is None:
        return ""
    # Tables of numbers lose the zero in front.
    digits = found[1].zfill(5)
    if digits.startswith(SOUTH_OF_CORSICA):
        return "2A"
    if digits.startswith(NORTH_OF_CORSICA):
        return "2B"
    return digits[:3] if digits.startswith(("97", "98")) else digits[:2]


def look_up(wanted: list[Key]) -> dict[Key, list[Town]]:
    """The two towns that may be meant by each key, the likelier first."""
    found: dict[Key, list[Town]] = {key: [] for key in wanted}
    if wanted:
        names, countries, departments = map(list, zip(*wanted))
        parameters = {
            "numbers": list(range(len(wanted))),
            "names": names,
            "countries": countries,
            "departments": departments,
            "known": sorted({code for code in departments if code}),
            "near": NEAR,
        }
        with connection.cursor() as cursor:
            cursor.execute(TOWNS, parameters)
            for number, *town in cursor.fetchall():
                found[wanted[number]].append(Town(*town))
    return found


def countries_of(names: list[str]) -> dict[str, dict[str, int]]:
    """Of each name that a town has: the countries of such towns, with the population of the largest in each."""
    found: dict[str, dict[str, int]] = {}
    if names:
        with connection.cursor() as cursor:
            cursor.execute(LARGEST, [names])
            for name, country, population in cursor.fetchall():
                found.setdefault(name, {})[country] = population
    return found


def is_confirmed(town: Town, postcode: str, country: str) -> bool:
    """Whether nothing speaks against a town of a country that was only supposed."""
    # Of a postcode without its zero only the department tells that it is one of that country.
    return town.is_inside or (not town.is_known and fits(postcode, country))


def meant(towns: list[Town]) -> Town | None:
    """The one that is clear: alone, alone in its department, or clearly larger than the next."""
    if len(towns) < 2:
        return towns[0] if towns else None
    first, second = towns
    is_alone = first.is_inside and not second.is_inside
    return first if is_alone or first.population >= CLEARLY_LARGER * second.population else None
