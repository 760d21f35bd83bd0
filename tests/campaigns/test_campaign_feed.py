"""The feed of campaigns: what happened, in its order; never a like, and nothing before its time."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from campaigns.enums import NominationState, Phase
from campaigns.models import Campaign, Nomination
from tests.factories import InitiativeFactory

from .making import campaign_in, nominated
from .test_campaign_pages import liked

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
STATES = NominationState


def feed(client, query: str = "") -> ElementTree.Element:
    """The feed, read."""
    answer = client.get(f"/feeds/campaigns.atom{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def titles(client, query: str = "") -> list[str]:
    """What each entry is called, in order."""
    return [entry.findtext(f"{ATOM}title") for entry in feed(client, query).iter(f"{ATOM}entry")]


@pytest.mark.parametrize(
    ("phase", "told"),
    [
        (Phase.DRAFT, []),
        (Phase.CALL, ["call"]),
        (Phase.SELECTION, ["selection", "call"]),
        (Phase.LIKES, ["likes", "selection", "call"]),
        (Phase.COUNTING, ["counting", "likes", "selection", "call"]),
        (Phase.RESULTS, ["results", "counting", "likes", "selection", "call"]),
    ],
)
def test_phases_that_came_are_told_the_newest_first(client, phase, told):
    campaign_in(phase)
    assert titles(client) == [f"States General 2027 – {word}" for word in told]


def test_a_phase_comes_by_what_is_stored_and_not_by_the_clock(client):
    campaign = campaign_in(Phase.LIKES)
    Campaign.objects.filter(pk=campaign.pk).update(phase=Phase.SELECTION)
    assert "States General 2027 – likes" not in titles(client)


def test_what_was_selected_and_laureates_are_told_with_their_phase(client, bakery):
    campaign = campaign_in(Phase.SELECTION)
    nominated(campaign, bakery, STATES.SELECTED)
    other = nominated(campaign, InitiativeFactory(name="A House", published=True), STATES.ACCEPTED)
    selected = f"{bakery.name} was selected in “States General 2027”"
    laureate = f"{bakery.name} is a laureate of “States General 2027”"
    assert selected not in titles(client)
    Campaign.objects.filter(pk=campaign.pk).update(phase=Phase.LIKES)
    assert titles(client)[:2] == ["States General 2027 – likes", selected]
    assert not any(other.initiative.name in title for title in titles(client))
    Nomination.objects.filter(initiative=bakery).update(state=STATES.LAUREATE)
    Campaign.objects.filter(pk=campaign.pk).update(phase=Phase.COUNTING)
    assert laureate not in titles(client)
    Campaign.objects.filter(pk=campaign.pk).update(phase=Phase.RESULTS)
    found = titles(client)
    assert found[:2] == ["States General 2027 – results", laureate]
    assert found.count(selected) == 1


@pytest.mark.parametrize("state", [STATES.PROPOSED, STATES.ACCEPTED, STATES.DECLINED, STATES.WITHDRAWN])
@pytest.mark.parametrize("phase", Phase)
def test_others_are_never_told(client, bakery, phase, state):
    nominated(campaign_in(phase), bakery, state)
    assert not any(bakery.name in title for title in titles(client))


def test_an_initiative_that_leaves_the_map_leaves_the_feed(client, bakery):
    nominated(campaign_in(Phase.LIKES), bakery, STATES.SELECTED)
    assert any(bakery.name in title for title in titles(client))
    type(bakery).objects.filter(pk=bakery.pk).update(status="archived")
    assert not any(bakery.name in title for title in titles(client))


def test_likes_change_nothing_before_the_results_and_no_order_with_them(client):
    campaign = campaign_in(Phase.LIKES)
    rows = [
        nominated(campaign, InitiativeFactory(name=name, published=True), STATES.SELECTED)
        for name in ("Cider", "Apples", "Bread")
    ]
    before = client.get("/feeds/campaigns.atom").content
    for number, row in enumerate(rows):
        liked(row, 3 * number + 1)
    assert client.get("/feeds/campaigns.atom").content == before
    for row, count in zip(rows, (9, 1, 5), strict=True):
        Nomination.objects.filter(pk=row.pk).update(state=STATES.LAUREATE, likes_counted=count, place=1)
    Campaign.objects.filter(pk=campaign.pk).update(phase=Phase.RESULTS)
    laureates = [title for title in titles(client) if "laureate" in title]
    assert [title.split()[0] for title in laureates] == ["Apples", "Bread", "Cider"]


def test_one_campaign_has_a_feed_of_its_own(client):
    one = campaign_in(Phase.CALL, titles={"en": "One"})
    campaign_in(Phase.LIKES, titles={"en": "Two"})
    assert titles(client, f"?campaign={one.slug}") == ["One – call"]
    assert len(titles(client)) == 4
    root = feed(client, f"?campaign={one.slug}")
    assert root.findtext(f"{ATOM}title") == "One"


def test_what_is_no_campaign_is_refused_and_a_draft_is_none(client):
    draft = campaign_in(Phase.DRAFT)
    for query in (
        f"campaign={draft.slug}",
        "campaign=nothing",
        "campaign=",
        "theme=x",
        "campaign=a&campaign=b",
    ):
        answer = client.get(f"/feeds/campaigns.atom?{query}")
        assert answer.status_code == 400
        assert answer.json()["parameter"] == query.split("=")[0]


def test_it_speaks_english_or_the_language_that_is_asked_for(client):
    campaign_in(Phase.CALL, titles={"en": "States General", "fr": "États généraux"})
    assert titles(client)[0].startswith("States General")
    root = feed(client, "?lang=fr")
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title").startswith("États généraux")
    assert "/fr/campaigns/" in entry.find(f"{ATOM}link").get("href")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"


def test_entries_keep_their_name_and_lead_to_pages(client, bakery):
    campaign = campaign_in(Phase.LIKES)
    nominated(campaign, bakery, STATES.SELECTED)
    entries = list(feed(client).iter(f"{ATOM}entry"))
    names = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(names)) == len(names) == 4
    for entry in entries:
        link = entry.find(f"{ATOM}link").get("href")
        assert client.get("/" + link.split("/", 3)[3]).status_code == 200
    Campaign.objects.filter(pk=campaign.pk).update(titles={"en": "Another title"})
    assert [entry.findtext(f"{ATOM}id") for entry in feed(client).iter(f"{ATOM}entry")] == names


def test_it_is_asked_for_again_cheaply(client):
    campaign_in(Phase.CALL)
    first = client.get("/feeds/campaigns.atom")
    again = client.get("/feeds/campaigns.atom", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


def test_it_costs_two_statements_however_many_there_are(client, django_assert_max_num_queries):
    for _number in range(3):
        campaign = campaign_in(Phase.RESULTS)
        for _row in range(4):
            nominated(campaign, InitiativeFactory(published=True), STATES.LAUREATE)
    with django_assert_max_num_queries(2):
        assert len(titles(client)) == 3 * (5 + 8)


def test_what_xml_cannot_hold_is_left_out(client):
    initiative = InitiativeFactory(published=True)
    nominated(campaign_in(Phase.LIKES), initiative, STATES.SELECTED, pitch="A\x0bb <c> & d")
    entry = next(
        one for one in feed(client).iter(f"{ATOM}entry") if "selected" in one.findtext(f"{ATOM}title")
    )
    assert entry.findtext(f"{ATOM}summary") == "Ab <c> & d"


def test_what_is_long_ends_after_a_hundred_entries(client):
    for number in range(30):
        campaign = campaign_in(Phase.RESULTS)
        Campaign.objects.filter(pk=campaign.pk).update(
            results_from=campaign.results_from + timedelta(minutes=number)
        )
    assert len(titles(client)) == 100
