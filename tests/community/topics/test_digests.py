"""Summaries: when, of what, once; across changes of the clocks, and when a worker is killed half-way."""

import re
from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from community.groups.enums import Frequency
from community.letters import clock
from community.tasks import send_group_digests
from community.topics import actions, digests
from community.topics.order import actions as order
from tests.factories import PostFactory
from tests.worker import waiting, work

from .conftest import mailed

pytestmark = pytest.mark.django_db
# A Tuesday, in winter.
NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)
TASK = "send_group_digest"


@pytest.fixture
def at(time_machine, settings):
    """Go to a moment, by the clock of a place."""
    settings.TIME_ZONE = "UTC"

    def go(text: str, zone: str = "UTC") -> datetime:
        moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
        time_machine.move_to(moment, tick=False)
        return moment

    go("2026-02-03 11:00")
    return go


@pytest.fixture
def reading(at, circle):
    """A group of which one wants a summary a day and one a week, at noon on a Tuesday."""
    circle.join("daily", frequency=Frequency.DAILY)
    circle.join("weekly", frequency=Frequency.WEEKLY)
    mail.outbox.clear()
    at("2026-02-03 12:00")
    return circle


def membership(circle, name: str):
    """Of one of them."""
    return circle.group.memberships.get(member=circle[name])


def write(circle, text: str, by: str = "author", **more):
    """A post, now."""
    return PostFactory(topic=circle.topic, author=circle[by], text=text, created_at=datetime.now(UTC), **more)


def sent() -> dict[str, str]:
    """What the hourly task and the worker send, by address; each once."""
    send_group_digests.func(0)
    work(TASK)
    found = {message.to[0]: message.body for message in mail.outbox}
    assert len(found) == len(mail.outbox)
    mail.outbox.clear()
    return found


# ── When ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("zone", "now", "frequency", "end"),
    [
        ("UTC", "2026-02-03 06:59", "daily", "2026-02-02 06:00"),
        ("UTC", "2026-02-03 07:00", "daily", "2026-02-03 06:00"),
        ("Europe/Paris", "2026-02-03 05:59", "daily", "2026-02-02 05:00"),
        ("Europe/Paris", "2026-02-03 06:00", "daily", "2026-02-03 05:00"),
        # The night of 29 March has one hour less.
        ("Europe/Paris", "2026-03-29 04:59", "daily", "2026-03-28 05:00"),
        ("Europe/Paris", "2026-03-29 05:00", "daily", "2026-03-29 04:00"),
        # That of 25 October has one more.
        ("Europe/Paris", "2026-10-25 05:59", "daily", "2026-10-24 04:00"),
        ("Europe/Paris", "2026-10-25 06:00", "daily", "2026-10-25 05:00"),
        ("Europe/Paris", "2026-03-30 04:59", "weekly", "2026-03-23 05:00"),
        ("Europe/Paris", "2026-03-30 05:00", "weekly", "2026-03-30 04:00"),
        ("Pacific/Auckland", "2026-02-01 18:00", "weekly", "2026-02-01 17:00"),
        ("UTC", "2026-02-02 06:59", "weekly", "2026-01-26 06:00"),
        ("UTC", "2026-02-02 07:00", "weekly", "2026-02-02 06:00"),
    ],
)
def test_a_period_ends_at_seven_by_the_clock_of_the_site(settings, zone, now, frequency, end):
    settings.TIME_ZONE = zone
    found = clock.period_end(frequency, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found == datetime.fromisoformat(end).replace(tzinfo=UTC)


@pytest.mark.parametrize("frequency", [Frequency.EACH, Frequency.NONE])
def test_others_have_no_period(frequency):
    assert clock.period_end(frequency, NOW) is None


@pytest.mark.parametrize(
    ("zone", "first"), [("UTC", "2026-03-28"), ("Europe/Paris", "2026-03-28"), ("Europe/Paris", "2026-10-24")]
)
def test_every_post_comes_once_across_the_change_of_the_clocks(reading, at, settings, zone, first):
    settings.TIME_ZONE = zone
    moment = at(f"{first} 03:30", zone)
    reading.group.memberships.update(joined_at=moment)
    told = []
    for hour in range(72):
        now = moment.astimezone(UTC) + timedelta(hours=hour)
        at(now.isoformat(" ")[:19])
        write(reading, f"post-{hour:02}.")
        if body := sent().get(reading["daily"].email):
            assert now.astimezone(ZoneInfo(zone)).hour == 7
            told.append(body)
    assert len(told) == 3
    shown = [int(hour) for body in told for hour in re.findall(r"post-(\d\d)\.", body)]
    assert shown == list(range(1, len(shown) + 1))
    assert len(shown) > 48


# ── What ────────────────────────────────────────────────────────────────────────────────────────
def test_daily_and_weekly_sum_up_what_is_settled(reading, at):
    write(reading, "On Tuesday.")
    at("2026-02-04 06:30")
    write(reading, "Still fresh.")
    at("2026-02-04 07:05")
    bodies = sent()
    assert set(bodies) == {reading["daily"].email}
    assert "On Tuesday." in bodies[reading["daily"].email]
    assert "Still fresh." not in bodies[reading["daily"].email]
    assert sent() == {}
    at("2026-02-05 07:05")
    assert "Still fresh." in sent()[reading["daily"].email]
    at("2026-02-08 23:00")
    assert sent() == {}
    at("2026-02-09 07:05")
    (body,) = sent().values()
    assert "On Tuesday." in body
    assert "Still fresh." in body
    assert sent() == {}


def test_a_summary_leaves_out_what_was_hidden_taken_back_own_or_mailed(reading, at):
    for text in ("hidden", "gone"):
        write(reading, text)
    order.hide(reading.topic.posts.get(text="hidden"), by=reading["animator"])
    actions.take_back(reading.topic.posts.get(text="gone"), by=reading["author"])
    write(reading, "own words", by="daily")
    write(reading, "announced", is_announcement=True)
    write(reading, "naming").mentions.create(member=reading["daily"])
    at("2026-02-04 07:05")
    assert sent() == {}
    assert membership(reading, "daily").digested_until is not None
    write(reading, "left")
    reading.topic.posts.filter(text="left").update(author=None)
    at("2026-02-05 07:05")
    (body,) = sent().values()
    assert "left" in body
    assert "former member" in body
    assert not any(word in body for word in ("hidden", "gone", "own words", "announced", "naming"))


def test_a_summary_has_headers_links_and_an_end(reading, at):
    for number in range(40):
        write(reading, f"text {number} " + "x" * 400)
    at("2026-02-04 07:05")
    send_group_digests.func(0)
    work(TASK)
    (letter,) = mail.outbox
    message = letter.message()
    assert message["Subject"] == f"[{reading.group.name}] 40 new posts"
    assert message["List-Id"] == f"<{reading.slug}.groups.testserver>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "And 10 more posts." in letter.body
    assert f"/en/groups/{reading.slug}/topics/" in letter.body
    assert "x" * 301 not in letter.body


def test_who_changes_to_summaries_gets_none_of_what_came_before(reading, at):
    reading.join("each", frequency=Frequency.EACH)
    reading.join("silent", frequency=Frequency.NONE)
    actions.reply(reading.topic, by=reading["author"], text="Mailed at once")
    mailed()
    mail.outbox.clear()
    at("2026-02-04 07:05")
    sent()
    reading.group.memberships.update(frequency=Frequency.DAILY)
    at("2026-02-05 07:05")
    assert not {reading["each"].email, reading["silent"].email} & set(sent())


def test_who_joins_hears_of_what_came_after(reading, at):
    write(reading, "Before.")
    at("2026-02-03 13:00")
    reading.join("new", frequency=Frequency.DAILY)
    at("2026-02-03 14:00")
    write(reading, "After.")
    at("2026-02-04 07:05")
    body = sent()[reading["new"].email]
    assert "After." in body
    assert "Before." not in body


# ── Half-way ────────────────────────────────────────────────────────────────────────────────────
class Killed(BaseException):
    """As the process would end: no code of ours goes on."""


@pytest.mark.parametrize("has_left", [False, True])
def test_a_worker_that_is_killed_sends_none_twice_and_loses_nothing(reading, at, has_left):
    write(reading, "On Tuesday.")
    at("2026-02-04 07:05")
    own = membership(reading, "daily")

    def killed(*args):
        if has_left:
            real(*args)
        raise Killed

    real = digests.send
    with patch.object(digests, "send", killed), pytest.raises(Killed):
        digests.tell(own.pk)
    assert len(mail.outbox) == has_left
    mail.outbox.clear()
    # Neither a second try of the task nor the next hours send anything for this period.
    assert not digests.tell(own.pk)
    for hour in ("08", "12", "23"):
        at(f"2026-02-04 {hour}:03")
        assert sent() == {}
    write(reading, "On Wednesday.")
    at("2026-02-05 07:03")
    body = sent()[reading["daily"].email]
    assert "On Tuesday." in body
    assert "On Wednesday." in body


def test_a_worker_that_is_killed_before_the_first_mark_has_begun_nothing(reading, at):
    write(reading, "On Tuesday.")
    at("2026-02-04 07:05")
    own = membership(reading, "daily")
    with patch.object(digests.Post.objects, "to_sum_up", side_effect=Killed), pytest.raises(Killed):
        digests.tell(own.pk)
    assert set(sent()) == {reading["daily"].email}


def test_a_mail_server_that_refuses_gets_it_again(reading, at):
    write(reading, "On Tuesday.")
    at("2026-02-04 07:05")
    own = membership(reading, "daily")
    failing = patch.object(digests, "send", side_effect=SMTPServerDisconnected)
    with failing, pytest.raises(SMTPServerDisconnected):
        digests.tell(own.pk)
    assert digests.tell(own.pk)
    assert not digests.tell(own.pk)
    assert len(mail.outbox) == 1


def test_two_hourly_runs_leave_one_task(reading, at):
    write(reading, "On Tuesday.")
    at("2026-02-04 07:05")
    for _run in range(2):
        send_group_digests.func(0)
    assert waiting(TASK).count() == 1


def test_a_task_for_nobody_does_nothing(reading, at):
    assert not digests.tell(10**9)
    own = membership(reading, "daily")
    reading.group.memberships.filter(pk=own.pk).delete()
    assert not digests.tell(own.pk)
