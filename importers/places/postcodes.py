"""Forms of postcodes by country (Universal Postal Union): what fits, whose they are, zeros that tables lost."""

import re
from functools import lru_cache

from .countries import OF_CARS, iso_code

BRITISH = r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"
DUTCH = r"[1-9][0-9]{3} ?(?!S[ADS])[A-Z]{2}"
IRISH = r"[A-Z][0-9][0-9W] ?[A-Z0-9]{4}"
POLISH, PORTUGUESE = r"[0-9]{2}-[0-9]{3}", r"[0-9]{4}-[0-9]{3}"
SPACED = r"[0-9]{3} ?[0-9]{2}"
# Countries parted by blanks, and the form of their postcodes.
FORMS = {
    "AL AM AT BE BG CH CY DK GE HU LI LU MK NO SI": r"[0-9]{4}",
    "BA DE EE ES FI FR HR IT LT MC ME RS SM TR UA XK": r"[0-9]{5}",
    "BY RO RU": r"[0-9]{6}",
    "FO IS": r"[0-9]{3}",
    "CZ GR SE SK": SPACED,
    "GB GG IM JE": BRITISH,
    "IE": IRISH,
    "NL": rf"{DUTCH}|[1-9][0-9]{{3}}",
    "PL": POLISH,
    "PT": rf"{PORTUGUESE}|[0-9]{{4}}",
    "AD": r"AD ?[0-9]{3}",
    "LV": r"(?:LV-?)?[0-9]{4}",
    "MD": r"(?:MD-?)?[0-9]{4}",
    "MT": r"[A-Z]{3} ?[0-9]{4}",
}
BY_COUNTRY = {code: re.compile(form) for codes, form in FORMS.items() for code in codes.split()}
# What no other country in Europe writes; the islands have letters of their own.
TELLING = {
    "GB": re.compile(rf"(?!GY|IM|JE){BRITISH}"),
    "GG": re.compile(rf"(?=GY){BRITISH}"),
    "IM": re.compile(rf"(?=IM){BRITISH}"),
    "JE": re.compile(rf"(?=JE){BRITISH}"),
    "NL": re.compile(DUTCH),
    "PL": re.compile(POLISH),
    "PT": re.compile(PORTUGUESE),
    "LV": re.compile(r"LV-[0-9]{4}"),
    "MD": re.compile(r"MD-?[0-9]{4}"),
    "AD": re.compile(r"AD ?[0-9]{3}"),
}
# Where the first digits may be zeros: the fewest digits that are left once a table of numbers took them away.
FEWEST = {"DE": 4, "ES": 4, "FI": 3, "FR": 4, "IT": 3, "TR": 4}
WIDTH = 5
PREFIX = re.compile(r"([A-Z]{1,3})\s?[-–]\s?(\d.*)", re.ASCII)


def fits(postcode: str, country: str) -> bool:
    """Whether a postcode may be one of a country, as it stands; nothing speaks against where its form is not known."""
    form = BY_COUNTRY.get(country)
    return not postcode or form is None or form.fullmatch(postcode.upper()) is not None


@lru_cache(maxsize=20_000)
def fitting(postcode: str) -> str:
    """The countries that have such postcodes, with the zeros they may have lost, parted by blanks; empty if none."""
    return " ".join(code for code in BY_COUNTRY if postcode and fits(padded(postcode, code), code))


def padded(postcode: str, country: str) -> str:
    """The postcode with the zeros that a table of numbers took from it; others unchanged."""
    fewest = FEWEST.get(country)
    is_short = fewest and fewest <= len(postcode) < WIDTH and postcode.isascii() and postcode.isdigit()
    return postcode.zfill(WIDTH) if is_short else postcode


def parted(postcode: str) -> tuple[str, str]:
    """Postcode and country of “D-10997”, of which the form is that country's; else it unchanged, and no country."""
    found = PREFIX.fullmatch(postcode)
    if found is None:
        return postcode, ""
    letters, rest = found.groups()
    country = OF_CARS.get(letters) or iso_code(letters)
    known = BY_COUNTRY.get(country)
    if known is None or not known.fullmatch(rest):
        return postcode, ""
    # In a few countries the letters belong to it.
    whole = f"{letters}-{rest}"
    return (whole if known.fullmatch(whole) else rest), country


@lru_cache(maxsize=20_000)
def country_of(postcode: str) -> str:
    """The only country that has postcodes of this form; empty where several may have."""
    if postcode.isdigit():
        return ""
    return next((code for code, form in TELLING.items() if form.fullmatch(postcode.upper())), "")
