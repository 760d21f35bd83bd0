"""News of what is followed: when, of what, once; across changes of the clocks, and when a worker is killed half-way."""

import re
from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import actions as steps
from initiatives import changes
from initiatives.following import actions, digests
from initiatives.groups import actions as naming
from initiatives.merging import actions as merging
from initiatives.models import Follow
from initiatives.tasks import send_news
from tests.factories import InitiativeFactory, MemberFactory
from tests.worker import waiting, work

pytestmark = pytest.mark.django_db
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


# ── When ────────────────────────────────────────────────────────────────────────────────────────
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


# ── What ────────────────────────────────────────────────────────────────────────────────────────
def test_new_ones_and_changed_ones_are_told_apart(daily, at, bakery):
    new = made("Atelier")
    at("2026-02-03 13:00")
    edited(new)
    edited(bakery)
    InitiativeFactory(name="A draft")
    made("Far away", position=None, has_no_position=True)
    gone = made("Gone again")
    at("2026-02-03 14:00")
    steps.archive(gone, by=None)
    at("2026-02-04 03:53")
    changes.forget()
    at("2026-02-04 07:05")
    send_news.func(0)
    work(TASK)
    (letter,) = mail.outbox
    appeared, changed = letter.body.split("Changed:")
    assert "You follow: Rhône" in appeared
    assert "– Atelier, Lyon" in appeared
    assert f"http://testserver/en/initiatives/{new.slug}/" in appeared
    assert f"– {bakery.name}, Lyon" in changed
    assert not any(name in letter.body for name in ("A draft", "Far away", "Gone again"))
    assert "http://testserver/en/initiatives/?territory=FR-69" in letter.body
    assert "2 initiatives are new or changed" in letter.subject
    message = letter.message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/en/follow/letters/" in message["List-Unsubscribe"]


def test_a_letter_is_in_the_language_of_who_reads_it(daily, at, ana):
    new = made("Atelier")
    new.translations.create(language="de", name="Werkstatt")
    type(ana).objects.update(language="de")
    at("2026-02-04 07:05")
    (body,) = sent()
    assert "Werkstatt" in body
    assert f"/de/initiatives/{new.slug}/" in body


def test_only_the_public_place_is_told(at, ana):
    actions.follow(by=ana, frequency="daily")
    at("2026-02-03 12:00")
    made("Hidden street", street="Secret street 3", precision="region", postcode="69001")
    at("2026-02-04 07:05")
    (body,) = sent()
    assert "– Hidden street\n" in body
    assert not any(word in body for word in ("Secret", "Lyon", "69001"))


def test_many_are_named_in_part_and_counted(daily, at):
    for number in range(33):
        made(f"Atelier {number:02}")
    at("2026-02-04 07:05")
    (body,) = sent()
    assert body.count("– Atelier") == 30
    assert "And 3 more." in body


def test_no_mail_comes_when_nothing_happened(daily, at):
    at("2026-02-04 07:05")
    assert sent() == []
    assert Follow.objects.get().told_until == datetime(2026, 2, 4, 6, tzinfo=UTC)


def test_what_does_not_match_any_more_is_not_told(daily, at, bakery):
    edited(bakery)
    steps.revise(bakery, by=None, values={"position": None, "has_no_position": True})
    at("2026-02-04 07:05")
    assert sent() == []


def test_who_left_hears_nothing(daily, at, bakery):
    edited(bakery)
    type(daily.member).objects.update(is_active=False)
    at("2026-02-04 07:05")
    assert sent() == []


# ── One initiative ──────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def one(at, ana, bakery):
    """An initiative that somebody follows every day, from noon on."""
    at("2026-02-03 12:00")
    follow = actions.follow(by=ana, initiative=bakery, frequency="daily")
    at("2026-02-03 12:01")
    return follow


def test_an_initiative_tells_its_changes_and_no_other(one, at, bakery):
    made("Atelier")
    at("2026-02-04 07:05")
    assert sent() == []
    edited(bakery)
    at("2026-02-05 07:05")
    (body,) = sent()
    assert bakery.name in body
    assert "Changed:" in body
    assert "The whole list" not in body


@pytest.mark.parametrize(
    ("verb", "told"), [(steps.close, "It has ended"), (steps.archive, "It was taken off the map")]
)
def test_an_initiative_tells_that_it_left(one, at, bakery, verb, told):
    edited(bakery)
    verb(bakery, by=None)
    at("2026-02-04 07:05")
    (body,) = sent()
    assert f"You follow: {bakery.name}" in body
    assert told in body
    assert "Changed:" not in body
    at("2026-02-05 07:05")
    assert sent() == []
    steps.restore(bakery, by=None)
    at("2026-02-06 07:05")
    assert "New on the map:" in sent()[0]


def test_an_initiative_tells_into_what_it_was_merged(one, at, bakery):
    merging.merge(bakery, into=made("Fournil"), by=None)
    at("2026-02-04 07:05")
    (body,) = sent()
    assert "Both are one entry now" in body
    assert f"/en/initiatives/{bakery.slug}/" in body


# ── What is for some alone ──────────────────────────────────────────────────────────────────────
def test_a_followed_group_that_turns_private_tells_nothing(at, ana, bakery, ovens):
    naming.name_group(bakery, group=ovens, by=None)
    at("2026-02-03 12:00")
    actions.follow(by=ana, query="group=ovens", frequency="daily")
    edited(bakery)
    ovens.kind = "private"
    ovens.save()
    at("2026-02-04 07:05")
    assert sent() == []
    edited(bakery, "While it was private")
    ovens.kind = "open"
    at("2026-02-05 07:05")
    assert sent() == []
    ovens.save()
    at("2026-02-05 12:00")
    edited(bakery, "And now")
    at("2026-02-06 07:05")
    assert len(sent()) == 1


def test_a_private_group_moves_no_news(secret, daily, at, bakery):
    naming.name_group(bakery, group=secret, by=None)
    at("2026-02-04 07:05")
    assert sent() == []


# ── Half-way ────────────────────────────────────────────────────────────────────────────────────
class Killed(BaseException):
    """As the process would end: no code of ours goes on."""


@pytest.mark.parametrize("has_left", [False, True])
def test_a_worker_that_is_killed_sends_none_twice_and_loses_nothing(daily, at, bakery, has_left):
    edited(bakery)
    at("2026-02-04 07:05")

    def killed(*args):
        if has_left:
            real(*args)
        raise Killed

    real = digests.send
    with patch.object(digests, "send", killed), pytest.raises(Killed):
        digests.tell(daily.pk)
    assert len(mail.outbox) == has_left
    mail.outbox.clear()
    # Neither a second try of the task nor the next hours send anything for this period.
    assert not digests.tell(daily.pk)
    for hour in ("08", "12", "23"):
        at(f"2026-02-04 {hour}:03")
        assert sent() == []
    made("Atelier")
    at("2026-02-05 07:03")
    (body,) = sent()
    assert bakery.name in body
    assert "Atelier" in body


def test_a_worker_that_is_killed_before_the_first_mark_has_begun_nothing(daily, at, bakery):
    edited(bakery)
    at("2026-02-04 07:05")
    with patch.object(digests.news, "of", side_effect=Killed), pytest.raises(Killed):
        digests.tell(daily.pk)
    assert len(sent()) == 1


def test_a_mail_server_that_refuses_gets_it_again(daily, at, bakery):
    edited(bakery)
    at("2026-02-04 07:05")
    failing = patch.object(digests, "send", side_effect=SMTPServerDisconnected)
    with failing, pytest.raises(SMTPServerDisconnected):
        digests.tell(daily.pk)
    assert digests.tell(daily.pk)
    assert not digests.tell(daily.pk)
    assert len(mail.outbox) == 1


def test_two_hourly_runs_leave_one_task_and_none_for_what_is_gone(daily, at, bakery):
    edited(bakery)
    at("2026-02-04 07:05")
    for _run in range(2):
        send_news.func(0)
    assert waiting(TASK).count() == 1
    actions.unfollow(daily, by=None)
    work(TASK)
    assert mail.outbox == []


# ── How much it costs ───────────────────────────────────────────────────────────────────────────
def test_many_matches_cost_as_many_statements_as_few(daily, at):
    def cost(many: int, day: str) -> int:
        for number in range(many):
            made(f"Atelier {day} {number}")
        at(f"2026-02-{day} 07:05")
        with CaptureQueriesContext(connection) as asked:
            assert digests.tell(daily.pk)
        return len(asked)

    few = cost(1, "04")
    assert cost(40, "05") == few
    assert few < 16
