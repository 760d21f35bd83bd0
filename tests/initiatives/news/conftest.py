"""What somebody follows, in the time of a test."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection

from initiatives import actions as steps
from initiatives.following import actions
from initiatives.tasks import send_news
from tests.factories import InitiativeFactory, MemberFactory
from tests.worker import work

TASK = "send_news_of"


class Notes:
    """What was changed, numbered as a commit does, and dated by the time of the test, which the database ignores."""

    def __init__(self) -> None:
        self.dated = 0

    def number(self) -> None:
        """Date what came since the last time to the moment that the test is in."""
        with connection.cursor() as database:
            database.execute("SET CONSTRAINTS ALL IMMEDIATE")
            database.execute("SET CONSTRAINTS ALL DEFERRED")
            given = [datetime.now(UTC), self.dated]
            database.execute("UPDATE initiatives_changeset SET at = %s WHERE number > %s", given)
            database.execute("SELECT coalesce(max(number), 0) FROM initiatives_changeset")
            (self.dated,) = database.fetchone()


@pytest.fixture
def notes(db) -> Notes:
    """Those of this test."""
    return Notes()


@pytest.fixture
def at(time_machine, settings, notes):
    """Go to a moment, by the clock of a place; what came before is noted first."""
    settings.TIME_ZONE = "UTC"

    def go(text: str, zone: str = "UTC") -> datetime:
        notes.number()
        moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
        time_machine.move_to(moment, tick=False)
        return moment

    # A Tuesday, in winter.
    time_machine.move_to(datetime(2026, 2, 3, 10, tzinfo=UTC), tick=False)
    return go


@pytest.fixture
def ana(at):
    """Somebody who reads English."""
    return MemberFactory(language="en")


@pytest.fixture
def daily(at, ana, bakery):
    """What somebody follows every day: whatever lies in the Rhône, from noon on."""
    at("2026-02-03 12:00")
    follow = actions.follow(by=ana, query="territory=FR-69", frequency="daily")
    at("2026-02-03 12:01")
    return follow


def made(name: str, **more):
    """An initiative of Lyon that is published now."""
    return InitiativeFactory(name=name, published=True, locality="Lyon", **more)


def edited(initiative, text: str = "Something else") -> None:
    """Its people write something, now."""
    steps.revise(initiative, by=None, values={"summary": text})


def sent() -> list[str]:
    """Texts of what the hourly task and the worker send."""
    send_news.func(0)
    work(TASK)
    found = [message.body for message in mail.outbox]
    mail.outbox.clear()
    return found


@pytest.fixture
def one(at, ana, bakery):
    """An initiative that somebody follows every day, from noon on."""
    at("2026-02-03 12:00")
    follow = actions.follow(by=ana, initiative=bakery, frequency="daily")
    at("2026-02-03 12:01")
    return follow
