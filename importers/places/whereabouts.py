"""Where a record says it is: postcode, town and country in their own fields, whichever columns they stood in.

A record that names no country may tell it all the same: by letters before its postcode, by a form of postcodes that one
country has, by the country code of its telephone, else as most others of its file do (`defaults.read_as`). By that
its other values are read; what is kept as its country is what it names itself, or the default of the mapping.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from ..mapping import Mapping
from ..records import Draft
from ..text import fold, one_line
from ..transforms import integer
from .addresses import Address, Addresses
from .countries import Countries
from .postcodes import country_of, fits, parted

if TYPE_CHECKING:
    from .nearby import Nearby

# What needs a country to be read, apart from names of towns where there are no coordinates.
READ_BY_IT = ("phone", "legal_form", "opening_hours")


class Whereabouts:
    """Reads texts of addresses; it asks the database nothing."""

    def __init__(self, mapping: Mapping, countries: Countries, outline: bytes = b"") -> None:
        """`outline` of the supposed country: WKB, in degrees; empty where there is none."""
        self._default = mapping.defaults.get("country", "")
        self._supposed = mapping.defaults.get("read_as", "")
        self._nearby = _nearby(mapping, outline) if outline else None
        self._addresses = Addresses(countries.code)
        # Rows of one town follow one another, and others come back.
        self._parted = lru_cache(maxsize=50_000)(self._town_apart)

    def apart(self, texts: dict[str, str], country: str) -> tuple[dict[str, str], str]:
        """The texts, each part of an address in its field, and the country: as stated, as told by them, by default."""
        street, postcode, locality = (
            texts.get("street", ""),
            texts.get("postcode", ""),
            texts.get("locality", ""),
        )
        given = (street, postcode, locality)
        # Most records are such: a town that tells another postcode beside its own is left whole.
        if postcode.isdigit() and locality and "," not in locality and postcode not in locality:
            code, town, told = postcode, locality, ""
        else:
            code, town, told = self._parted(postcode, locality, country)
        if street and (not (code and town) or code in street):
            found = self._addresses.of_street(street)
            if found and _agrees(found, code, town):
                street, told = found.street, told or found.country
                code, town = code or found.postcode, town or found.locality
        if (street, code, town) != given:
            texts = {**texts, "street": street, "postcode": code, "locality": town}
        return texts, country or told or self._default

    def _town_apart(self, postcode: str, locality: str, country: str) -> tuple[str, str, str]:
        """Postcode, town, and the country that they tell, from two texts of which one may say all of it."""
        postcode, locality, told = integer(postcode.strip()), locality.strip(), ""
        if not postcode.isdigit():
            postcode, told = _without_letters(postcode, country)
        for text, own in ((postcode, ("", locality)), (locality, (postcode, ""))):
            found = self._addresses.of_town(text) if text else None
            if found and _agrees(found, *own):
                postcode, locality = found.postcode or postcode, found.locality
                told = told or found.country
        return postcode, locality, told

    def read_as(self, country: str, postcode: str, draft: Draft) -> str:
        """The country by which a record's values are read; empty where nothing tells it, or it is not certain."""
        if country or not (self._supposed or postcode):
            return country
        if told := country_of(postcode):
            return told
        if not (self._supposed and fits(postcode, self._supposed)):
            return ""
        is_needed = self._nearby and any(name in draft.texts for name in READ_BY_IT)
        return self._supposed if not is_needed or self._nearby.may_hold(draft.raw) else ""


def _nearby(mapping: Mapping, outline: bytes) -> "Nearby":
    # Geometries take as long to load as all else that cleans, and few files need them for that.
    from .nearby import Nearby

    return Nearby(mapping.position, outline)


def _without_letters(postcode: str, country: str) -> tuple[str, str]:
    """The postcode without the letters of the country that it names, unless the record names another."""
    plain, told = parted(postcode)
    return (plain, told) if told and country in ("", told) else (postcode, "")


def _agrees(found: Address, postcode: str, locality: str) -> bool:
    """Whether a record's own postcode and town, where it has them, say the same."""
    same_postcode = not (postcode and found.postcode) or one_line(postcode) == found.postcode
    return same_postcode and (not locality or fold(locality) == fold(found.locality))
