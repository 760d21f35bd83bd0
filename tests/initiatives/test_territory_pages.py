"""Pages of territories: figures, what they lie in and hold, lists in pages, outlines."""

import re

from django.contrib.gis.geos import Point

from tests.conftest import square
from tests.factories import InitiativeFactory, TerritoryFactory
from tests.initiatives.pages import SHAPES, address, minimap, page


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
