"""Groups as a selection: the same set at every door, and nothing of private ones at any."""

import json
import re

import pytest
from django.core.management import call_command

from community.models import Group
from geo.freshness import latest
from initiatives.groups import actions
from initiatives.models import Initiative
from tests.factories import GroupFactory, InitiativeFactory
from tests.initiatives.asking import asked, by_sql
from tests.initiatives.following import Copy, exported
from tests.initiatives.pages import address

pytestmark = pytest.mark.django_db(transaction=True)
CONDITION = "?group=ovens"


@pytest.fixture
def ovens(bakery):
    """A group of two published initiatives and one that nobody sees, beside others of none."""
    group = GroupFactory(name="Shared ovens", slug="ovens")
    for one in (bakery, InitiativeFactory(name="Le Four", published=True), InitiativeFactory(name="Draft")):
        actions.name_group(one, group=group, by=None)
    InitiativeFactory(name="Atelier", published=True)
    return group


@pytest.fixture
def secret(bakery):
    """A private group of one of them."""
    group = GroupFactory(name="Quietly", slug="quietly", kind="private")
    actions.name_group(bakery, group=group, by=None)
    return group


def slugs(features: list[dict]) -> set[str]:
    """Of Features."""
    return {feature["properties"]["slug"] for feature in features}


# ── One set ─────────────────────────────────────────────────────────────────────────────────────
def test_every_door_gives_the_same_set(client, ovens):
    expected = {"le-fournil-des-deux-rives", "le-four"}
    for query in ("?group=ovens", "?group=ovens,ovens", "?group=ovens&group=ovens"):
        assert asked(client, f"/api/count{query}").json()["matched"] == 2
        assert slugs(client.get(f"/api/initiatives/{query}").json()["features"]) == expected
    assert by_sql(client, f"/api/count{CONDITION}").json()["matched"] == 2
    assert client.get(f"/tiles/initiatives/0/0/0.json{CONDITION}").json()["matched"] == 2
    exported = client.get(f"/exports/initiatives.geojson{CONDITION}").getvalue()
    assert slugs(json.loads(exported)["features"]) == expected
    items = client.get(
        f"/ogc/collections/initiatives/items{CONDITION}", headers={"accept": "application/geo+json"}
    )
    assert slugs(items.json()["features"]) == expected
    feed = client.get(f"/feeds/initiatives.atom{CONDITION}").content.decode()
    assert feed.count("<entry>") == 2
    for name in ("initiatives", "initiative_rows", "initiative_panel", "map", "embed"):
        answer = client.get(f"{address(name)}{CONDITION}")
        assert answer.status_code == 200, name
    rows = client.get(f"{address('initiative_rows')}{CONDITION}")
    assert rows["X-Matched"] == "2"
    assert "Shared ovens" in client.get(f"{address('initiatives')}{CONDITION}").content.decode()
    assert client.get("/api/groups/ovens/").json()["initiatives"] == 2
    framed = client.get("/oembed", {"url": f"http://testserver{address('group', 'ovens')}"})
    assert "group=ovens" in framed.json()["html"]


def test_a_feature_names_its_groups_in_every_format(client, ovens, secret, bakery):
    place = f"/api/initiatives/{bakery.uuid}/"
    assert client.get(place).json()["properties"]["groups"] == ["ovens"]
    assert client.get(f"/ogc/collections/initiatives/items/{bakery.uuid}").json()["properties"]["groups"] == [
        "ovens"
    ]
    lines = client.get("/exports/initiatives.geojsonl").getvalue().splitlines()
    told = {
        json.loads(line)["properties"]["slug"]: json.loads(line)["properties"]["groups"] for line in lines
    }
    assert told == {bakery.slug: ["ovens"], "le-four": ["ovens"], "atelier": []}
    assert ",ovens," in client.get("/exports/initiatives.csv").getvalue().decode()
    assert "quietly" not in client.get("/exports/initiatives.csv").getvalue().decode()


def test_a_former_feature_names_the_groups_of_then(client, ovens, bakery):
    then = Initiative.objects.get(pk=bakery.pk).updated_at
    actions.unname_group(bakery, group=ovens, by=None)
    here = f"/api/initiatives/{bakery.uuid}/"
    former = client.get(here, {"as_of": then.isoformat()}).json()
    assert former["properties"]["groups"] == ["ovens"]
    assert client.get(here).json()["properties"]["groups"] == []
    Group.objects.update(kind="private")
    assert client.get(here, {"as_of": then.isoformat()}).json()["properties"]["groups"] == []


# ── Nothing of private ones ─────────────────────────────────────────────────────────────────────
DOORS = [
    "/api/count",
    "/api/initiatives/",
    "/tiles/initiatives.json",
    "/tiles/initiatives/0/0/0.json",
    "/tiles/initiatives/0/0/0.mvt",
    "/tiles/initiatives/4/7-9/4-6.json",
    "/exports/initiatives.geojson",
    "/exports/initiatives.csv",
    "/exports/network.csv",
    "/ogc/collections/initiatives/items",
    "/feeds/initiatives.atom",
    "/fr/",
    "/fr/initiatives/",
    "/fr/initiatives/rows/",
    "/fr/initiatives/panel/",
    "/fr/embed/",
    "/fr/embed/build/",
    "/fr/data/",
    "/fr/figures/figures.csv",
]


@pytest.mark.parametrize("door", DOORS)
def test_a_private_group_answers_as_one_that_is_not_there(client, cast, secret, door):
    secret.memberships.create(member=cast["facilitator"])
    for role in (None, "facilitator", "moderator"):
        if role:
            client.force_login(cast[role])
        private, unknown = (client.get(f"{door}?group={slug}") for slug in ("quietly", "nothing"))
        assert private.status_code == unknown.status_code == 400, role
        told = private.content.decode().replace("quietly", "nothing")
        # What is drawn by chance is not told apart.
        assert len(told) == len(unknown.content.decode()), role
        assert "Quietly" not in told


def test_what_is_done_to_a_private_group_moves_nothing(client, secret, bakery):
    copy, version = Copy().follow(), latest()
    copy.last()
    actions.unname_group(bakery, group=secret, by=None)
    actions.name_group(bakery, group=secret, by=None)
    Group.objects.update(slug="more-quietly", name="More quietly")
    GroupFactory(kind="private").delete()
    assert latest() == version
    assert copy.follow().last() == []


# ── Turning ─────────────────────────────────────────────────────────────────────────────────────
def test_the_map_notices_a_group_that_turns_private_and_public_again(client, ovens, secret, bakery):
    copy = Copy().follow()
    for kind, status, matched in (("private", 400, 0), ("open", 200, 2), ("public", 200, 2)):
        Group.objects.filter(slug="ovens").update(kind=kind)
        answer = client.get(f"/api/count{CONDITION}")
        assert answer.status_code == status
        assert status == 400 or answer.json()["matched"] == matched
        groups = client.get(f"/api/initiatives/{bakery.uuid}/").json()["properties"]["groups"]
        assert groups == (["ovens"] if matched else [])
        assert copy.follow().features[str(bakery.uuid)]["properties"]["groups"] == groups
        call_command("check_map_index")


@pytest.mark.parametrize(
    "change",
    [
        lambda group, one: Group.objects.filter(pk=group.pk).update(kind="private"),
        lambda group, one: Group.objects.filter(pk=group.pk).update(slug="kilns"),
        lambda group, one: group.delete(),
        lambda group, one: one.group_links.all().delete(),
    ],
)
def test_whatever_a_feature_shows_of_groups_reaches_a_copy(client, ovens, bakery, change):
    copy, before = Copy().follow(), exported()
    change(ovens, bakery)
    assert exported() != before
    assert copy.follow().features == exported()


def test_an_answer_does_not_outlive_the_slug_of_its_group(client, ovens):
    tag = asked(client, f"/api/count{CONDITION}")["ETag"]
    assert client.get(f"/api/count{CONDITION}", headers={"if-none-match": tag}).status_code == 304
    Group.objects.update(slug="kilns")
    assert client.get(f"/api/count{CONDITION}", headers={"if-none-match": tag}).status_code == 400
    assert asked(client, "/api/count?group=kilns").json()["matched"] == 2


def test_the_index_follows_each_naming(client, ovens, bakery):
    assert asked(client, f"/api/count{CONDITION}").json()["matched"] == 2
    actions.unname_group(bakery, group=ovens, by=None)
    assert asked(client, f"/api/count{CONDITION}").json()["matched"] == 1
    actions.name_group(bakery, group=ovens, by=None)
    assert asked(client, f"/api/count{CONDITION}").json()["matched"] == 2
    call_command("check_map_index")


# ── To choose from ──────────────────────────────────────────────────────────────────────────────
def offered(client, name: str = "initiatives", query: str = "") -> list[str]:
    """Groups in the menu of a page."""
    body = client.get(f"{address(name)}{query}").content.decode()
    _before, there, menu = body.partition('name="group"><option value="">')
    return re.findall(r'<option value="([^"]+)"', menu.partition("</select>")[0]) if there else []


@pytest.mark.parametrize("name", ["map", "initiatives", "initiative_panel", "data", "figures", "embed_build"])
def test_groups_that_hold_something_are_offered_and_no_private_one(client, ovens, secret, name):
    GroupFactory(name="Empty", slug="empty")
    assert offered(client, name) == ["ovens"]
    assert offered(client, name, "?group=empty") == ["empty", "ovens"]
    body = client.get(f"{address(name)}?group=ovens&theme=co-housing").content.decode()
    assert '<option value="ovens" selected>' in body
    assert '<input type="hidden" name="group"' not in body.partition("panel__selects")[2]


def test_sql_offers_the_same_groups(client, ovens, secret, monkeypatch):
    monkeypatch.setattr("initiatives.lists.held", lambda name: None)
    assert offered(client) == ["ovens"]


def test_no_menu_stands_where_no_group_holds_anything(client, bakery, secret):
    assert 'name="group"' not in client.get(address("initiatives")).content.decode()


def test_of_many_groups_those_that_hold_most_are_offered(client, ovens, monkeypatch):
    small = GroupFactory(name="A small one", slug="small")
    actions.name_group(InitiativeFactory(published=True), group=small, by=None)
    assert offered(client) == ["small", "ovens"]
    monkeypatch.setattr("initiatives.presenting.MOST_GROUPS", 1)
    assert offered(client) == ["ovens"]
    assert offered(client, query="?group=small") == ["small", "ovens"]
