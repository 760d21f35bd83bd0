"""Campaigns as a selection: the same set at every door, and nothing that everyone is not told at any."""

import json
import re

import pytest
from django.core.management import call_command

from campaigns.enums import SHOWN, NominationState, Phase
from campaigns.models import Campaign, Nomination
from geo.freshness import latest
from initiatives.enums import Status
from initiatives.following.words import of_query
from initiatives.models import Initiative
from tests.factories import InitiativeFactory
from tests.initiatives.asking import asked, by_sql, counted
from tests.initiatives.following import Copy, exported, listed
from tests.initiatives.pages import address

from .making import campaign_in, nominated

pytestmark = pytest.mark.django_db(transaction=True)
CONDITION = "?campaign=general"
EXPECTED = {"le-fournil-des-deux-rives", "le-four"}


@pytest.fixture
def general(bakery) -> Campaign:
    """A call in which two stand; others declined, wait, or are published nowhere; one stands in another campaign."""
    made = campaign_in(Phase.CALL, slug="general")
    nominated(made, bakery)
    nominated(made, InitiativeFactory(name="Le Four", published=True))
    nominated(made, InitiativeFactory(name="Draft"))
    for state in (NominationState.PROPOSED, NominationState.DECLINED, NominationState.WITHDRAWN):
        nominated(made, InitiativeFactory(name=f"Atelier {state}", published=True), state)
    nominated(campaign_in(Phase.CALL, slug="other"), InitiativeFactory(name="Elsewhere", published=True))
    return made


def slugs(features) -> set[str]:
    """Of Features."""
    return {feature["properties"]["slug"] for feature in features}


def matched(client, query: str = CONDITION) -> int:
    """How many the index finds."""
    return asked(client, f"/api/count{query}").json()["matched"]


# ── One set ─────────────────────────────────────────────────────────────────────────────────────
def test_every_door_gives_the_same_set(client, general):
    for query in ("?campaign=general", "?campaign=general,general", "?campaign=general&campaign=general"):
        assert matched(client, query) == 2
        assert slugs(client.get(f"/api/initiatives/{query}").json()["features"]) == EXPECTED
    assert matched(client, "?campaign=general,other") == 3
    assert by_sql(client, f"/api/count{CONDITION}").json()["matched"] == 2
    for tile in ("0/0/0", "6/32/22"):
        assert asked(client, f"/tiles/initiatives/{tile}.json{CONDITION}").json()["matched"] == 2
        assert by_sql(client, f"/tiles/initiatives/{tile}.json{CONDITION}").json()["matched"] == 2
    assert (
        slugs(json.loads(client.get(f"/exports/initiatives.geojson{CONDITION}").getvalue())["features"])
        == EXPECTED
    )
    items = client.get(
        f"/ogc/collections/initiatives/items{CONDITION}", headers={"accept": "application/geo+json"}
    )
    assert slugs(items.json()["features"]) == EXPECTED
    assert client.get(f"/feeds/initiatives.atom{CONDITION}").content.count(b"<entry>") == 2
    for name in ("initiatives", "initiative_rows", "initiative_panel", "map", "embed", "figures", "data"):
        assert client.get(f"{address(name)}{CONDITION}").status_code == 200, name
    assert client.get(f"{address('initiative_rows')}{CONDITION}")["X-Matched"] == "2"
    framed = client.get("/oembed", {"url": f"http://testserver{address('campaign', 'general')}"})
    assert "campaign=general" in framed.json()["html"]


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase != Phase.DRAFT])
def test_each_phase_shows_what_its_pages_show(client, general, phase):
    for state in NominationState:
        nominated(general, InitiativeFactory(name=f"One {state}", published=True), state)
    Campaign.objects.filter(pk=general.pk).update(phase=phase)
    expected = set(
        Nomination.objects.filter(campaign=general).shown_in(phase).values_list("initiative__slug", flat=True)
    )
    assert {f"one-{state}" for state in SHOWN[phase]} <= expected
    assert slugs(client.get(f"/api/initiatives/{CONDITION}").json()["features"]) == expected
    assert matched(client) == by_sql(client, f"/api/count{CONDITION}").json()["matched"] == len(expected)
    told = {
        feature["properties"]["slug"]
        for feature in exported().values()
        if "general" in feature["properties"]["campaigns"]
    }
    assert told == expected
    call_command("check_map_index")


def test_the_index_answers_without_the_database(client, general):
    for number in range(20):
        nominated(general, InitiativeFactory(name=f"Number {number}", published=True))
    assert matched(client) == 22
    with counted() as statements:
        assert asked(client, f"/api/count{CONDITION}&bbox=4,45,6,47").json()["matched"] == 22
    assert not [sql for sql in statements if "campaigns_nomination" in sql]


DOORS = [
    "/api/count",
    "/api/initiatives/",
    "/tiles/initiatives.json",
    "/tiles/initiatives/0/0/0.json",
    "/tiles/initiatives/0/0/0.mvt",
    "/tiles/initiatives/4/7-9/4-6.json",
    "/exports/initiatives.geojson",
    "/exports/network.csv",
    "/ogc/collections/initiatives/items",
    "/feeds/initiatives.atom",
    "/en/",
    "/en/initiatives/",
    "/en/initiatives/rows/",
    "/en/initiatives/panel/",
    "/en/embed/",
    "/en/embed/build/",
    "/en/data/",
    "/en/figures/figures.csv",
]


@pytest.mark.parametrize("door", DOORS)
def test_one_in_preparation_answers_as_one_that_is_not_there(client, cast, bakery, door):
    nominated(campaign_in(Phase.DRAFT, slug="quietly", titles={"en": "Hush"}), bakery)
    for role in (None, "animator"):
        if role:
            client.force_login(cast[role])
        draft, unknown = (client.get(f"{door}?campaign={slug}") for slug in ("quietly", "nothing"))
        assert draft.status_code == unknown.status_code == 400, role
        assert len(draft.content.decode().replace("quietly", "nothing")) == len(unknown.content.decode()), (
            role
        )
        assert "Hush" not in draft.content.decode()


@pytest.mark.parametrize("value", ["", ",", "general,nothing", "general%00", "x" * 500, "' OR 1=1"])
def test_what_is_no_campaign_is_refused_where_it_stands(client, general, value):
    answer = client.get(f"/api/count?campaign={value}")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "campaign")


# ── Changes ─────────────────────────────────────────────────────────────────────────────────────
CHANGES = {
    "its people decline": lambda one: Nomination.objects.filter(initiative=one).update(state="declined"),
    "it is taken back": lambda one: Nomination.objects.filter(initiative=one).update(state="withdrawn"),
    "the nomination goes": lambda one: Nomination.objects.filter(initiative=one).delete(),
    "the selection is told": lambda one: Campaign.objects.filter(slug="general").update(phase="likes"),
    "another slug": lambda one: Campaign.objects.filter(slug="general").update(slug="colonel"),
    "back to preparation": lambda one: Campaign.objects.filter(slug="general").update(phase="draft"),
    "another one": lambda one: nominated(Campaign.objects.get(slug="other"), one),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_a_feature_shows_of_campaigns_reaches_a_copy_at_once(client, general, bakery, change):
    copy, before = Copy().follow(), exported()
    assert listed() == before
    copy.last()
    assert matched(client) == 2
    change(bakery)
    assert exported() != before
    assert copy.follow().features == exported() == listed()
    assert {kind for kind, _id in copy.last()} == {"updated"}
    call_command("check_map_index")


def test_one_that_is_archived_is_gone_at_once(client, general, bakery):
    assert matched(client) == 2
    Initiative.objects.filter(pk=bakery.pk).update(status=Status.ARCHIVED)
    assert matched(client) == 1
    assert b"deux-rives" not in asked(client, f"/tiles/initiatives/10/525/366.json{CONDITION}").content


def test_what_nobody_is_told_moves_nothing(client, general, bakery):
    """Above all the choice of the jury."""
    Campaign.objects.filter(pk=general.pk).update(phase=Phase.SELECTION)
    copy, version = Copy().follow(), latest()
    copy.last()
    mine = Nomination.objects.filter(campaign=general)
    mine.filter(initiative=bakery).update(state=NominationState.SELECTED)
    mine.filter(initiative=bakery).update(state=NominationState.ACCEPTED, pitch="Other words.")
    mine.filter(state=NominationState.PROPOSED).update(state=NominationState.DECLINED)
    nominated(general, InitiativeFactory(name="Also a draft"), NominationState.PROPOSED)
    nominated(campaign_in(Phase.DRAFT), bakery).campaign.themes.update(floor=0)
    Campaign.objects.filter(pk=general.pk).update(likes_each=3, titles={"en": "Other words"})
    assert latest() == version
    assert copy.follow().last() == []


def test_likes_that_are_counted_move_nothing_before_the_results(client, general, bakery):
    nominated(general, InitiativeFactory(name="Second", published=True), NominationState.SELECTED)
    mine = Nomination.objects.filter(campaign=general)
    mine.filter(initiative=bakery).update(state=NominationState.SELECTED)
    Campaign.objects.filter(pk=general.pk).update(phase=Phase.LIKES)
    copy, version = Copy().follow(), latest()
    copy.last()
    Campaign.objects.filter(pk=general.pk).update(phase=Phase.COUNTING)
    mine.filter(initiative=bakery).update(state=NominationState.LAUREATE, likes_counted=3, place=1)
    assert latest() == version
    assert not copy.follow().last()
    Campaign.objects.filter(pk=general.pk).update(phase=Phase.RESULTS)
    assert latest() != version
    assert copy.follow().last() == [("updated", str(bakery.uuid))]


def test_an_answer_does_not_outlive_the_slug_of_its_campaign(client, general):
    tag = asked(client, f"/api/count{CONDITION}")["ETag"]
    assert client.get(f"/api/count{CONDITION}", headers={"if-none-match": tag}).status_code == 304
    Campaign.objects.filter(pk=general.pk).update(slug="colonel")
    assert client.get(f"/api/count{CONDITION}", headers={"if-none-match": tag}).status_code == 400
    assert matched(client, "?campaign=colonel") == 2
    Nomination.objects.all().delete()
    Campaign.objects.all().delete()
    assert client.get("/api/count?campaign=colonel").status_code == 400


def test_a_campaign_that_is_announced_is_known_at_once(client, bakery):
    made = campaign_in(Phase.DRAFT, slug="general")
    assert client.get(f"/api/count{CONDITION}").status_code == 400
    Campaign.objects.filter(pk=made.pk).update(phase=Phase.CALL)
    assert matched(client) == 0


# ── To choose from ──────────────────────────────────────────────────────────────────────────────
def offered(client, name: str = "initiatives", query: str = "") -> list[str]:
    """Campaigns in the menu of a page."""
    body = client.get(f"{address(name)}{query}").content.decode()
    _before, there, menu = body.partition('name="campaign"><option value="">')
    return re.findall(r'<option value="([^"]+)"', menu.partition("</select>")[0]) if there else []


@pytest.mark.parametrize("name", ["map", "initiatives", "initiative_panel", "data", "figures", "embed_build"])
def test_campaigns_in_which_something_stands_are_offered(client, general, name):
    campaign_in(Phase.RESULTS, slug="empty")
    nominated(campaign_in(Phase.DRAFT, slug="quietly"), InitiativeFactory(published=True))
    assert sorted(offered(client, name)) == ["general", "other"]
    assert "empty" in offered(client, name, "?campaign=empty")
    body = client.get(f"{address(name)}{CONDITION}&theme=co-housing").content.decode()
    assert '<option value="general" selected>' in body
    assert '<input type="hidden" name="campaign"' not in body.partition("panel__selects")[2]


def test_sql_offers_the_same_campaigns(client, general, monkeypatch):
    monkeypatch.setattr("initiatives.lists.held", lambda name: None)
    assert sorted(offered(client)) == ["general", "other"]


def test_no_menu_stands_where_nothing_stands_in_any(client, bakery):
    nominated(campaign_in(Phase.DRAFT, slug="quietly"), bakery)
    assert 'name="campaign"' not in client.get(address("initiatives")).content.decode()


def test_a_pill_says_that_it_is_a_campaign(client, general):
    body = client.get(f"/en/initiatives/{CONDITION}").content.decode()
    assert 'class="pill">Campaign: States General 2027<a href="/en/initiatives/"' in body
    assert of_query("campaign=general") == "Campaign: States General 2027"
    assert of_query("campaign=nothing") == ""
