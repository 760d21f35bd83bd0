"""Pages of networks, collectives and territories: what they hold, what they leave out, what they cost."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from initiatives.models import Network
from territories.enums import CollectiveStatus
from tests.conftest import square
from tests.factories import CollectiveFactory, InitiativeFactory, NetworkFactory, TerritoryFactory
from vocabulary.models import Licence

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# Queries that a page may ask, whatever it holds.
BUDGETS = {"networks": 1, "network": 7, "collectives": 1, "collective": 7, "territory": 9}

# A boundary of one part may be sent as that part.
SHAPES = ("Polygon", "MultiPolygon")


def address(name: str, *args, language: str = "en") -> str:
    """Address of a page in a language."""
    with translation.override(language):
        return reverse(name, args=args)


def page(client, name: str, *args) -> str:
    """The page in English."""
    answer = client.get(address(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()


def minimap(body: str) -> dict:
    """What the small map of a page is given."""
    return json.loads(re.search(r'<script id="minimap-spec"[^>]*>(.*?)</script>', body)[1])


@pytest.fixture
def network(db):
    """A described network."""
    return NetworkFactory(
        name="Grain Commun",
        slug="grain-commun",
        descriptions={"en": "Farms and bakeries.", "fr": "Fermes et fournils."},
        website="https://www.grain-commun.example/",
        charter_url="https://grain-commun.example/charter/",
        licence=Licence.objects.get(code="CC-BY-4.0"),
    )


@pytest.fixture
def collective(rhone):
    """A collective of the Rhône that covers all of it."""
    return CollectiveFactory(
        name="Les Tables du Rhône",
        slug="tables",
        territory=rhone,
        purposes={"en": "Eating together."},
        website="https://tables.example/",
    )


@pytest.fixture
def full(network, collective, bakery):
    """Three initiatives in Lyon and one without a place, carried by both; a draft that nobody sees."""
    for number in range(3):
        InitiativeFactory(
            name=f"Atelier {number}",
            theme="repair-cafes",
            networks=[network],
            collective=collective,
            published=True,
        )
    InitiativeFactory(
        name="Everywhere",
        position=None,
        has_no_position=True,
        networks=[network],
        collective=collective,
        published=True,
    )
    InitiativeFactory(name="Not yet", networks=[network], collective=collective)


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


# ── Territories ─────────────────────────────────────────────────────────────────────────────────


def figures(body: str) -> list[str]:
    """The large figures of a page."""
    return re.findall(r'<dd class="big">([^<]+)', body)


def test_a_territory_shows_its_figures(client, full, rhone):
    rhone.population = 20_000
    rhone.save()
    body = page(client, "territory", "FR-69")
    assert figures(body) == ["4", "2.0", "20,000"]
    assert "Fournil" in body
    assert "Everywhere" not in body
    assert "Not yet" not in body
    assert f"{address('map')}?territory=FR-69" in body
    spec = minimap(body)
    assert spec["outlineUrl"] == "/api/territories/FR-69/"
    assert spec["bounds"] == [4.2, 45.4, 5.2, 46.3]


def test_a_territory_shows_the_box_that_is_meant(client, france):
    france.view = [-5, 42, 8, 51]
    france.boundary = square(-61, -21, 56, 51)
    france.save()
    assert minimap(page(client, "territory", "FR"))["bounds"] == [-5, 42, 8, 51]


def test_a_territory_of_unknown_population_has_no_rate(client, full, rhone):
    assert figures(page(client, "territory", "FR-69")) == ["4"]


def test_a_territory_knows_its_place(client, full, collective):
    france = page(client, "territory", "FR")
    rhone = page(client, "territory", "FR-69")
    assert re.search(r'FR-69/">Rhône</a> <span class="num">4', france)
    assert collective.name in france
    assert collective.name in rhone
    assert address("territory", "FR") in rhone
    assert "Inside this territory" not in rhone


def test_names_inside_stand_in_order(client, france):
    for name in ("Zélande", "Île-de-France", "Jura", "Hérault"):
        TerritoryFactory(parent=france, names={"fr": name})
    listed = re.search(r'<ul class="inside">.*?</ul>', page(client, "territory", "FR"), re.S)[0]
    assert re.findall(r'">([^<]+)</a>', listed) == ["Hérault", "Île-de-France", "Jura", "Zélande"]


def test_an_empty_territory_says_so(client, rhone):
    body = page(client, "territory", "FR-69")
    assert figures(body) == ["0"]
    assert "No initiative here yet" in body


def test_long_lists_come_in_pages(client, rhone):
    for number in range(31):
        InitiativeFactory(
            name=f"Stall {number:02}", position=Point(4.8, 45.7 + number / 1000, srid=4326), published=True
        )
    first = page(client, "territory", "FR-69")
    assert first.count('class="row"') == 30
    assert 'rel="next" href="?page=2"' in first
    second = client.get(address("territory", "FR-69"), {"page": 2}).content.decode()
    assert "Stall 30" in second
    assert 'rel="prev"' in second
    assert client.get(address("territory", "FR-69"), {"page": "nonsense"}).status_code == 200


def test_an_outline_is_one_feature(client, rhone):
    feature = client.get("/api/territories/FR-69/").json()
    assert feature["type"] == "Feature"
    assert feature["bbox"] == feature["properties"]["view"] == [4.2, 45.4, 5.2, 46.3]
    assert feature["geometry"]["type"] in SHAPES
