"""What Features, cards, rows and marks tell of campaigns, and `/api/campaigns/`."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.enums import NominationState, Phase
from campaigns.models import Campaign, Nomination
from geo.tables import SEPARATOR
from initiatives.models import Initiative
from tests.conftest import LYON
from tests.factories import InitiativeFactory
from tests.initiatives.asking import asked, by_sql, counted
from tests.initiatives.pages import address
from tests.initiatives.test_doors import mercator

from .making import campaign_in, nominated

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/tiles/initiatives/14/{}/{}".format(*map(int, mercator(*LYON.coords, 14)))


def feature(client, one: Initiative, **query) -> dict:
    """Properties at the door of the API."""
    return client.get(f"/api/initiatives/{one.uuid}/", query).json()["properties"]


def row(client, name: str) -> str:
    """The row of an initiative in the list of the panel."""
    body = client.get(f"/en/initiatives/rows/?q={name}").content.decode()
    return body.partition('<li class="row"')[2].partition("</li>")[0]


# ── Features ────────────────────────────────────────────────────────────────────────────────────
def test_a_feature_names_its_campaigns_in_the_order_of_bytes_in_every_format(client, bakery):
    for slug, phase, state in (
        ("zebra", Phase.CALL, NominationState.ACCEPTED),
        ("a-2", Phase.RESULTS, NominationState.LAUREATE),
        ("a1", Phase.LIKES, NominationState.SELECTED),
        ("hidden", Phase.DRAFT, NominationState.ACCEPTED),
        ("missed", Phase.LIKES, NominationState.ACCEPTED),
    ):
        nominated(campaign_in(phase, slug=slug), bakery, state)
    expected = ["a-2", "a1", "zebra"]
    assert feature(client, bakery)["campaigns"] == expected
    item = client.get(f"/ogc/collections/initiatives/items/{bakery.uuid}").json()
    assert item["properties"]["campaigns"] == expected
    (page,) = client.get("/api/initiatives/").json()["features"]
    assert page["properties"]["campaigns"] == expected
    (line,) = client.get("/exports/initiatives.geojsonl").getvalue().splitlines()
    assert json.loads(line)["properties"]["campaigns"] == expected
    assert SEPARATOR.join(expected) in client.get("/exports/initiatives.csv").getvalue().decode()


def test_a_former_feature_names_the_campaigns_in_which_it_stands_still(client, bakery):
    now = timezone.now()
    before, after = now - timedelta(minutes=1), now + timedelta(minutes=1)
    Initiative.objects.filter(pk=bakery.pk).update(updated_at=now)
    nominated(campaign_in(Phase.CALL, slug="early"), bakery, answered_at=before)
    nominated(campaign_in(Phase.CALL, slug="late"), bakery, answered_at=after)
    nominated(campaign_in(Phase.CALL, slug="left"), bakery, NominationState.WITHDRAWN, answered_at=before)
    then = Initiative.objects.get(pk=bakery.pk).updated_at
    assert feature(client, bakery, as_of=then.isoformat())["campaigns"] == ["early"]


# ── Badges ──────────────────────────────────────────────────────────────────────────────────────
BADGES = [
    (Phase.CALL, NominationState.ACCEPTED, ""),
    (Phase.SELECTION, NominationState.SELECTED, ""),
    (Phase.LIKES, NominationState.ACCEPTED, ""),
    (Phase.LIKES, NominationState.SELECTED, "Selected in"),
    (Phase.COUNTING, NominationState.LAUREATE, "Selected in"),
    (Phase.RESULTS, NominationState.SELECTED, "Selected in"),
    (Phase.RESULTS, NominationState.LAUREATE, "Laureate of"),
]


@pytest.mark.parametrize(("phase", "state", "pattern"), BADGES)
def test_row_card_and_page_bear_the_badge_that_the_phase_tells(client, bakery, phase, state, pattern):
    made = campaign_in(phase, slug="general", titles={"en": "Bread <Prize>"})
    nominated(made, bakery, state)
    year = made.results_from.year
    for told in (
        row(client, "fournil"),
        client.get(f"/en/initiatives/{bakery.slug}/card/").content.decode(),
        client.get(f"/en/initiatives/{bakery.slug}/").content.decode(),
    ):
        assert ("Bread" in told) is bool(pattern)
        if pattern:
            assert f"{pattern} Bread &lt;Prize&gt; {year}</a>" in told
            assert 'href="/en/campaigns/general/"' in told
            assert ("badge--accent" in told) is (pattern == "Laureate of")


def test_a_title_that_tells_the_year_tells_it_once(client, bakery):
    made = campaign_in(Phase.LIKES, titles={"en": "Prize 2027"})
    nominated(made, bakery, NominationState.SELECTED)
    assert "Selected in Prize 2027</a>" in row(client, "fournil")


@pytest.mark.parametrize("name", ["initiatives", "initiative_rows", "map"])
def test_badges_cost_lists_no_statement(client, bakery, name):
    made = campaign_in(Phase.RESULTS)
    others = [InitiativeFactory(name=f"Atelier {number}", published=True) for number in range(5)]

    def statements(badges: int) -> int:
        there = f"{address(name)}?bbox=4,45,6,47"
        # The first to ask after a change has the order of names read.
        client.get(there)
        with counted() as told:
            body = client.get(there).content.decode()
        assert body.count("badge--accent") == badges
        return len(told)

    plain = statements(0)
    for one in others:
        nominated(made, one, NominationState.LAUREATE)
    # The menu of pages names the campaign.
    assert statements(5) - plain == (name != "initiative_rows")


# ── Marks ───────────────────────────────────────────────────────────────────────────────────────
def marks(client, ask=asked, query: str = "") -> dict[str, list[str] | None]:
    """What lone marks tell of laureates, by slug."""
    tile = ask(client, f"{HERE}.json{query}").json()
    return {one["slug"]: one.get("laureate") for one in tile["initiatives"]}


def test_marks_of_laureates_say_in_which_campaigns(client, bakery):
    assert marks(client) == marks(client, by_sql) == {bakery.slug: None}
    made = campaign_in(Phase.COUNTING, slug="zebra")
    nominated(made, bakery, NominationState.LAUREATE)
    nominated(campaign_in(Phase.RESULTS, slug="a-2"), bakery, NominationState.SELECTED)
    assert marks(client) == marks(client, by_sql) == {bakery.slug: None}
    Campaign.objects.filter(pk=made.pk).update(phase=Phase.RESULTS)
    Nomination.objects.filter(campaign__slug="a-2").update(state=NominationState.LAUREATE)
    expected = {bakery.slug: ["a-2", "zebra"]}
    assert marks(client) == marks(client, by_sql) == marks(client, query="?campaign=zebra") == expected
    Nomination.objects.filter(campaign=made).update(state=NominationState.WITHDRAWN)
    assert marks(client) == {bakery.slug: ["a-2"]}


def test_a_vector_tile_is_as_it_was(client, bakery):
    door = f"{HERE}.mvt"
    before = client.get(door).content
    nominated(campaign_in(Phase.RESULTS), bakery, NominationState.LAUREATE)
    assert client.get(door).content == before != b""


# ── API ─────────────────────────────────────────────────────────────────────────────────────────
NUMBERS = [
    (Phase.CALL, 3, None, None),
    (Phase.SELECTION, 3, None, None),
    (Phase.LIKES, None, 3, None),
    (Phase.COUNTING, None, 3, None),
    (Phase.RESULTS, None, 3, 1),
]


@pytest.mark.parametrize(("phase", "candidates", "selected", "laureates"), NUMBERS)
def test_a_campaign_tells_what_its_phase_tells(client, rhone, phase, candidates, selected, laureates):
    made = campaign_in(phase, slug="general", territory=rhone, languages=["fr"], floor=1, ceiling=4)
    chosen = NominationState.SELECTED
    # Whatever the jury says, a call tells of all that were accepted.
    early = {Phase.CALL: NominationState.ACCEPTED, Phase.SELECTION: NominationState.ACCEPTED}
    last = chosen if phase in early else NominationState.LAUREATE
    for state in (chosen, early.get(phase, chosen), last, NominationState.PROPOSED, NominationState.DECLINED):
        nominated(made, InitiativeFactory(published=True), state)
    nominated(made, InitiativeFactory(name="Draft"), chosen)
    (told,) = client.get("/api/campaigns/").json()["results"]
    assert told == client.get("/api/campaigns/general/").json()
    assert told["phase"] == phase
    assert (told["candidates"], told["selected"], told["laureates"]) == (candidates, selected, laureates)
    assert told["themes"][0] == {"theme": made.themes.first().theme.slug, "floor": 1, "ceiling": 4}
    assert (told["territory"], told["languages"], told["group"]) == ("FR-69", ["fr"], made.group.slug)
    assert told["url"].endswith("/campaigns/general/")
    assert told["titles"] == {"en": "States General 2027"}
    assert told["likes_until"].startswith(f"{made.likes_until:%Y-%m-%dT%H:%M}")


def test_drafts_and_private_groups_are_told_to_nobody(client, cast):
    draft = campaign_in(Phase.DRAFT, slug="quietly")
    campaign_in(Phase.CALL, slug="general", group=draft.group, previous=draft)
    client.force_login(cast["animator"])
    (told,) = client.get("/api/campaigns/").json()["results"]
    assert (told["slug"], told["group"], told["previous"]) == ("general", None, None)
    assert client.get("/api/campaigns/quietly/").status_code == 404


def test_campaigns_are_chosen_by_phase_in_pages(client, db):
    for phase in (Phase.CALL, Phase.LIKES, Phase.LIKES, Phase.RESULTS):
        campaign_in(phase)
    assert len(client.get("/api/campaigns/?phase=likes").json()["results"]) == 2
    first = client.get("/api/campaigns/?phase=likes,results&limit=2").json()
    second = client.get(first["next"]).json()
    assert [one["phase"] for one in first["results"] + second["results"]] == ["likes", "likes", "results"]
    assert second["next"] is None


@pytest.mark.parametrize("value", ["draft", "", "likes,", "votes", "%00", "x" * 500])
def test_an_unknown_phase_is_refused(client, db, value):
    answer = client.get(f"/api/campaigns/?phase={value}")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "phase")


def test_the_list_asks_the_database_the_same_however_many_there_are(client, db):
    def statements() -> int:
        with counted() as told:
            assert client.get("/api/campaigns/").status_code == 200
        return len(told)

    made = campaign_in(Phase.LIKES)
    alone = statements()
    for _number in range(4):
        nominated(campaign_in(Phase.LIKES, previous=made), state=NominationState.SELECTED)
    assert statements() == alone


def test_addresses_of_campaigns_are_in_the_sitemap(client, db):
    campaign_in(Phase.CALL, slug="general")
    campaign_in(Phase.DRAFT, slug="quietly")
    body = client.get("/sitemap-campaigns.xml").content.decode()
    assert body.count("/campaigns/general/") == 5
    assert "quietly" not in body
