"""A meeting alone is told of in a summary, once, when it comes within a week."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from community.groups import actions as groups
from community.groups.enums import Frequency
from community.tasks import send_group_digests
from tests.factories import PostFactory, TopicFactory
from tests.worker import work

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)


@pytest.fixture
def meeting(circle, time_machine, settings):
    """A group with a reader each day and one each week; a meeting in ten days, told of long ago."""
    settings.TIME_ZONE = "UTC"
    time_machine.move_to(NOON, tick=False)
    for name, frequency in (("daily", Frequency.DAILY), ("weekly", Frequency.WEEKLY)):
        circle.join(name, frequency=frequency)
    topic = TopicFactory(group=circle.group, title="Visit of the mill", starts_at=NOON + timedelta(days=10))
    PostFactory(topic=topic, created_at=NOON - timedelta(days=30))
    sent()
    return topic


def sent() -> list[tuple[str, str]]:
    """To whom summaries go now, and their subject."""
    send_group_digests.func(0)
    work("send_group_digest")
    found = [(message.to[0], message.subject) for message in mail.outbox]
    mail.outbox.clear()
    return sorted(found)


def days(time_machine, circle, number: int) -> dict[int, set[str]]:
    """Who got a summary on which of the next days."""
    names = {circle[name].email: name for name in ("daily", "weekly")}
    found = {}
    for day in range(1, number):
        time_machine.move_to(NOON + timedelta(days=day), tick=False)
        if told := {names[to] for to, _subject in sent() if to in names}:
            found[day] = told
    return found


def test_each_reader_hears_of_it_once_before_it_is(meeting, circle, time_machine):
    told = days(time_machine, circle, 15)
    assert sorted(name for names in told.values() for name in names) == ["daily", "weekly"]
    assert all(day < 10 for day in told)


def test_the_letter_says_what_it_is_about(meeting, circle, time_machine):
    for day in range(1, 5):
        time_machine.move_to(NOON + timedelta(days=day), tick=False)
        send_group_digests.func(0)
        work("send_group_digest")
    (letter,) = [message for message in mail.outbox if message.to == [circle["daily"].email]]
    assert letter.subject.endswith("1 meeting in the coming week")
    assert "Visit of the mill" in letter.body
    assert f"/groups/{circle.group.slug}/topics/{meeting.pk}/" in letter.body
    assert letter.extra_headers["List-Unsubscribe"]


def test_a_group_that_is_put_away_meets_no_more(meeting, circle, time_machine):
    groups.archive(circle.group, by=None)
    assert days(time_machine, circle, 15) == {}


def test_what_has_no_first_post_that_is_read_is_not_told_of(meeting, circle, time_machine):
    meeting.posts.update(hidden_at=NOON)
    assert days(time_machine, circle, 15) == {}
