"""Where the agenda has its dates from: meetings of groups, and what higher rooms add when their app is ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from django.db import connection
from django.utils import timezone

from territories.models import Territory

from . import ical

# Moments of one source, by its place among them, and how many there are of all.
OF_ONE = "SELECT {number} AS source, at, key FROM ({moments}) AS of_{number} (at, key)"
NUMBER = "SELECT count(*) FROM ({moments}) AS moments"


@dataclass(frozen=True)
class Asked:
    """What the agenda is asked for: of a territory, of a group alone, what comes or what is over."""

    now: datetime
    territory: Territory | None = None
    of_group: bool = False
    is_past: bool = False


class Moment(NamedTuple):
    """A date by the key of the thing that has it."""

    at: datetime
    key: int


@dataclass(frozen=True)
class Entry:
    """A line of the page; whatever is not known is empty."""

    at: datetime
    title: str
    address: str
    clock: str = ""
    place: str = ""
    of: str = ""
    of_address: str = ""
    label: str = ""
    is_private: bool = False
    # Where it is given as a file for calendars.
    file: str = ""

    @property
    def day(self) -> date:
        """By the clock of the site."""
        return timezone.localdate(self.at)


class Source(Protocol):
    """Things with dates."""

    def moments(self) -> tuple[str, Sequence[Any]]:
        """SQL of (at, key) with its parameters: all that fit what is asked."""

    def entries(self, moments: Sequence[Moment]) -> dict[Moment, Entry]:
        """Those of some moments that are still there, with one statement for all."""

    def events(self, since: datetime, most: int) -> list[ical.Event]:
        """The first for calendars from a moment on."""


Maker = Callable[[Asked], Source | None]
_makers: list[Maker] = []


def register(maker: Maker) -> None:
    """Add a source of a higher room; it gives None where it has nothing of what is asked."""
    _makers.append(maker)


def registered(asked: Asked) -> list[Source]:
    """What higher rooms have."""
    return [source for source in (maker(asked) for maker in _makers) if source is not None]


class Dated(Sequence):
    """Entries of all sources by date, for a paginator; only slices are read."""

    ordered = True

    def __init__(self, sources: Sequence[Source], *, is_past: bool) -> None:
        self.sources, self.is_past = sources, is_past

    def __len__(self) -> int:
        if not self.sources:
            return 0
        sql, parameters = self._moments
        with connection.cursor() as cursor:
            cursor.execute(NUMBER.format(moments=sql), parameters)
            return cursor.fetchone()[0]

    def __getitem__(self, part: slice) -> list[Entry]:
        """The entries of a page."""
        if not self.sources:
            return []
        sql, parameters = self._moments
        way = "DESC" if self.is_past else "ASC"
        order = f"ORDER BY at {way}, source, key {way} LIMIT %s OFFSET %s"
        start = part.start or 0
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} {order}", [*parameters, part.stop - start, start])
            found = cursor.fetchall()
        entries = {
            number: source.entries(moments)
            for number, source in enumerate(self.sources)
            if (moments := [Moment(at, key) for of, at, key in found if of == number])
        }
        return [entry for of, at, key in found if (entry := entries[of].get(Moment(at, key)))]

    @cached_property
    def _moments(self) -> tuple[str, list[Any]]:
        made = [source.moments() for source in self.sources]
        parts = [OF_ONE.format(number=number, moments=sql) for number, (sql, _parameters) in enumerate(made)]
        return " UNION ALL ".join(parts), [one for _sql, parameters in made for one in parameters]
