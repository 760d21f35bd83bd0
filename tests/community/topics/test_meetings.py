"""A topic that is a meeting: what dates it takes, who changes them, where it shows."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.groups.enums import Frequency
from community.models import Post, Topic
from community.tasks import send_group_digests
from community.topics import actions
from community.topics.meetings import NONE, Meeting
from community.topics.order import actions as order
from tests.factories import PostFactory
from tests.initiatives.pages import address, page
from tests.worker import work

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 10, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)
TWO_WEEKS = timedelta(days=14)


def planned(circle, meeting: Meeting, title: str = "Visit") -> Topic:
    """A meeting, by the action."""
    return actions.begin(circle.group, by=circle["author"], title=title, text="Come.", meeting=meeting).topic


def tomorrow() -> datetime:
    """A day from now."""
    return timezone.now() + timedelta(days=1)


# ── Dates ───────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("meeting", "field"),
    [
        (Meeting(AT, AT - HOUR), "ends_at"),
        (Meeting(AT, AT + TWO_WEEKS + timedelta(seconds=1)), "ends_at"),
        (Meeting(None, AT), "starts_at"),
        (Meeting(None, None, "The mill"), "starts_at"),
        (Meeting(AT, None, "x" * 201), "place"),
        (Meeting(AT.replace(year=1999)), "starts_at"),
        (Meeting(AT.replace(year=2100)), "starts_at"),
        (Meeting(AT, AT), None),
        (Meeting(AT, AT + TWO_WEEKS, "x" * 200), None),
        (Meeting(AT, None, " The \r\n mill\x00 "), None),
        (NONE, None),
    ],
)
def test_each_date_is_taken_or_refused_beside_its_field(circle, meeting, field):
    if field is None:
        topic = planned(circle, meeting)
        topic.refresh_from_db()
        assert topic.meeting == meeting.checked()
        assert topic.place in ("", "x" * 200, "The mill")
        return
    with pytest.raises(ValidationError) as refused:
        planned(circle, meeting)
    assert set(refused.value.message_dict) == {field}
    assert not Topic.objects.filter(title="Visit").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_at": AT, "ends_at": AT - HOUR},
        {"starts_at": AT, "ends_at": AT + TWO_WEEKS + HOUR},
        {"ends_at": AT},
        {"place": "The mill"},
    ],
)
def test_the_database_keeps_the_promise_too(circle, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=circle.topic.pk).update(**wrong)


# ── The form ────────────────────────────────────────────────────────────────────────────────────
def sent(client, circle, **fields):
    """The answer to the form of a new topic."""
    client.force_login(circle["author"])
    return client.post(address("topic_new", circle.slug), {"title": "Visit", "text": "Come.", **fields})


def test_times_are_those_of_the_clock_of_the_site(client, circle, settings):
    settings.TIME_ZONE = "Europe/Paris"
    client.force_login(circle["author"])
    body = page(client, "topic_new", circle.slug)
    assert body.count('type="datetime-local"') == 2
    assert "Time zone: Europe/Paris" in body
    answer = sent(client, circle, starts_at="2026-07-10T18:00", ends_at="2026-07-10T20:00", place="The mill")
    topic = Topic.objects.get(title="Visit")
    assert answer.status_code == 302
    assert topic.starts_at == datetime(2026, 7, 10, 16, tzinfo=UTC)
    assert topic.ends_at == datetime(2026, 7, 10, 18, tzinfo=UTC)
    assert "CEST" in topic.when
    client.force_login(circle["author"])
    assert 'value="2026-07-10T18:00"' in page(client, "topic_change", circle.slug, topic.pk)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"starts_at": "yesterday"}, "starts_at"),
        ({"starts_at": "2026-02-30T18:00"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00"}, "starts_at"),
        ({"starts_at": "9999-12-31T23:59"}, "starts_at"),
        ({"starts_at": "275760-01-01T00:00"}, "starts_at"),
        # An hour that is not there, and one that is there twice.
        ({"starts_at": "2026-03-29T02:30"}, "starts_at"),
        ({"starts_at": "2026-10-25T02:30"}, "starts_at"),
        ({"starts_at": "2026-07-10T18:00", "ends_at": "2026-07-10T17:00"}, "ends_at"),
        ({"ends_at": "2026-07-10T17:00"}, "starts_at"),
        ({"starts_at": "2026-07-10T18:00", "place": "x" * 5_000}, "place"),
    ],
)
def test_what_is_no_date_is_told_beside_its_field(client, circle, settings, fields, wrong):
    settings.TIME_ZONE = "Europe/Paris"
    answer = sent(client, circle, **fields)
    assert answer.status_code == 400
    assert f'id="id_{wrong}_error"' in answer.text
    assert not Topic.objects.filter(title="Visit").exists()


# ── Changing ────────────────────────────────────────────────────────────────────────────────────
def test_another_date_is_marked_on_the_first_post(client, circle):
    topic = planned(circle, Meeting(tomorrow(), None, "The mill"))
    last = actions.reply(topic, by=circle["member"], text="I come")
    changed = order.change(topic, by=circle["author"], title="Visit", meeting=topic.meeting)
    assert (changed.meeting_edits, Post.objects.filter(topic=topic).exclude(edited_at=None).count()) == (0, 0)
    client.force_login(circle["author"])
    form = {"title": "Visit", "starts_at": "2030-01-02T18:00", "ends_at": "", "place": "The kitchen"}
    assert client.post(address("topic_change", circle.slug, topic.pk), form).status_code == 302
    topic.refresh_from_db()
    assert (topic.place, topic.meeting_edits) == ("The kitchen", 1)
    assert topic.posts.in_order().first().edited_at
    last.refresh_from_db()
    assert last.edited_at is None
    # Only its title: the date stays.
    order.change(topic, by=circle["animator"], title="A visit")
    topic.refresh_from_db()
    assert (topic.title, topic.place, topic.meeting_edits) == ("A visit", "The kitchen", 2)
    order.change(topic, by=circle["animator"], title="A visit", meeting=NONE)
    topic.refresh_from_db()
    assert (topic.starts_at, topic.place, topic.meeting_edits) == (None, "", 3)


def test_another_title_of_what_is_no_meeting_marks_nothing(circle):
    order.change(circle.topic, by=circle["animator"], title="Flour for April")
    circle.post.refresh_from_db()
    assert circle.post.edited_at is None


@pytest.mark.parametrize("role", ["outsider", "member", "author", "animator", "moderator"])
def test_the_button_stands_where_the_page_opens(client, circle, role):
    client.force_login(circle[role])
    change = address("topic_change", circle.slug, circle.topic.pk)
    is_allowed = role in ("author", "animator", "moderator")
    assert (change in page(client, "topic", circle.slug, circle.topic.pk)) == is_allowed
    assert client.get(change).status_code == (200 if is_allowed else 403)
    order.close(circle.topic, by=circle["animator"])
    assert (client.get(change).status_code == 200) == (role in ("animator", "moderator"))


# ── Where it shows ──────────────────────────────────────────────────────────────────────────────
def test_date_and_place_stand_on_the_topic_the_list_and_the_group(client, circle):
    planned(circle, Meeting(tomorrow() + TWO_WEEKS), title="Later")
    topic = planned(circle, Meeting(tomorrow(), None, "<b>The mill</b>"))
    link = address("meeting", circle.slug, topic.pk)
    for name, args in (
        ("topic", (circle.slug, topic.pk)),
        ("topics", (circle.slug,)),
        ("group", (circle.slug,)),
    ):
        body = page(client, name, *args)
        assert topic.when in body
        assert "&lt;b&gt;The mill&lt;/b&gt;" in body
        assert (link in body) == (name != "topics")
    (shown,) = re.findall(r'Next meeting</p><h2 class="title--side"><a href="[^"]+">([^<]+)</a>', body)
    assert shown == "Visit"


def test_a_summary_begins_with_the_meetings_of_the_coming_week(circle, time_machine):
    time_machine.move_to(datetime(2026, 2, 3, 5, tzinfo=UTC), tick=False)
    circle.join("daily", frequency=Frequency.DAILY)
    time_machine.shift(timedelta(minutes=10))
    planned(circle, Meeting(timezone.now() + timedelta(days=3), None, "The mill"), title="This week")
    planned(circle, Meeting(timezone.now() + timedelta(days=9)), title="Next week")
    PostFactory(topic=circle.topic, author=circle["author"], text="Six sacks.", created_at=timezone.now())
    mail.outbox.clear()
    time_machine.move_to(datetime(2026, 2, 3, 7, 5, tzinfo=UTC), tick=False)
    send_group_digests.func(0)
    work("send_group_digest")
    (letter,) = [one for one in mail.outbox if one.to == [circle["daily"].email]]
    assert "Meetings of the coming week:" in letter.body
    first, _heading, rest = letter.body.partition("Flour for March")
    assert "This week: 6 February 2026, 05:10 UTC, The mill" in first
    assert "Six sacks." in rest
    assert "Next week:" not in letter.body
