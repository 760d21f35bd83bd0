"""A campaign in figures by day: what is counted, by whose clocks, and that likes stay sealed."""

import csv
import io
import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from campaigns.buzz import figures
from campaigns.enums import NominationState, Phase, Totals
from campaigns.models import Ballot, Like
from community.members.enums import Role
from tests.factories import InitiativeFactory, MemberFactory, TopicFactory
from tests.initiatives.pages import address, page

from .making import campaign_in, nominated

pytestmark = pytest.mark.django_db
STATES = NominationState


@pytest.fixture
def manager(client):
    """Who runs campaigns, signed in."""
    member = MemberFactory(roles=[Role.ANIMATOR], language="en")
    client.force_login(member)
    return member


def like(nomination, at: datetime, **values) -> None:
    """A like past the actions, of somebody new."""
    ballot = Ballot.objects.create(
        campaign=nomination.campaign, member=MemberFactory(), voter=uuid.uuid4(), made_at=at
    )
    Like.objects.create(ballot=ballot, nomination=nomination, theme=nomination.theme, at=at, **values)


def table(client, campaign) -> list[dict]:
    """The CSV, read."""
    answer = client.get(address("campaigns:figures_csv", campaign.slug))
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def filled(phase: str, **fields):
    """A campaign in which something of each kind happened yesterday, and twice as much the day before."""
    campaign = campaign_in(phase, **fields)
    now = timezone.now()
    for back in (1, 2, 2):
        at = now - timedelta(days=back)
        row = nominated(
            campaign, InitiativeFactory(published=True), STATES.SELECTED, made_at=at, answered_at=at
        )
        like(row, at)
        campaign.visits.create(source=f"way-{campaign.visits.count()}", day=at.date(), visits=5)
        topic = TopicFactory(group=campaign.group)
        topic.posts.create(author=topic.author, text="Hello", created_at=at)
    return campaign


def test_each_figure_is_counted_by_its_day(client, manager):
    campaign = filled(Phase.LIKES, totals=Totals.OPEN, time_zone="UTC")
    found = figures.by_day(campaign)
    today = timezone.now().date()
    each = {today - timedelta(days=1): 1, today - timedelta(days=2): 2}
    visits = {day: 5 * number for day, number in each.items()}
    assert list(found) == list(figures.LABELS)
    for name, days in found.items():
        assert days == (visits if name == "visits" else each), name


@pytest.mark.parametrize("phase", [Phase.CALL, Phase.SELECTION, Phase.LIKES])
def test_sealed_likes_are_in_no_figure_before_they_close(client, manager, phase):
    campaign = filled(phase)
    body = page(client, "campaigns:figures", campaign.slug)
    assert "not even you see them before" in body
    assert "chart-likes" not in body
    assert "likes" not in {row["figure"] for row in table(client, campaign)}
    before = (strip(body), table(client, campaign))
    for row in campaign.nominations.all():
        Like.objects.create(
            ballot=campaign.ballots.exclude(likes__nomination=row).first(), nomination=row, theme=row.theme
        )
    assert (strip(page(client, "campaigns:figures", campaign.slug)), table(client, campaign)) == before


def strip(body: str) -> str:
    """A page without what differs from one reading to the next."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", body)


@pytest.mark.parametrize("phase", [Phase.COUNTING, Phase.RESULTS])
def test_closed_likes_are_told(client, manager, phase):
    campaign = filled(phase)
    body = page(client, "campaigns:figures", campaign.slug)
    assert "chart-likes" in body
    assert "not even you" not in body
    assert sum(int(row["number"]) for row in table(client, campaign) if row["figure"] == "likes") == 3


def test_open_totals_are_told_meanwhile(client, manager):
    assert "chart-likes" in page(client, "campaigns:figures", filled(Phase.LIKES, totals=Totals.OPEN).slug)


def test_likes_declared_void_do_not_count(client, manager):
    campaign = filled(Phase.COUNTING)
    row = campaign.nominations.first()
    like(row, timezone.now(), voided_at=timezone.now(), void_reason="A burst.")
    assert sum(figures.by_day(campaign)["likes"].values()) == 3
    assert sum(figures.by_day(campaign)["voters"].values()) == 4


def test_posts_that_are_gone_and_those_of_other_groups_do_not_count(client, manager):
    campaign = filled(Phase.CALL)
    other = TopicFactory()
    other.posts.create(author=other.author, text="Elsewhere")
    hidden = TopicFactory(group=campaign.group)
    hidden.posts.create(author=hidden.author, text="Bad", hidden_at=timezone.now())
    assert sum(figures.by_day(campaign)["posts"].values()) == 3


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Auckland", 11), ("Europe/Paris", 10), ("America/Martinique", 10)]
)
def test_a_day_is_one_of_the_campaign(client, zone, day):
    campaign = campaign_in(Phase.CALL, time_zone=zone)
    nominated(campaign, InitiativeFactory(published=True), made_at=datetime(2026, 11, 10, 13, 0, tzinfo=UTC))
    assert [one.day for one in figures.by_day(campaign)["nominations"]] == [day]


def test_charts_and_table_show_the_same_days(client, manager):
    campaign = filled(Phase.COUNTING, time_zone="UTC")
    charts = figures.charts(campaign, figures.by_day(campaign))
    spans = {tuple(bar.day for bar in chart.bars) for chart in charts}
    assert len(spans) == 1
    days = spans.pop()
    assert days[-1] == timezone.now().date()
    assert list(days) == sorted(days)
    assert {chart.most for chart in charts if chart.name != "visits"} == {2}
    assert {max(bar.height for bar in chart.bars) for chart in charts} == {100}
    lines = figures.table(charts)
    assert [numbers for _day, numbers in lines] == [[1, 1, 1, 1, 5, 1], [2, 2, 2, 2, 10, 2]]
    body = page(client, "campaigns:figures", campaign.slug)
    assert body.count('<svg viewBox="0 0') >= 6


def test_visits_are_told_by_source(client, manager):
    campaign = campaign_in(Phase.CALL)
    today = timezone.localdate()
    for source, number in (("poster", 3), ("mail", 7), ("=evil", 1)):
        campaign.visits.create(source=source, day=today, visits=number)
    assert figures.by_source(campaign) == [("mail", 7), ("poster", 3), ("=evil", 1)]
    rows = [row for row in table(client, campaign) if row["figure"] == "visits"]
    assert [(row["source"], row["number"]) for row in rows] == [
        ("'=evil", "1"),
        ("mail", "7"),
        ("poster", "3"),
    ]


def test_a_draft_has_nothing_to_show_yet(client, manager):
    body = page(client, "campaigns:figures", campaign_in(Phase.DRAFT).slug)
    assert "Nothing has happened yet" in body


def test_long_campaigns_show_their_last_days(client, manager):
    campaign = campaign_in(Phase.CALL)
    campaign.call_from = timezone.now() - timedelta(days=900)
    campaign.save()
    charts = figures.charts(campaign, figures.by_day(campaign))
    assert {len(chart.bars) for chart in charts} == {figures.MOST}


def test_it_asks_the_database_little(client, manager, django_assert_max_num_queries):
    campaign = filled(Phase.COUNTING)
    with django_assert_max_num_queries(20):
        page(client, "campaigns:figures", campaign.slug)
