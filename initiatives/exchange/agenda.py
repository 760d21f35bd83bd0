"""Sessions of training that is offered, as a source of the agenda: each of its dates lasts the day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.agenda import ical
from community.agenda.sources import Asked, Entry, Moment
from community.topics.links import host
from vocabulary.exchange import Kind

from ..models import Exchange
from .addresses import lasting
from .holding import holder_name

# Each date by the clock of the site.
SESSIONS = """
SELECT day::timestamp AT TIME ZONE %s AS at, pk FROM ({rows}) AS open (pk, days), unnest(days) AS day WHERE day {way} %s
"""


class Sessions:
    """Those of open offers, of a territory where the town lies inside."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        rows = Exchange.objects.shown().filter(kind=Kind.OFFER, category="training").exclude(dates=[])
        self.rows = rows.in_territory(asked.territory) if asked.territory else rows

    def moments(self) -> tuple[str, Sequence[Any]]:
        """Their days."""
        return self._days("<" if self.asked.is_past else ">=", self.asked.now)

    def _days(self, way: str, moment: datetime) -> tuple[str, Sequence[Any]]:
        sql, parameters = self.rows.order_by().values_list("pk", "dates").query.sql_with_params()
        zone = timezone.get_current_timezone_name()
        return SESSIONS.format(rows=sql, way=way), [zone, *parameters, timezone.localdate(moment)]

    def _of(self, keys: Iterable[int]) -> dict[int, Exchange]:
        return Exchange.objects.with_people().in_bulk(set(keys))

    def entries(self, moments: Sequence[Moment]) -> dict[Moment, Entry]:
        """Each with whose it is."""
        rows = self._of(one.key for one in moments)
        return {one: _entry(rows[one.key], one.at) for one in moments if one.key in rows}

    def events(self, since: datetime, most: int) -> list[ical.Event]:
        """For calendars."""
        sql, parameters = self._days(">=", since)
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY at, pk LIMIT %s", [*parameters, most])
            found = cursor.fetchall()
        rows = self._of(key for _at, key in found) if found else {}
        return [_event(rows[key], timezone.localdate(at)) for at, key in found if key in rows]


def _place(row: Exchange) -> str:
    return _("Online") if row.value("format") == "online" else row.locality


def _entry(row: Exchange, at: datetime) -> Entry:
    of = row.initiative or row.collective
    return Entry(
        at=at,
        title=row.title,
        address=row.get_absolute_url(),
        place=_place(row),
        of=holder_name(row) or "",
        of_address=of.get_absolute_url() if of else "",
        label=row.its_category.name,
    )


def _event(row: Exchange, day: date) -> ical.Event:
    # The same for whoever asks: in the language that it is written in.
    with override(row.language):
        place, category = _place(row), row.its_category.name
    return ical.Event(
        uid=f"training-{row.pk}-{day:%Y%m%d}@{host()}",
        # Calendars take what was changed later for newer; seconds grow as it does.
        sequence=int((row.updated_at - row.published_at).total_seconds()),
        stamp=row.updated_at,
        starts_at=day,
        ends_at=None,
        summary=row.title,
        place=place,
        url=lasting(row),
        category=category,
    )


def source(asked: Asked) -> Sessions | None:
    """No group has any."""
    return None if asked.of_group else Sessions(asked)
