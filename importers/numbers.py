"""Numbers and pairs of coordinates as people write them."""

import re
from math import isfinite

from django.utils.translation import gettext_noop as _

from .figures import point_of
from .phrases import PhraseError

NUMBER = re.compile(r"^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?$")
DEGREES = re.compile(
    r"""^(\d{1,3})\s*°\s*(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:"|″|”|''))?$"""
)
AXIS = re.compile(r"^(.*?)\s*°?\s*([NSEWO])$", re.IGNORECASE)
# Europe and its neighbours with the Azores and the Canaries: west, south, east, north in degrees.
EUROPE = (-32.0, 27.0, 50.0, 72.0)


def parse_number(text: str) -> float:
    """A number with decimal point or comma, or with a letter for its half of the globe; PhraseError."""
    plain = text.strip().replace("\u00a0", "").replace("\u202f", "").replace("−", "-")
    sign = 1
    # Most are written plainly.
    if not NUMBER.match(plain):
        axis = AXIS.match(plain)
        if axis:
            plain, sign = axis[1], -1 if axis[2].upper() in "SWO" else 1
        parts = DEGREES.match(plain)
        if parts:
            degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in parts.groups())
            return sign * (degrees + minutes / 60 + seconds / 3600)
        plain = plain.rstrip("°").strip()
        if not NUMBER.match(plain):
            raise PhraseError(_("expected a number, came “%(came)s”"), came=text[:40])
    number = float(plain.replace(",", "."))
    if not isfinite(number):
        raise PhraseError(_("expected a finite number, came “%(came)s”"), came=text[:40])
    return sign * number


def parse_pair(text: str) -> tuple[float, float]:
    """Two numbers in one text, in their order; a geometry gives (latitude, longitude). PhraseError."""
    point = point_of(text)
    if point:
        return point[1], point[0]
    plain = text.strip().strip("[]()").strip()
    for delimiter in (";", ", ", "/", "|", ",", None):
        parts = [part for part in plain.split(delimiter) if part.strip()]
        if len(parts) == 2:
            return parse_number(parts[0]), parse_number(parts[1])
    raise PhraseError(_("expected two numbers such as 45.76, 4.84, came “%(came)s”"), came=text[:40])


def is_in_europe(longitude: float, latitude: float) -> bool:
    """Whether a point lies in the box round Europe."""
    west, south, east, north = EUROPE
    return west <= longitude <= east and south <= latitude <= north
