"""How often something was taken lately, by anybody, in any process."""

from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import salted_hmac

from .statements import prepared

SALT = "geo.counting"


class Taken(NamedTuple):
    """How many were taken in the span, this one included, and the seconds until it is over."""

    number: int
    rest: int


def take(name: str, seconds: int) -> Taken:
    """Take one of a name; a span begins with the first. Of the name only a keyed fingerprint is kept, for that long."""
    key = salted_hmac(SALT, name, algorithm="sha256", secret=settings.SECRET_KEY).digest()[:16]
    # A function, so that it is no statement that may change what the map shows.
    taken = Taken(*prepared("SELECT number, rest FROM geo_take(%(key)s, %(span)s)", key=key, span=seconds)[0])
    if taken.number == 1:
        prepared("SELECT geo_forget_taken()::text")
    return taken
