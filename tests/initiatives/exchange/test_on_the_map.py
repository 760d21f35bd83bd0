"""Offers and needs as a selection: the same set at every door, and what is over at none."""

import json
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from geo.freshness import latest
from geo.tables import SEPARATOR
from initiatives.following.words import of_query
from initiatives.merging import actions as merging
from initiatives.models import Exchange
from tests.factories import ExchangeFactory, InitiativeFactory, MemberFactory
from tests.initiatives.asking import asked, by_sql
from tests.initiatives.following import Copy, exported
from tests.initiatives.pages import address

pytestmark = pytest.mark.django_db(transaction=True)


def end(status: str = "expired") -> dict:
    """What an exchange becomes when it is over."""
    return {"status": status, "ended_at": timezone.now()}


def matched(client, query: str) -> int:
    """How many the index finds."""
    return asked(client, f"/api/count?{query}").json()["matched"]


def slugs(features: list[dict]) -> set[str]:
    """Of Features."""
    return {feature["properties"]["slug"] for feature in features}


@pytest.fixture
def trading(bakery):
    """The bakery offers two jobs and needs a space; another one offered a skill; a draft and a member offer one."""
    four = InitiativeFactory(name="Le Four", published=True)
    for kind, category in (("offer", "job"), ("offer", "job"), ("need", "space")):
        ExchangeFactory(initiative=bakery, kind=kind, category=category, author=None)
    ExchangeFactory(initiative=four, author=None, **end("settled"))
    ExchangeFactory(initiative=InitiativeFactory(name="Draft"))
    ExchangeFactory()
    return four


# ── One set ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "query", ["offers=job", "offers=any", "offers=skill,job", "needs=space", "needs=any"]
)
def test_every_door_gives_the_same_set(client, trading, query):
    expected = {"le-fournil-des-deux-rives"}
    assert matched(client, query) == 1
    assert by_sql(client, f"/api/count?{query}").json()["matched"] == 1
    assert slugs(client.get(f"/api/initiatives/?{query}").json()["features"]) == expected
    assert client.get(f"/tiles/initiatives/0/0/0.json?{query}").json()["matched"] == 1
    for door in ("geojson", "geojsonl"):
        lines = client.get(f"/exports/initiatives.{door}?{query}").getvalue().decode()
        assert "le-fournil-des-deux-rives" in lines
        assert "le-four/" not in lines
    items = client.get(
        f"/ogc/collections/initiatives/items?{query}", headers={"accept": "application/geo+json"}
    )
    assert slugs(items.json()["features"]) == expected
    assert client.get(f"/feeds/initiatives.atom?{query}").content.count(b"<entry>") == 1
    for name in ("initiatives", "initiative_rows", "initiative_panel", "map", "embed"):
        assert client.get(f"{address(name)}?{query}").status_code == 200, name
    assert client.get(f"{address('initiative_rows')}?{query}")["X-Matched"] == "1"


@pytest.mark.parametrize("query", ["offers=funding", "needs=job", "offers=skill", "offers=job&needs=job"])
def test_what_nobody_has_is_found_by_nobody(client, trading, query):
    assert matched(client, query) == 0
    assert by_sql(client, f"/api/count?{query}").json()["matched"] == 0


@pytest.mark.parametrize("name", ["offers", "needs"])
@pytest.mark.parametrize("value", ["jobs", "job,nothing", "", ",", "job%00", "x" * 500])
def test_an_unknown_category_is_refused_where_it_stands(client, db, name, value):
    answer = client.get(f"/api/count?{name}={value}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == name
    if value == "jobs":
        assert "volunteering" in answer.json()["detail"]
        assert client.get(f"{address('map')}?{name}={value}").status_code == 400


# ── Features ────────────────────────────────────────────────────────────────────────────────────
def test_a_feature_tells_categories_once_and_in_order_in_every_format(client, trading, bakery):
    for category in ("volunteering", "equipment"):
        ExchangeFactory(initiative=bakery, category=category)
    here = client.get(f"/api/initiatives/{bakery.uuid}/").json()["properties"]
    assert here["offers"] == ["equipment", "job", "volunteering"]
    assert here["needs"] == ["space"]
    for features in (
        exported(),
        {one["id"]: one for one in client.get("/api/initiatives/").json()["features"]},
    ):
        told = {one["properties"]["slug"]: one["properties"]["offers"] for one in features.values()}
        assert told == {bakery.slug: here["offers"], trading.slug: []}
    assert SEPARATOR.join(here["offers"]) in client.get("/exports/initiatives.csv").getvalue().decode()


def test_a_former_feature_tells_what_is_open_still(client, trading, bakery):
    then = timezone.now()
    Exchange.objects.filter(category="space").update(**end())
    ExchangeFactory(initiative=bakery, category="training", published_at=then + timedelta(seconds=1))
    former = client.get(f"/api/initiatives/{bakery.uuid}/", {"as_of": then.isoformat()}).json()
    assert (former["properties"]["offers"], former["properties"]["needs"]) == (["job"], [])


# ── Changes ─────────────────────────────────────────────────────────────────────────────────────
CHANGES = [
    lambda one, other: Exchange.objects.filter(initiative=one, category="space").update(**end()),
    lambda one, other: Exchange.objects.filter(initiative=one).update(category="funding"),
    lambda one, other: Exchange.objects.filter(initiative=one).update(kind="need"),
    lambda one, other: Exchange.objects.filter(initiative=one).update(initiative=other),
    lambda one, other: Exchange.objects.filter(initiative=one).delete(),
    lambda one, other: ExchangeFactory(initiative=one, category="training"),
    lambda one, other: Exchange.objects.filter(initiative=other).update(status="open", ended_at=None),
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_shown_of_them_reaches_the_index_and_copies(client, trading, bakery, change):
    copy, before = Copy().follow(), exported()
    copy.last()
    matched(client, "offers=any")
    change(bakery, trading)
    assert exported() != before
    assert copy.follow().features == exported()
    assert {kind for kind, _id in copy.last()} == {"updated"}
    call_command("check_map_index")
    for query in ("offers=any", "needs=any", "offers=training", "needs=space", "offers=skill"):
        assert matched(client, query) == by_sql(client, f"/api/count?{query}").json()["matched"], query


def test_what_no_map_shows_moves_nothing(client, trading, bakery):
    copy, version = Copy().follow(), latest()
    copy.last()
    mine = Exchange.objects.filter(initiative=bakery)
    mine.update(
        title="Another", reminded_at=timezone.now(), wants_matches=False, first_answer_at=timezone.now()
    )
    mine.update(expires_at=timezone.now() + timedelta(days=9))
    Exchange.objects.filter(initiative=trading).update(category="job")
    ExchangeFactory().delete()
    ExchangeFactory(initiative=bakery, **end()).delete()
    assert latest() == version
    assert copy.follow().last() == []


def test_they_go_with_an_initiative_that_lives_on_in_another(client, trading, bakery):
    admin = MemberFactory(is_superuser=True)
    merge = merging.merge(bakery, into=trading, by=admin)
    assert Exchange.objects.filter(initiative=trading).count() == 4
    assert client.get(f"/api/initiatives/{trading.uuid}/").json()["properties"]["offers"] == ["job"]
    merging.split(merge, by=admin)
    assert Exchange.objects.filter(initiative=bakery).count() == 3
    assert Exchange.objects.filter(initiative=trading).count() == 1
    call_command("check_map_index")


# ── To choose from and to read ──────────────────────────────────────────────────────────────────
def offered(client, field: str, name: str = "initiatives", query: str = "") -> list[str]:
    """Categories in a menu of a page."""
    body = client.get(f"{address(name)}{query}").content.decode()
    _before, there, menu = body.partition(f'name="{field}"><option value="">')
    return re.findall(r'<option value="([^"]+)"', menu.partition("</select>")[0]) if there else []


@pytest.mark.parametrize("name", ["map", "initiatives", "initiative_panel", "data", "figures", "embed_build"])
def test_categories_that_somebody_has_are_offered(client, trading, name):
    assert offered(client, "offers", name) == ["any", "job"]
    assert offered(client, "needs", name) == ["any", "space"]
    assert offered(client, "offers", name, "?offers=funding") == ["any", "funding", "job"]
    body = client.get(f"{address(name)}?offers=job&theme=co-housing").content.decode()
    assert '<option value="job" selected>' in body
    assert '<input type="hidden" name="offers"' not in body.partition("panel__selects")[2]


def test_sql_offers_the_same_categories(client, trading, monkeypatch):
    monkeypatch.setattr("initiatives.lists.held", lambda name: None)
    assert offered(client, "offers") == ["any", "job"]
    assert offered(client, "needs") == ["any", "space"]


def test_no_menu_stands_where_nobody_has_anything(client, bakery):
    body = client.get(address("initiatives")).content.decode()
    assert 'name="offers"' not in body
    assert 'name="needs"' not in body


def test_pills_and_followers_read_it_in_words(client, trading):
    body = client.get(f"{address('initiatives')}?offers=job,any&needs=space").content.decode()
    for words in ("Offer: Job", "Offers something", "Need: Space"):
        assert words in body
    with translation.override("en"):
        assert of_query("offers=job%2Cskill&needs=any") == "Offer: Job · Offer: Skill · Needs something"


def test_rows_and_the_card_say_how_many_there_are(client, trading, bakery, django_assert_max_num_queries):
    body = client.get(f"{address('initiative_rows')}").content.decode()
    assert "2 offers" in body
    assert "1 need<" in body
    assert body.count('class="badge"') == 2
    card = client.get(address("initiative_card", bakery.slug)).content.decode()
    assert "2 offers" in card
    for one in bakery.exchanges.all():
        assert f'href="/en/exchange/{one.pk}/"' in card
    assert "offer" not in client.get(address("initiative_card", trading.slug)).content.decode()
    for _number in range(8):
        ExchangeFactory(initiative=bakery)
    card = client.get(address("initiative_card", bakery.slug)).content.decode()
    assert "10 offers" in card
    assert card.count("/en/exchange/") == 4


def test_a_title_of_markup_is_a_text_on_the_card(client, bakery):
    ExchangeFactory(initiative=bakery, title="<script>alert(1)</script>")
    card = client.get(address("initiative_card", bakery.slug)).content.decode()
    assert "<script>alert" not in card
    assert "&lt;script&gt;" in card


def test_the_description_of_the_table_names_both(client, db):
    told = client.get("/exports/initiatives.csv-metadata.json").json()
    columns = {one["name"]: json.dumps(one) for one in told["tableSchema"]["columns"]}
    assert "empty for now" not in columns["offers"] + columns["needs"]
