"""News come at seven by the clock of the site, each once, across changes of the clocks."""

import re
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from initiatives.following import actions
from initiatives.models import Follow

from .conftest import edited, made, sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("UTC", "2026-03-28"),
        ("Europe/Paris", "2026-03-28"),
        ("Europe/Paris", "2026-10-24"),
        ("Pacific/Auckland", "2026-04-04"),
    ],
)
def test_everything_comes_once_across_the_change_of_the_clocks(daily, at, settings, zone, first):
    settings.TIME_ZONE = zone
    moment = at(f"{first} 03:30", zone)
    Follow.objects.update(made_at=moment)
    told = []
    for hour in range(54):
        now = moment.astimezone(UTC) + timedelta(hours=hour)
        at(now.isoformat(" ")[:19])
        made(f"Atelier-{hour:02}.")
        if bodies := sent():
            assert now.astimezone(ZoneInfo(zone)).hour == 7
            told += bodies
    assert len(told) == 3
    shown = [int(hour) for body in told for hour in re.findall(r"– Atelier-(\d\d)\.", body)]
    # The one that was there when it began is not among them.
    assert shown == list(range(1, len(shown) + 1))
    assert len(shown) > 45


def test_weekly_news_come_on_monday_at_seven(daily, at, ana):
    actions.set_frequency(daily, by=ana, frequency="weekly")
    made("Atelier")
    for now in ("2026-02-04 07:05", "2026-02-08 23:00", "2026-02-09 06:59"):
        at(now)
        assert sent() == []
    at("2026-02-09 07:05")
    assert len(sent()) == 1
    assert sent() == []


def test_what_changed_within_the_hour_waits(daily, at, bakery):
    at("2026-02-04 05:59")
    made("Settled")
    at("2026-02-04 06:30")
    edited(bakery)
    at("2026-02-04 07:05")
    (body,) = sent()
    assert "Settled" in body
    assert bakery.name not in body
    at("2026-02-05 07:05")
    (body,) = sent()
    assert "Settled" not in body
    assert bakery.name in body


def test_another_rhythm_tells_nothing_again(daily, at, ana, bakery):
    edited(bakery)
    at("2026-02-04 07:05")
    assert len(sent()) == 1
    actions.set_frequency(daily, by=ana, frequency="weekly")
    at("2026-02-09 07:05")
    assert sent() == []
