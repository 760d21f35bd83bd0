"""Links with a source: what counts as a visit, what is kept of it, and that nobody fills the table."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from campaigns.buzz import links, visiting
from campaigns.enums import NominationState, Phase
from campaigns.models import CampaignVisit
from community.members.enums import Role
from geoportal.settings import people as site
from tests.factories import MemberFactory
from tests.initiatives.pages import address

from .heard import FIREFOX, standing_in
from .making import campaign_in, nominated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unhurried():
    """No visits of another test are remembered."""
    cache.clear()


def page_of(campaign) -> str:
    """Its page in English."""
    return address("campaign", campaign.slug)


def visit(client, where: str, source: str = "poster", agent: str = FIREFOX, **headers):
    """A person follows a link."""
    return client.get(f"{where}?source={source}", headers={"user-agent": agent, **headers})


def kept() -> list[tuple]:
    """All sums."""
    rows = CampaignVisit.objects.order_by("pk")
    return list(rows.values_list("campaign", "nomination", "source", "visits"))


def test_visits_add_up_by_page_source_and_day(client, bakery):
    nomination = standing_in(Phase.LIKES, bakery)
    campaign = nomination.campaign
    nominee = address("campaigns:nominee", campaign.slug, nomination.pk)
    for where, source in (
        (page_of(campaign), "poster"),
        (page_of(campaign), "poster"),
        (page_of(campaign), "Poster"),
        (nominee, "poster"),
        (page_of(campaign), "letter-3"),
    ):
        answer = visit(client, where, source)
        assert answer.status_code == 200
        assert not answer.cookies.get("sessionid")
    assert kept() == [
        (campaign.pk, None, "poster", 3),
        (campaign.pk, nomination.pk, "poster", 1),
        (campaign.pk, None, "letter-3", 1),
    ]


def test_nothing_of_the_visitor_is_kept():
    assert [field.name for field in CampaignVisit._meta.fields] == [
        "id",
        "campaign",
        "nomination",
        "source",
        "day",
        "visits",
    ]


@pytest.mark.parametrize("source", ["", "a b", "été", "x" * 25, "a_b", "'--", "%3Cb%3E", "a/b"])
def test_what_is_no_name_is_not_counted_and_harms_nothing(client, source):
    assert visit(client, page_of(campaign_in(Phase.CALL)), source).status_code == 200
    assert kept() == []


@pytest.mark.parametrize(
    "agent", ["", "curl/8.5.0", "facebookexternalhit/1.1", "Mozilla/5.0 (Googlebot/2.1)"]
)
def test_programs_are_no_visitors(client, agent):
    visit(client, page_of(campaign_in(Phase.CALL)), agent=agent)
    assert kept() == []


def test_asking_for_the_head_and_fetching_ahead_do_not_count(client):
    where = page_of(campaign_in(Phase.CALL))
    client.head(f"{where}?source=poster", headers={"user-agent": FIREFOX})
    visit(client, where, **{"sec-purpose": "prefetch"})
    assert kept() == []


def test_those_who_run_campaigns_are_no_visitors_and_members_are(client):
    where = page_of(campaign_in(Phase.CALL))
    client.force_login(MemberFactory(roles=[Role.ANIMATOR], language="en"))
    visit(client, where)
    assert kept() == []
    client.force_login(MemberFactory(language="en"))
    visit(client, where)
    assert len(kept()) == 1


def test_pages_that_not_everyone_sees_do_not_count(client, bakery):
    draft = campaign_in(Phase.DRAFT)
    assert visit(client, page_of(draft)).status_code == 404
    by = MemberFactory(language="en")
    waiting = nominated(campaign_in(Phase.CALL), bakery, NominationState.PROPOSED, by=by)
    client.force_login(by)
    where = address("campaigns:nominee", waiting.campaign.slug, waiting.pk)
    assert visit(client, where).status_code == 200
    assert kept() == []


def test_one_network_does_not_count_for_many(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"campaign_visit": site.ACCOUNT_RATE_LIMITS["campaign_visit"]}
    where = page_of(campaign_in(Phase.CALL))
    for _turn in range(35):
        assert visit(client, where).status_code == 200
    assert [row[-1] for row in kept()] == [30]


def test_made_up_names_are_all_the_same_and_ours_stay(client, monkeypatch):
    monkeypatch.setattr(visiting, "MOST", 3)
    where = page_of(campaign_in(Phase.CALL))
    for name in ("a", "b", "c", "d", "e", "a", "poster", "mail", "f"):
        visit(client, where, name)
    sums = {row[2]: row[3] for row in kept()}
    assert sums == {"a": 2, "b": 1, "c": 1, "other": 3, "poster": 1, "mail": 1}
    # Of another campaign they are new.
    visit(client, page_of(campaign_in(Phase.CALL)), "d")
    assert kept()[-1][2] == "d"


def test_the_day_is_that_of_the_campaign(client, stop_clock):
    campaigns = [
        campaign_in(Phase.CALL, time_zone=zone) for zone in ("Pacific/Auckland", "America/Martinique")
    ]
    stop_clock(timezone.now().replace(hour=13, minute=0))
    today = timezone.now().date()
    for campaign in campaigns:
        visit(client, page_of(campaign))
    days = list(CampaignVisit.objects.order_by("pk").values_list("day", flat=True))
    assert days == [today + timedelta(days=1), today]


def test_sums_go_after_two_years():
    campaign = campaign_in(Phase.RESULTS)
    for day in (date(2024, 1, 1), date(2024, 2, 1), date(2026, 1, 1)):
        campaign.visits.create(source="poster", day=day, visits=2)
    assert visiting.forget(date(2026, 1, 20)) == 1
    assert campaign.visits.count() == 2


def test_links_onward_have_no_source_and_the_page_without_is_canonical(client, bakery):
    nomination = standing_in(Phase.LIKES, bakery)
    for where in (
        page_of(nomination.campaign),
        address("campaigns:nominee", nomination.campaign.slug, nomination.pk),
    ):
        body = client.get(f"{where}?source=poster").content.decode()
        assert '<link rel="canonical" href="http' in body
        assert f'{where}">' in body
        assert "source=poster" not in body


@pytest.mark.parametrize(
    ("asked", "onward"),
    [
        ("", ""),
        ("?theme=a", "?theme=a"),
        ("?source=x", ""),
        ("?source=x&theme=a%20b&source=y", "?theme=a+b"),
    ],
)
def test_other_parameters_stay_in_an_address(rf, asked, onward):
    assert links.uncounted(rf.get(f"/en/campaigns/x/{asked}")) == f"/en/campaigns/x/{onward}"


@pytest.mark.django_db(transaction=True)
def test_visits_at_once_are_all_counted():
    campaign = campaign_in(Phase.CALL)
    where = page_of(campaign)

    def follow(number: int) -> int:
        try:
            answer = visit(Client(REMOTE_ADDR=f"192.0.2.{number}"), where)
        finally:
            connection.close()
        return answer.status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(follow, range(1, 25))) == {200}
    assert kept() == [(campaign.pk, None, "poster", 24)]
