"""Whatever a visitor types into the search box is a beginning of a name; what fixtures put right is taken again."""

import csv
import gzip
import json

import pytest

from territories.loading import load_gazetteer, load_territories
from territories.models import Place, Territory
from tests.conftest import square
from tests.factories import PlaceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

TOWN = {
    "geonameid": "7",
    "name": "Łąkowo-sur-Mer",
    "country": "FR",
    "admin1": "Somewhere",
    "lon": "1.5",
    "lat": "47.5",
    "population": "900",
    "alternates": "Wiesendorf am Meer|Prado del Mar",
}


@pytest.fixture
def made_up():
    """A town and a territory of a name that no real one has."""
    PlaceFactory(name="Qzyxel")
    TerritoryFactory(names={"fr": "Qzyxel"})


def found(text: str) -> list[int]:
    """How many towns and how many territories."""
    return [Place.objects.starting_with(text).count(), Territory.objects.starting_with(text).count()]


# ── What a visitor types ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["_", "%%%", "||", "\\", "'", "--", "…", "(", "*", "&|!", "%' OR 1=1 --"])
def test_signs_find_nothing(made_up, text):
    assert found(text) == [0, 0]


@pytest.mark.parametrize("text", ["qzy%el", "qz_xel", "%yxel", "_zyxel", "|zyxel", "qz\\yxel", "qz|yxel"])
def test_wildcards_stand_for_nothing(made_up, text):
    assert found(text) == [0, 0]


@pytest.mark.parametrize("text", ["qzyx", "qzyxel%", "|qzyxel", "qzyxel|", "“Qzyxel”", "'qzyxel", "%qzyx"])
def test_signs_around_a_name_are_passed_over(made_up, text):
    assert found(text) == [1, 1]


# ── What the files say ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
def gazetteer(tmp_path):
    """Load a gazetteer of one town, with some columns changed."""

    def load(**changed: str) -> Place:
        path = tmp_path / "places.csv.gz"
        with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, TOWN)
            writer.writeheader()
            writer.writerow(TOWN | changed)
        assert load_gazetteer(path) == 1
        return Place.objects.get(geonameid=7)

    return load


@pytest.mark.parametrize(
    "text", ["lakowo", "Łąkowo-sur", "LAKOWO SUR MER", "wiesendorf", "prado del mar", "prado-del-m"]
)
def test_a_town_answers_to_each_of_its_names(gazetteer, text):
    town = gazetteer()
    assert list(Place.objects.starting_with(text)) == [town]


@pytest.mark.parametrize("text", ["sur mer", "mer|wiesen", "kowo"])
def test_a_town_does_not_answer_to_the_middle_of_a_name(gazetteer, text):
    gazetteer()
    assert not Place.objects.starting_with(text)


def test_a_town_that_was_put_right_is_taken_again(gazetteer):
    town = gazetteer()
    assert town.position.coords == (1.5, 47.5)
    moved = gazetteer(lon="1.6", population="901", alternates="")
    assert (moved.pk, moved.position.coords, moved.population) == (town.pk, (1.6, 47.5), 901)
    assert moved.search_names == "|lakowo sur mer"


@pytest.mark.parametrize(
    ("column", "value"),
    [("view", [1.0, 2.0, 3.0, 4.0]), ("year", 2024), ("population", 12), ("names", {"fr": "Île"})],
)
def test_a_territory_that_was_put_right_is_taken_again(tmp_path, column, value):
    properties = {
        "code": "XX",
        "scheme": "country",
        "country": "XX",
        "names": {"fr": "Ile"},
        "view": [0, 0, 1, 1],
    }
    path = tmp_path / "country.geojson.gz"

    def load(**changed) -> list[int]:
        feature = {"properties": properties | changed, "geometry": json.loads(square(0, 0, 1, 1).geojson)}
        path.write_bytes(gzip.compress(json.dumps({"features": [feature]}).encode()))
        return load_territories([path])

    [made] = load()
    assert load() == []
    assert load(**{column: value}) == [made]
    assert getattr(Territory.objects.get(pk=made), column) == value
