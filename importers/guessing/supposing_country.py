"""A country by which values of rows are read that name none, from what the first rows of a file say of where they are.

A row may tell by itself in which country it is; else its point lies in one, and towns of its name are in some, of
which its postcode leaves those that write such ones. A country is supposed where nearly all rows that tell anything
allow it and no other comes near. A file of several countries has none. It only says how to read telephones, legal forms
and names of towns; no row gets it as its country. With a mapping that a person wrote nothing is supposed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.db import connection

from initiatives.enums import Precision
from initiatives.phones import country_of as country_of_phone

from .. import words
from ..cells import Texts
from ..mapping import Mapping
from ..places.countries import Countries
from ..places.locating import Locator
from ..places.postcodes import country_of, fits, padded
from ..places.spellings import parted, spellings
from ..places.towns import NEAR, countries_of
from ..places.whereabouts import Whereabouts
from ..records import Draft, Place, Raw, Source
from ..telephones import first_number, tells_country

NEARLY_ALL = 0.95
# Of another country that as many rows allow, none is the one that is meant.
MOST_OF_ANOTHER = 0.5
# So many rows, where there are as many, and such a share of all must tell something.
LEAST_ROWS = 3
LEAST_SHARE = 0.1
# A village so many times smaller than the town of its name is not thought of.
NEGLIGIBLE = 100
SHARE_OF_SHORT = 0.03
PADDED = "zero_padded_5"
READ_BY_COUNTRY = {"phone", "legal_form", "locality", "postcode", "street"}

COUNTRIES_OF_POINTS = """
SELECT w.number, t.code FROM unnest(%s::int[], %s::float8[], %s::float8[]) AS w(number, lon, lat)
JOIN territories_territory t ON t.scheme = 'country'
  AND ST_DWithin(t.boundary, ST_SetSRID(ST_MakePoint(w.lon, w.lat), 4326), %s)
"""


def with_country(mapping: Mapping, source: Source, records: Sequence[Raw]) -> Mapping:
    """The guessed mapping with `defaults.read_as`, where a country can be supposed; BadFileError, BadMappingError."""
    if "country" in mapping.defaults or not READ_BY_COUNTRY & mapping.fields.keys():
        return mapping
    good = [record for record in records if not record.refused]
    told = _told(mapping, source, good)
    country = _agreed([allowed for allowed in told if allowed is not None], len(told))
    if not country:
        return mapping
    fields = dict(mapping.fields)
    if _lost_zeros(Texts(mapping), good, country):
        fields["postcode"] = replace(fields["postcode"], transform=(*fields["postcode"].transform, PADDED))
    return replace(mapping, fields=fields, defaults={**mapping.defaults, "read_as": country})


def _lost_zeros(texts: Texts, records: list[Raw], country: str) -> bool:
    """Whether a table took the first zeros of postcodes, which all have their five digits once they are back."""
    codes = {texts.of(record.values).get("postcode", "").strip() for record in records} - {""}
    shorter = {code for code in codes if padded(code, country) != code}
    # A single short one is a slip.
    if len(shorter) < SHARE_OF_SHORT * len(codes) or any(code.startswith("0") for code in codes):
        return False
    return bool(shorter) and all(fits(padded(code, country), country) for code in codes)


def _agreed(told: list[set[str]], rows: int) -> str:
    """The country that nearly all allow of those that tell one, and that is alone with it; empty where none is."""
    counted = Counter(country for allowed in told for country in allowed).most_common(2)
    if not counted or len(told) < max(min(LEAST_ROWS, rows), LEAST_SHARE * rows):
        return ""
    (country, times), others = counted[0], counted[1:]
    is_alone = all(other <= MOST_OF_ANOTHER * len(told) for _country, other in others)
    return country if is_alone and times >= NEARLY_ALL * len(told) else ""


def _told(mapping: Mapping, source: Source, records: list[Raw]) -> list[set[str] | None]:
    """The countries that each row allows, none where what it says does not go together; None if it says nothing."""
    countries = Countries(words.countries())
    texts, whereabouts = Texts(mapping), Whereabouts(mapping, countries)
    rows = []
    for record in records:
        found = texts.of(record.values)
        rows.append(whereabouts.apart(found, countries.code(found.get("country", ""))))
    if all(code for _found, code in rows):
        # There is none to suppose anything for.
        return []
    of_points = _of_points(mapping, source, records)
    of_towns = _populations({found.get("locality", "") for found, _code in rows})
    told: list[set[str] | None] = []
    for number, (found, code) in enumerate(rows):
        postcode = found.get("postcode", "")
        own = code or country_of(postcode)
        towns = _of_town(of_towns[found.get("locality", "")], postcode)
        signs = [sign for sign in ({own} - {""}, of_points.get(number, set()), towns) if sign]
        signs = signs or [_of_phone(found.get("phone", ""))]
        told.append(set.intersection(*signs) if any(signs) else None)
    return told


def _populations(localities: set[str]) -> dict[str, dict[str, int]]:
    """Of each name of a town: the population of the largest such town in each country that has one."""
    names = {locality: spellings(parted(locality)[0]) for locality in localities}
    found = countries_of(sorted({name for several in names.values() for name in several}))
    return {
        locality: next((found[name] for name in several if name in found), {})
        for locality, several in names.items()
    }


def _of_town(populations: dict[str, int], postcode: str) -> set[str]:
    """Countries with a town of the name that write such postcodes, by the population of the largest in each."""
    largest = max(populations.values(), default=0)
    return {
        country
        for country, population in populations.items()
        if population * NEGLIGIBLE >= largest and fits(padded(postcode, country), country)
    }


def _of_phone(text: str) -> set[str]:
    number = first_number(text)
    return {country_of_phone(number.replace("00", "+", 1))} - {""} if tells_country(number) else set()


def _of_points(mapping: Mapping, source: Source, records: list[Raw]) -> dict[int, set[str]]:
    """Countries in which, or next to which, the points of rows lie, by the number of the row in the list."""
    drafts = [Draft(record, place=Place("", "", "", Precision.EXACT)) for record in records]
    Locator(mapping, source).locate(drafts)
    points = [
        (at, one.place.lon, one.place.lat) for at, one in enumerate(drafts) if one.place.lon is not None
    ]
    found: dict[int, set[str]] = {}
    if points:
        with connection.cursor() as cursor:
            cursor.execute(COUNTRIES_OF_POINTS, [*map(list, zip(*points)), NEAR])
            for number, code in cursor.fetchall():
                found.setdefault(number, set()).add(code)
    return found
