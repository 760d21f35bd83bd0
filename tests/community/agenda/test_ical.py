"""Calendars as files: every sign comes back, and no text breaks out of its line."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from community.agenda import ical

from .reading import events, lines

PARIS = ZoneInfo("Europe/Paris")
EVENT = ical.Event(
    uid="meeting-1@example.org",
    sequence=2,
    stamp=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    starts_at=datetime(2026, 12, 10, 18, tzinfo=PARIS),
    ends_at=datetime(2026, 12, 10, 20, tzinfo=PARIS),
    summary="Visit of the kitchen",
    place="Romans-sur-Isère",
    url="https://example.org/en/groups/tables/topics/1/",
    category="Tables, ovens",
)


def written(**fields) -> bytes:
    """A calendar of one event."""
    return ical.calendar("Agenda", [replace(EVENT, **fields)], by="example.org")


def test_an_entry_has_what_calendars_ask_for():
    assert events(written()) == [
        {
            "UID": "meeting-1@example.org",
            "DTSTAMP": "20260102T030405Z",
            "SEQUENCE": "2",
            "DTSTART": "20261210T170000Z",
            "DTEND": "20261210T190000Z",
            "SUMMARY": "Visit of the kitchen",
            "LOCATION": "Romans-sur-Isère",
            "URL": "https://example.org/en/groups/tables/topics/1/",
            "CATEGORIES": "Tables, ovens",
        }
    ]
    # One category, not two.
    assert r"CATEGORIES:Tables\, ovens" in lines(written())


@pytest.mark.parametrize("name", ["summary", "place", "category"])
@pytest.mark.parametrize(
    ("hostile", "kept"),
    [
        ("a\r\nEND:VEVENT\r\nBEGIN:VALARM", "a\nEND:VEVENT\nBEGIN:VALARM"),
        ("a\rURL:https://evil.example", "a\nURL:https://evil.example"),
        ("a\u2028b\x85c\x0bd", "a\nb\nc\nd"),
        (r"back\slash \n stays; so, does: this", r"back\slash \n stays; so, does: this"),
        ("nul\x00 bell\x07 escape\x1b delete\x7f", "nul bell escape delete"),
        ("half a pair \ud800", "half a pair "),
        ('"quoted" <b>bold</b> %0D%0A', '"quoted" <b>bold</b> %0D%0A'),
    ],
)
def test_no_text_breaks_out_of_its_line(name, hostile, kept):
    (event,) = events(written(**{name: hostile}))
    assert event[{"summary": "SUMMARY", "place": "LOCATION", "category": "CATEGORIES"}[name]] == kept
    assert event["UID"] == EVENT.uid


@pytest.mark.parametrize("sign", ["x", "é", "€", "🍞", "漢", ","])
@pytest.mark.parametrize("number", [1, 30, 66, 67, 68, 74, 75, 76, 150])
def test_long_lines_are_folded_between_whole_signs(sign, number):
    (event,) = events(written(summary=sign * number))
    assert event["SUMMARY"] == sign * number


def test_a_folded_line_uses_all_the_room_it_has():
    parts = ical.folded("x" * 200).split("\r\n")
    assert [len(part) for part in parts] == [75, 75, 52]
    assert ical.folded("x" * 75) == "x" * 75


@pytest.mark.parametrize(
    ("local", "written_as"),
    [
        # The clocks go forward at 2:00 on 29 March, back at 3:00 on 25 October.
        (datetime(2026, 3, 29, 1, 59, tzinfo=PARIS), "20260329T005900Z"),
        (datetime(2026, 3, 29, 3, 0, tzinfo=PARIS), "20260329T010000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=PARIS), "20261025T003000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1), "20261025T013000Z"),
        (datetime(2026, 7, 1, 0, 30, tzinfo=PARIS), "20260630T223000Z"),
    ],
)
def test_times_are_written_in_utc_across_changes_of_the_clocks(local, written_as):
    (event,) = events(written(starts_at=local, ends_at=None))
    assert event["DTSTART"] == written_as
    assert "DTEND" not in event


def test_an_end_that_is_the_start_and_no_place_are_left_out():
    (event,) = events(written(ends_at=EVENT.starts_at, place=""))
    assert "DTEND" not in event
    assert "LOCATION" not in event


def test_a_calendar_without_entries_is_one():
    assert events(ical.calendar("Nothing", [], by="example.org")) == []
