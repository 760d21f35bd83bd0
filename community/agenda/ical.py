"""Calendars as iCalendar (RFC 5545): what a program subscribes to, or keeps one event of."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils import timezone

MEDIA_TYPE = "text/calendar; charset=utf-8"
# Octets of a line without its end (section 3.1).
LONGEST_LINE = 75
NEWLINES = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# What a line of content cannot hold.
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Event:
    """One entry; `sequence` grows with each change, `stamp` is when the last one was. What starts on a day lasts it."""

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime | date
    ends_at: datetime | None
    summary: str
    place: str
    url: str
    category: str


def calendar(name: str, events: Iterable[Event], *, by: str) -> bytes:
    """A whole calendar; `by` names who made it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{text(by)}//Social Planet//EN",
        "CALSCALE:GREGORIAN",
        # The older name is the one that most programs read.
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
        *(line for event in events for line in _lines(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _lines(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.uid)}"
    yield f"DTSTAMP:{moment(event.stamp)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART{_start(event.starts_at)}"
    # An end that is the start is none (section 3.6.1).
    if event.ends_at and event.ends_at > event.starts_at:
        yield f"DTEND:{moment(event.ends_at)}"
    yield f"SUMMARY:{text(event.summary)}"
    if event.place:
        yield f"LOCATION:{text(event.place)}"
    yield f"URL:{CONTROL.sub('', NEWLINES.sub('', event.url))}"
    yield f"CATEGORIES:{text(event.category)}"
    yield "END:VEVENT"


def when(event: Event) -> datetime:
    """What events are put in order by; a day begins by the clock of the site."""
    at = event.starts_at
    return at if isinstance(at, datetime) else timezone.make_aware(datetime.combine(at, time.min))


def _start(value: datetime | date) -> str:
    return f":{moment(value)}" if isinstance(value, datetime) else f";VALUE=DATE:{value:%Y%m%d}"


def moment(value: datetime) -> str:
    """A time in UTC, which no change of the clocks moves."""
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def text(value: str) -> str:
    """A value of the type TEXT: nothing in it ends the line or the value (section 3.3.11)."""
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return CONTROL.sub("", NEWLINES.sub("\\\\n", value))


def folded(line: str) -> str:
    """The line in parts of at most 75 octets; no sign is cut in two."""
    parts, part, size = [], [], 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > LONGEST_LINE:
            parts.append("".join(part))
            # The space that marks a part that goes on counts too.
            part, size = [], 1
        part.append(sign)
        size += octets
    return "\r\n ".join([*parts, "".join(part)])
