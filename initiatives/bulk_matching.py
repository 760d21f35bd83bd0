"""Which staged records are initiatives that the house has already, from another source or from people.

Evidence is added up. From `SURE` on a record becomes a further identity of that initiative. Between `MAYBE` and `SURE`
it waits for review, where whoever looks at it sees both, and makes them one or says that they are two; either way its
identity remembers it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from geo.beside import asking

from . import bulk_matching_sql as sql
from .enums import Status
from .models import Network

SURE, MAYBE = 0.8, 0.6
# What each sign counts; a likeness of names counts by its share of common trigrams. A site alone is no proof: members
# of a federation have one together.
POINTS = {
    "name": 0.5,
    "place": 0.3,
    "near": 0.2,
    "town": 0.05,
    "far": -0.3,
    "site": 0.15,
    "page": 0.25,
    "phone": 0.3,
    "email": 0.3,
    "register": 0.5,
}
# Metres: at one place, in one neighbourhood, in one town; beyond the last, elsewhere.
REACH = {"place": 100, "near": 300, "town": 5_000, "far": 20_000}
# Share of common trigrams from which two names at one place may mean the same.
ALIKE = 0.5
# A site, number or address that more than so many have is that of a federation or a host.
MOST_SHARED = 3
# Registers number with eight digits and more: SIREN 9, SIRET 14, Companies House 8, RNA 9, VAT 8 to 12.
REGISTER_DIGITS = 8
OPEN = (Status.PUBLISHED, Status.PENDING, Status.CLOSED)


@dataclass(frozen=True)
class Match:
    """A row of the file and the initiative that it is, or may be, with the signs that speak for it."""

    number: int
    name: str
    initiative: int
    score: float
    signs: tuple[str, ...]
    is_joined: bool


def seek(network: Network | None, first: int, last: int) -> Callable[[], list]:
    """Work for a thread (geo.beside): look for what staged rows from one number to another may be.

    `match` does not look for them again.
    """
    return asking(sql.SEEK_SOME, {**_parameters(network), "first": first, "last": last})


def match(network: Network | None) -> list[Match]:
    """Mark staged rows that are new to their network as joined to an initiative, or as in doubt; by row."""
    parameters = _parameters(network)
    with connection.cursor() as cursor:
        for statement in sql.STATEMENTS:
            cursor.execute(statement, parameters)
        cursor.execute(sql.MARK, parameters)
        found = [Match(*row[:3], float(row[3]), tuple(row[4]), row[5]) for row in cursor.fetchall()]
    return sorted(found, key=lambda one: one.number)


def _parameters(network: Network | None) -> dict[str, Any]:
    return {
        "network": network and network.pk,
        "open": [str(status) for status in OPEN],
        "alike": ALIKE,
        "shared": MOST_SHARED,
        "digits": REGISTER_DIGITS,
        "points": Jsonb(POINTS),
        "sure": SURE,
        "maybe": MAYBE,
        **REACH,
    }
