"""Sessions of training in the agenda: by day, between meetings, on the page and in calendars."""

from datetime import UTC, date, datetime, timedelta

import pytest

from community.models import Topic
from tests.factories import ExchangeFactory, GroupFactory, TopicFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def now(time_machine):
    """A day in May."""
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def course(bakery):
    """Two days of training, one of them over."""
    return ExchangeFactory(
        initiative=bakery,
        category="training",
        title="Sourdough",
        language="en",
        dates=[TODAY - timedelta(days=3), TODAY + timedelta(days=4)],
        details={"format": "on-site"},
    )


def meeting(days: int, title: str = "We meet") -> Topic:
    """A meeting so many days from now."""
    return TopicFactory(group=GroupFactory(), title=title, starts_at=NOW + timedelta(days=days))


def page(client, query: str = "") -> str:
    """The agenda in English."""
    answer = client.get(f"/en/agenda/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_sessions_stand_between_meetings_by_day(client, course):
    meeting(3, "Before")
    meeting(5, "After")
    meeting(4, "The same day")
    body = page(client)
    titles = ["Before", "Sourdough", "The same day", "After"]
    assert sorted(titles, key=body.index) == titles
    assert body.count("Sourdough") == 1
    assert body.count('id="day-2026-05-08"') == 1
    assert "4 dates" in body
    assert f'href="/en/exchange/{course.pk}/"' in body
    assert course.initiative.name in body
    past = page(client, "?past=1")
    assert past.count("Sourdough") == 1
    assert "day-2026-05-01" in past


def test_a_session_of_today_still_comes(client):
    ExchangeFactory(category="training", title="Today", dates=[TODAY])
    assert "Today" in page(client)
    assert "Today" not in page(client, "?past=1")


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "need"},
        {"category": "experience"},
        {"status": "expired", "ended_at": NOW},
        {"author__is_active": False},
        {"dates": []},
    ],
)
def test_nothing_else_stands_there(client, other):
    ExchangeFactory(
        **{"category": "training", "title": "Not this", "dates": [TODAY + timedelta(days=1)]} | other
    )
    assert "Not this" not in page(client)
    assert b"Not this" not in client.get("/feeds/agenda.ics").content


def test_a_group_has_no_training_and_a_territory_its_own(client, course, rhone):
    group = GroupFactory(slug="ovens", territory=rhone)
    TopicFactory(group=group, starts_at=NOW + timedelta(days=1))
    for door in ("/en/agenda/", "/feeds/agenda.ics"):
        assert b"Sourdough" in client.get(f"{door}?territory=FR-69").content
        assert b"Sourdough" not in client.get(f"{door}?group=ovens").content
    course.position.x = 2.35
    course.save()
    assert b"Sourdough" not in client.get("/feeds/agenda.ics?territory=FR-69").content
    assert b"Sourdough" not in client.get("/en/groups/ovens/agenda.ics").content


def test_a_calendar_has_whole_days_and_the_last_month(client, course):
    lines = client.get("/feeds/agenda.ics").content.decode().split("\r\n")
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20260501",
        "DTSTART;VALUE=DATE:20260508",
    ]
    assert "LOCATION:Lyon" in lines
    assert f"URL:http://testserver/exchange/{course.pk}/" in lines
    assert len({line for line in lines if line.startswith("UID:")}) == 2
    course.dates = [date(2026, 1, 5), date(2026, 6, 5)]
    course.save()
    assert client.get("/feeds/agenda.ics").content.count(b"BEGIN:VEVENT") == 1


def test_pages_of_both_are_one_list(client, course, django_assert_max_num_queries):
    for number in range(25):
        meeting(1 + number, f"Meeting {number:02}")
        ExchangeFactory(
            category="training", title=f"Training {number:02}", dates=[TODAY + timedelta(days=number)]
        )
    with django_assert_max_num_queries(7):
        first = page(client)
    assert "51 dates" in first
    found = [page(client, f"?page={number}").count('<li class="topic">') for number in (1, 2, 3)]
    assert found == [20, 20, 11]
    with django_assert_max_num_queries(3):
        feed = client.get("/feeds/agenda.ics")
    assert feed.content.count(b"BEGIN:VEVENT") == 52
