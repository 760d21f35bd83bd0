"""Pages of networks, collectives and territories: what they hold, what they leave out, what they cost."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import actions
from initiatives.models import Network
from territories.enums import CollectiveStatus
from tests.conftest import square
from tests.factories import CollectiveFactory, InitiativeFactory, NetworkFactory, TerritoryFactory
from tests.initiatives.pages import SHAPES, address, minimap, page

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# Queries that a page may ask, whatever it holds.
BUDGETS = {"networks": 1, "network": 8, "collectives": 1, "collective": 14, "territory": 14}
ADDRESSES = [
    ("networks",),
    ("network", "grain-commun"),
    ("collectives",),
    ("collective", "tables"),
    ("territory", "FR-69"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ADDRESSES, ids=lambda place: place[0])
def test_pages_answer_in_each_language_within_budget(
    client, full, place, language, django_assert_max_num_queries
):
    with django_assert_max_num_queries(BUDGETS[place[0]]):
        answer = client.get(address(*place, language=language))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in body
    assert body.count("<h1") == 1
    assert not answer.cookies


@pytest.mark.parametrize("place", ADDRESSES, ids=lambda place: place[0])
def test_pages_ask_as_much_for_many_as_for_few(client, full, place, network, collective, rhone):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address(*place))
        return len(queries)

    few = asked()
    for number in range(5):
        TerritoryFactory(parent=rhone, scheme="municipality")
        CollectiveFactory(territory=rhone)
        NetworkFactory()
        InitiativeFactory(name=f"More {number}", networks=[network], collective=collective, published=True)
    assert asked() == few


@pytest.mark.django_db
@pytest.mark.parametrize(
    "place", [("network", "none"), ("collective", "none"), ("territory", "XX-none")], ids=lambda p: p[0]
)
def test_unknown_is_not_found(client, place):
    assert client.get(address(*place)).status_code == 404


# ── Networks ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_no_network_yet(client):
    assert 'class="card empty"' in page(client, "networks")


def test_networks_stand_in_order_with_their_counts(client, full):
    NetworkFactory(name="Zebra")
    NetworkFactory(name="Équipage", is_complete=False)
    body = page(client, "networks")
    names = re.findall(r'<h2><a href="[^"]+">([^<]+)', body)
    assert names == ["Équipage", "Grain Commun", "Zebra"]
    counts = re.findall(r"(\d+) initiatives?\b", body)
    assert counts == ["0", "4", "0"]
    assert "Not described yet" in body


def test_a_network_shows_what_it_is_and_holds(client, full):
    body = page(client, "network", "grain-commun")
    assert "Farms and bakeries." in body
    assert "4 initiatives" in body
    assert "1 without a place of its own" in body
    assert ">grain-commun.example</a>" in body
    assert "https://grain-commun.example/charter/" in body
    assert "creativecommons.org/licenses/by/4.0" in body
    assert "Everywhere" in body
    assert "Atelier 0" in body
    assert "Not yet" not in body
    assert f"{address('map')}?network=grain-commun" in body


def test_a_former_member_is_not_counted(client, full, network):
    network.memberships.filter(initiative__name="Atelier 0").update(until="2020-01-01")
    body = page(client, "network", "grain-commun")
    assert "3 initiatives" in body
    assert "Atelier 0" not in body


@pytest.mark.django_db
def test_an_empty_network_says_so(client, network):
    body = page(client, "network", network.slug)
    assert "No initiative here yet" in body
    assert 'class="bars"' not in body


@pytest.mark.django_db
def test_an_undescribed_network_says_so(client):
    bare = NetworkFactory(is_complete=False)
    assert Network.objects.get().description == ""
    assert "nobody has described it yet" in page(client, "network", bare.slug)


def test_themes_are_drawn_by_share(client, full):
    body = page(client, "network", "grain-commun")
    assert re.findall(r"--v:(\d+)", body) == ["100", "33"]
    assert "&amp;theme=" in body


# ── Collectives ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_no_collective_yet(client):
    assert 'class="card empty"' in page(client, "collectives")


@pytest.mark.parametrize("status", [CollectiveStatus.DRAFT, CollectiveStatus.ARCHIVED])
def test_only_published_collectives_are_shown(client, full, collective, status):
    hidden = CollectiveFactory(name="Behind the door", territory=collective.territory, status=status)
    assert "Behind the door" not in page(client, "collectives")
    assert "Behind the door" not in page(client, "territory", "FR-69")
    assert client.get(address("collective", hidden.slug)).status_code == 404


def test_collectives_carry_their_counts(client, full):
    body = page(client, "collectives")
    assert "Rhône · 4 initiatives" in body
    assert "Eating together." in body


def test_a_collective_shows_what_it_is_and_holds(client, full):
    body = page(client, "collective", "tables")
    assert "Eating together." in body
    assert "4 initiatives" in body
    assert ">tables.example</a>" in body
    assert address("territory", "FR-69") in body
    assert address("territory", "FR") in body
    assert "Everywhere" in body
    assert "Not yet" not in body
    assert f"{address('map')}?collective=tables" in body


def test_a_collective_without_perimeter_shows_its_territory(client, collective):
    spec = minimap(page(client, "collective", "tables"))
    assert spec["outline"] is None
    assert spec["outlineUrl"] == "/api/territories/FR-69/"
    assert spec["bounds"] == [4.2, 45.4, 5.2, 46.3]


def test_a_perimeter_that_is_the_territory_is_not_sent_twice(client, collective):
    collective.perimeter = collective.territory.boundary
    collective.save()
    assert minimap(page(client, "collective", "tables"))["outline"] is None


def test_a_perimeter_of_its_own_is_drawn(client, collective):
    collective.perimeter = square(4.7, 45.6, 5, 45.9)
    collective.save()
    spec = minimap(page(client, "collective", "tables"))
    assert spec["outline"]["type"] in SHAPES
    assert spec["outlineUrl"] is None
    assert spec["bounds"] == [4.7, 45.6, 5, 45.9]


def test_an_empty_collective_says_so(client, collective):
    body = page(client, "collective", "tables")
    assert "No initiative here yet" in body
    assert "See on the map" not in body


def test_further_languages_are_named_in_that_of_the_page(client, bakery):
    rows = [{"language": "it", "name": "Il forno"}, {"language": "oc", "name": "Lo forn"}]
    actions.revise(bakery, by=None, values={"translations": rows, "description_language": "fr"})
    shown = client.get(f"/fr/initiatives/{bakery.slug}/").content.decode()
    # Occitan has no name in Django.
    assert re.search(r"Existe aussi en\s*:\s*Italien, oc<", shown)
