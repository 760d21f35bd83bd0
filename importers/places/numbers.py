"""Numbers and pairs of coordinates as people write them."""

import re
from math import isfinite

from django.utils.translation import gettext_noop as _

from ..phrases import PhraseError
from .figures import point_of

NUMBER = re.compile(r"^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?$")
# Thousands apart: by a blank or an apostrophe; by a point or a comma only where the other one follows them.
GROUPED = re.compile(
    r"[+-]?\d{1,3}(?:([ '])\d{3}(?:\1\d{3})*(?:[.,]\d+)?|(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+)", re.ASCII
)
DEGREES = re.compile(
    r"""(\d{1,3})\s*°\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:'\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:"|'')?)?)?"""
)
# Degrees, minutes and seconds without their signs, where a letter says that they are such.
BARE = re.compile(r"\d{1,3} \d{1,2}(?:[.,]\d+)?|\d{1,3} \d{1,2} \d{1,2}(?:[.,]\d+)?")
# Signs that stand for those of degrees, minutes and seconds above.
MARKS = str.maketrans(
    {**dict.fromkeys("º˚", "°"), **dict.fromkeys("′’‘´`ʹ", "'"), **dict.fromkeys("″”“ʺ", '"')}
)
AXIS = re.compile(r"([NSEWO])?\s*:?\s*(.*?)\s*°?\s*([NSEWO])?", re.IGNORECASE | re.DOTALL)
LETTER = re.compile(r"[A-Za-z]")
# Characters of a text that may be one or two values: longer ones are not looked at.
LONGEST = 120
# Two values of which each says what it is: by a letter behind it, or by one or a word in front of it.
BEHIND = re.compile(r"([^A-Z]+?)\s*([NSEWO])[\s,;/|]*([^A-Z]+?)\s*([NSEWO])", re.IGNORECASE)
WORD = (
    r"""["'\s]*(lat(?:itude)?|lon(?:g(?:itude)?)?|lng|[NSEWOXY])["'\s:=]*([^A-Z]*?\d[^A-Z]*?)["'\s,;/|&]*"""
)
IN_FRONT = re.compile(rf"[\[({{]?{WORD}{WORD}[\])}}]?", re.IGNORECASE)
# Europe and its neighbours with the Azores and the Canaries: west, south, east, north in degrees.
EUROPE = (-32.0, 27.0, 50.0, 72.0)

Point = tuple[float, float]


def parse_number(text: str) -> float:
    """A number with decimal point or comma, or with a letter for its half of the globe; PhraseError."""
    plain = text.strip().replace("\u00a0", "").replace("\u202f", "").replace("−", "-")
    # Most are written plainly.
    number = float(plain.replace(",", ".")) if NUMBER.match(plain) else _written(plain.translate(MARKS))
    if number is None:
        raise PhraseError(_("expected a number, came “%(came)s”"), came=text[:40])
    if not isfinite(number):
        raise PhraseError(_("expected a finite number, came “%(came)s”"), came=text[:40])
    return number


def _written(text: str) -> float | None:
    """A number with thousands apart, in degrees, or with a letter in front or behind; none where it is none."""
    if len(text) > LONGEST:
        return None
    front, plain, behind = AXIS.fullmatch(text).groups()
    letter = (front or behind or "").upper()
    # Two letters say two things, and so do a letter and a sign.
    if (front and behind) or (letter and plain.startswith(("-", "+"))):
        return None
    if letter and BARE.fullmatch(plain):
        plain = plain.replace(" ", "°", 1).replace(" ", "'")
    sign = -1 if letter in ("S", "W", "O") else 1
    if parts := DEGREES.fullmatch(plain):
        degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in parts.groups())
        return sign * (degrees + minutes / 60 + seconds / 3600) if max(minutes, seconds) < 60 else None
    if GROUPED.fullmatch(plain):
        digits = plain.replace(" ", "").replace("'", "").replace(",", ".")
        # The last of its signs is that of decimals.
        plain = digits.replace(".", "", digits.count(".") - 1)
    return sign * float(plain.replace(",", ".")) if NUMBER.match(plain) else None


def parse_pair(text: str) -> Point:
    """Two numbers in one text, in their order; what says which is which gives (latitude, longitude). PhraseError."""
    point = point_in(text)
    return (point[1], point[0]) if point else parse_two(text)


def parse_two(text: str) -> Point:
    """Two numbers in their order, of a text that does not say which is which. PhraseError."""
    plain = text.strip().strip("[]()").strip()
    for delimiter in (";", ", ", "/", "|", ",", None):
        parts = [part for part in plain.split(delimiter) if part.strip()]
        if len(parts) == 2:
            return parse_number(parts[0]), parse_number(parts[1])
    raise PhraseError(_("expected two numbers such as 45.76, 4.84, came “%(came)s”"), came=text[:40])


def point_in(text: str) -> Point | None:
    """(x, y) of a text that says which is which: a geometry, a link, or two named values; else none. PhraseError."""
    if point := point_of(text):
        return point
    if len(text) > LONGEST or not LETTER.search(text):
        return None
    plain = text.strip().translate(MARKS)
    if found := BEHIND.fullmatch(plain):
        first, one, second, other = found.groups()
    elif found := IN_FRONT.fullmatch(plain):
        one, first, other, second = found.groups()
    else:
        return None
    values = dict((_named(one, first), _named(other, second)))
    if len(values) < 2:
        raise PhraseError(_("expected a latitude and a longitude, came “%(came)s”"), came=text[:40])
    return values["x"], values["y"]


def _named(word: str, value: str) -> tuple[str, float]:
    """The axis that a letter or word means, and the value on it."""
    letter = word.upper() if len(word) == 1 and word not in "xyXY" else ""
    axis = "y" if letter in ("N", "S") or word.lower().startswith(("lat", "y")) else "x"
    return axis, parse_number(f"{value}{letter}")


def is_in_europe(longitude: float, latitude: float) -> bool:
    """Whether a point lies in the box round Europe."""
    west, south, east, north = EUROPE
    return west <= longitude <= east and south <= latitude <= north
