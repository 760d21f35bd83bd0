"""Outlines of a whole scheme: what they tell, which they are, what is refused."""

import pytest

from tests.conftest import square
from tests.factories import TerritoryFactory
from tests.initiatives.pages import SHAPES

pytestmark = pytest.mark.django_db


def shapes(client, address: str) -> dict:
    """A collection of outlines."""
    answer = client.get(f"/tiles/territories/{address}")
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/geo+json"
    return answer.json()


def test_a_scheme_comes_as_one_collection(client, rhone):
    rhone.view = [4.3, 45.5, 5.0, 46.0]
    rhone.save()
    (feature,) = shapes(client, "department.json")["features"]
    assert (feature["type"], feature["id"]) == ("Feature", "FR-69")
    assert feature["geometry"]["type"] in SHAPES
    assert feature["properties"]["view"] == [4.3, 45.5, 5.0, 46.0]
    assert shapes(client, "country.json")["features"][0]["properties"]["view"] == [-5, 42, 8, 51]
    assert shapes(client, "nuts1.json")["features"] == []


def test_another_territory_keeps_what_is_inside_it(client, rhone):
    TerritoryFactory(code="DE-BE", scheme="department", boundary=square(13, 52, 14, 53))
    assert len(shapes(client, "department.json")["features"]) == 2
    inside = shapes(client, "department.json?territory=FR")["features"]
    assert [feature["id"] for feature in inside] == ["FR-69"]
    # Of another family, so that only its place tells it.
    TerritoryFactory(code="FRK", scheme="nuts1", boundary=square(4, 45, 6, 47))
    inside = shapes(client, "department.json?territory=FRK")["features"]
    assert [feature["id"] for feature in inside] == ["FR-69"]


def test_a_reader_asks_again_cheaply(client, rhone):
    etag = client.get("/tiles/territories/department.json")["ETag"]
    again = client.get("/tiles/territories/department.json", headers={"if-none-match": etag})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("nonsense.json", 404),
        ("department.json?territory=nowhere", 400),
        ("department.json?theme=co-housing", 400),
        ("department.json?wat=1", 400),
    ],
)
def test_what_is_not_understood_is_a_problem(client, rhone, address, status):
    answer = client.get(f"/tiles/territories/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_more_than_a_map_shows_is_refused(client, rhone, monkeypatch):
    monkeypatch.setattr("territories.shapes.MOST", 1)
    TerritoryFactory(code="DE-BE", scheme="department", boundary=square(13, 52, 14, 53))
    assert client.get("/tiles/territories/department.json").status_code == 400
    assert len(shapes(client, "department.json?territory=FR")["features"]) == 1
