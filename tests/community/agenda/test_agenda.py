"""The agenda: who sees what, by which filters, in how many questions; and no private meeting anywhere else."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.utils import timezone

from community.groups.enums import GroupKind
from community.models import Topic
from community.topics import actions
from community.topics.meetings import Meeting
from community.topics.order import actions as order
from tests.community.topics.conftest import Circle, circle_of
from tests.factories import GroupFactory, PostFactory, TopicFactory
from tests.initiatives.pages import address, page

from .reading import events, lines

pytestmark = pytest.mark.django_db
FEED = "/feeds/agenda.ics"
DAY = timedelta(days=1)


@pytest.fixture
def now(time_machine) -> datetime:
    """A Tuesday at noon."""
    moment = datetime(2026, 2, 3, 12, tzinfo=UTC)
    time_machine.move_to(moment, tick=False)
    return moment


@pytest.fixture(autouse=True)
def _attachments(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"


def planned(circle: Circle, title: str, starts_at: datetime, **more) -> Topic:
    """A meeting, by the action."""
    meeting = Meeting(starts_at, more.pop("ends_at", None), more.pop("place", "The old mill"))
    return actions.begin(circle.group, by=circle["author"], title=title, text="Come.", meeting=meeting).topic


def titles(body: str) -> list[str]:
    """Of the agenda, in order."""
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', body)


def summaries(answer) -> list[str]:
    """Of a calendar, in order."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return [event["SUMMARY"] for event in events(answer.content)]


@pytest.fixture
def circles(now) -> dict[str, Circle]:
    """A group of each kind, with a meeting named by the kind."""
    found = {kind: circle_of(kind) for kind in GroupKind.values}
    for number, (kind, circle) in enumerate(found.items(), 1):
        planned(circle, f"Meeting {kind}", now + number * DAY)
    return found


# ── Who sees what ───────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("role", [None, "outsider", "member", "author", "animator", "moderator", "manager"])
def test_a_private_meeting_stands_in_the_agenda_of_members_alone(client, circles, role):
    if role:
        client.force_login(circles["private"][role])
    body = page(client, "agenda")
    is_inside = role in ("member", "author", "animator")
    assert ("Meeting private" in body) == is_inside
    assert (">private</span>" in body) == is_inside
    assert {"Meeting open", "Meeting public"} <= set(titles(body))


@pytest.mark.parametrize("role", [None, "outsider", "member", "animator", "moderator", "admin"])
def test_no_calendar_tells_of_a_private_group(client, circles, role):
    private = circles["private"]
    if role:
        client.force_login(private[role])
    found = summaries(client.get(FEED))
    assert set(found) == {"Meeting open", "Meeting public"}
    assert private.slug not in client.get(FEED).text
    answer = client.get(FEED, {"group": private.slug})
    assert (answer.status_code, answer.json()["parameter"]) == (400, "group")
    unknown = client.get(FEED, {"group": "nothing-here"})
    assert unknown.json() == answer.json()
    assert client.get(address("group_agenda", private.slug)).status_code == 404


@pytest.mark.parametrize("role", [None, "outsider", "member", "author", "animator", "moderator", "admin"])
def test_one_meeting_is_for_whoever_reads_its_topic(client, circles, role):
    for kind, circle in circles.items():
        topic = circle.group.topics.get(title=f"Meeting {kind}")
        if role:
            client.force_login(circle[role])
        answer = client.get(address("meeting", circle.slug, topic.pk))
        is_open = kind != "private" or role not in (None, "outsider")
        assert answer.status_code == (200 if is_open else 404)
        if is_open:
            assert summaries(answer) == [topic.title]
            assert answer["Content-Disposition"] == f'attachment; filename="meeting-{topic.pk}.ics"'
            assert "no-store" in answer["Cache-Control"]


def test_the_choice_of_groups_names_no_private_one_to_others(client, circles):
    private = circles["private"]
    assert private.group.name not in page(client, "agenda")
    assert client.get(address("agenda"), {"group": private.slug}).status_code == 400
    client.force_login(private["member"])
    answer = client.get(address("agenda"), {"group": private.slug})
    assert titles(answer.text) == ["Meeting private"]
    assert FEED not in answer.text


def test_what_is_hidden_or_archived_stands_nowhere(client, circles):
    shown = circles["open"]
    topic = shown.group.topics.get(title="Meeting open")
    order.hide(topic.posts.get(), by=shown["animator"])
    circles["public"].group.archived_at = timezone.now()
    circles["public"].group.save()
    assert titles(page(client, "agenda")) == []
    assert summaries(client.get(FEED)) == []
    assert summaries(client.get(address("group_agenda", shown.slug))) == []
    assert client.get(address("meeting", shown.slug, topic.pk)).status_code == 404
    assert "Next meeting" not in page(client, "group", shown.slug)
    assert "Next meeting" not in page(client, "group", circles["public"].slug)


def test_a_topic_that_is_no_meeting_has_no_calendar(client, circles):
    circle = circles["open"]
    assert client.get(address("meeting", circle.slug, circle.topic.pk)).status_code == 404
    # Nor one by the address of another group.
    topic = circle.group.topics.get(title="Meeting open")
    assert client.get(address("meeting", circles["public"].slug, topic.pk)).status_code == 404


# ── When ────────────────────────────────────────────────────────────────────────────────────────
def test_meetings_stand_by_day_until_they_are_over(client, now):
    circle = circle_of(GroupKind.OPEN)
    planned(circle, "Over", now - DAY)
    planned(circle, "Long over", now - 10 * DAY, ends_at=now - 9 * DAY)
    planned(circle, "Goes on", now - 2 * DAY, ends_at=now + DAY)
    planned(circle, "Next week", now + 7 * DAY)
    planned(circle, "Tonight", now + timedelta(hours=6))
    body = page(client, "agenda")
    assert titles(body) == ["Goes on", "Tonight", "Next week"]
    days = re.findall(r'<h2 id="day-([\d-]+)">', body)
    assert days == ["2026-02-01", "2026-02-03", "2026-02-10"]
    assert "Tuesday" in body
    assert "The old mill" in body
    assert titles(client.get(address("agenda"), {"past": "1"}).text) == ["Over", "Long over"]
    # Calendars keep for a while what is over.
    assert summaries(client.get(FEED)) == ["Long over", "Goes on", "Over", "Tonight", "Next week"]


def test_the_day_is_that_of_the_clock_of_the_site(client, now, settings):
    circle = circle_of(GroupKind.OPEN)
    settings.TIME_ZONE = "Europe/Paris"
    planned(circle, "Late", datetime(2026, 2, 4, 23, 30, tzinfo=UTC))
    body = page(client, "agenda")
    assert 'id="day-2026-02-05"' in body
    assert "CET" in body


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "No meeting is planned"),
        ({"past": "1"}, "No meeting is over"),
        ({"group": ""}, "No meeting is planned"),
    ],
)
def test_an_empty_agenda_says_what_to_do(client, query, words):
    assert words in client.get(address("agenda"), query).text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"territory": "ZZ-1"}, 400),
        ({"group": "a" * 5_000}, 400),
        ({"group": "' OR 1=1 --"}, 400),
        ({"page": "-3"}, 200),
        ({"page": "x" * 500}, 200),
        ({"past": "maybe"}, 200),
        ({"utm_source": "x", "anything": "y"}, 200),
        ({"group": "\x00"}, 400),
    ],
)
def test_what_is_not_understood_is_answered(client, query, status):
    assert client.get(address("agenda"), query).status_code == status


# ── Filters ─────────────────────────────────────────────────────────────────────────────────────
def test_page_and_calendar_take_the_same_filters(client, now, rhone):
    here, there = circle_of(GroupKind.OPEN), circle_of(GroupKind.PUBLIC)
    here.group.territory = rhone
    here.group.save()
    planned(here, "Here", now + DAY)
    planned(there, "There", now + DAY)
    for query, expected in (
        ({"territory": rhone.code}, ["Here"]),
        ({"group": there.slug}, ["There"]),
        ({"territory": rhone.code, "group": there.slug}, []),
    ):
        answer = client.get(address("agenda"), query)
        assert titles(answer.text) == expected
        offered = re.search(rf'href="({FEED}[^"]*)"', answer.text)[1].replace("&amp;", "&")
        assert summaries(client.get(offered)) == expected
        if not expected:
            assert "No meeting fits" in answer.text
    assert summaries(client.get(address("group_agenda", there.slug))) == ["There"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("colour=red", "colour"),
        ("territory=ZZ-1", "territory"),
        ("group=nothing", "group"),
        ("group=%27%20OR%201=1", "group"),
        ("group=a&group=b", "group"),
        ("group=%00", "group"),
        ("past=1", "past"),
    ],
)
def test_the_calendar_refuses_what_it_does_not_know(client, query, parameter):
    answer = client.get(f"{FEED}?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["parameter"] == parameter


# ── Calendars ───────────────────────────────────────────────────────────────────────────────────
def test_a_change_keeps_the_name_and_raises_the_number(client, now, time_machine):
    circle = circle_of(GroupKind.OPEN)
    topic = planned(circle, "Visit; of, the\\ kitchen", now + DAY, ends_at=now + DAY + timedelta(hours=2))
    (first,) = events(client.get(FEED).content)
    assert first["SUMMARY"] == topic.title
    assert (first["SEQUENCE"], first["DTSTAMP"]) == ("0", "20260203T120000Z")
    assert (first["DTSTART"], first["DTEND"]) == ("20260204T120000Z", "20260204T140000Z")
    assert urlsplit(first["URL"]).path == f"/en/groups/{circle.slug}/topics/{topic.pk}/"
    assert first["CATEGORIES"] == circle.group.name
    time_machine.shift(timedelta(hours=1))
    order.change(topic, by=circle["animator"], title=topic.title, meeting=Meeting(now + 2 * DAY))
    (second,) = events(client.get(FEED).content)
    assert second["UID"] == first["UID"]
    assert (second["SEQUENCE"], second["DTSTAMP"]) == ("1", "20260203T130000Z")
    assert second["DTSTART"] == "20260205T120000Z"
    assert "LOCATION" not in second


def test_the_calendar_is_asked_again_cheaply_and_has_the_same_for_all(client, circles):
    answer = client.get(FEED)
    assert client.get(FEED, headers={"if-none-match": answer["ETag"]}).status_code == 304
    client.force_login(circles["private"]["member"])
    # The name of the calendar is in the language of who asks, its entries are not.
    assert events(client.get(FEED, headers={"accept-language": "de"}).content) == events(answer.content)
    assert all("/en/" in event["URL"] for event in events(answer.content))
    assert "X-WR-CALNAME:" in "\n".join(lines(answer.content))


# ── Questions ───────────────────────────────────────────────────────────────────────────────────
def test_the_number_of_meetings_costs_no_more_questions(client, now, rhone, django_assert_max_num_queries):
    for number in range(40):
        group = GroupFactory(kind=GroupKind.PUBLIC, territory=rhone if number % 2 else None)
        topic = TopicFactory(group=group, title=f"M{number}", starts_at=now + timedelta(hours=number + 1))
        PostFactory(topic=topic)
    cache.clear()
    page(client, "agenda")
    with django_assert_max_num_queries(5):
        body = page(client, "agenda")
    assert titles(body) == [f"M{number}" for number in range(20)]
    assert "Page 1 of 2" in body
    with django_assert_max_num_queries(2):
        assert len(summaries(client.get(FEED))) == 40
