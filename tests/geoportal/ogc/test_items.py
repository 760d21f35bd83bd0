"""Part 1: items of a collection, and what they cost."""

import json

import pytest
from jsonschema import Draft202012Validator

from initiatives.enums import Precision
from initiatives.models import Initiative
from territories.models import Territory
from tests.factories import InitiativeFactory, MemberFactory
from tests.initiatives.asking import counted

from .asking import features, get, links, names, refused

pytestmark = pytest.mark.django_db
COLLECTIONS = ("initiatives", "collectives", "territories")


def exported(client, query: str = "") -> list[str]:
    """Identifiers of the file of the same selection."""
    body = b"".join(client.get(f"/exports/initiatives.geojson?{query}").streaming_content)
    return [one["id"] for one in json.loads(body)["features"]]


# ── Items ───────────────────────────────────────────────────────────────────────────────────────
def test_fc_response_items_are_what_the_export_holds(client, rows, groups):
    data = get(client, "collections/initiatives/items")
    assert [one["id"] for one in data["features"]] == exported(client)
    assert data["numberMatched"] == data["numberReturned"] == len(data["features"]) == 10
    assert data["timeStamp"].endswith("Z")
    assert names(client, "collectives") == ["Own", "Whole"]
    assert set(names(client, "territories")) == {"France", "Rhône"}
    for collection in COLLECTIONS:
        shown = features(client, collection)
        schema = get(client, f"collections/{collection}/schema")
        own = set(schema["properties"]) - {"id", "geometry"}
        for one in shown:
            assert set(one["properties"]) == own
            Draft202012Validator({**schema, "required": [], "additionalProperties": True}).validate(
                {**one["properties"], "id": one["id"]}
            )
        alone = get(client, f"collections/{collection}/items/{shown[0]['id']}")
        assert {"self", "alternate", "collection"} <= {link["rel"] for link in alone["links"]}
        for name in ("type", "id", "geometry", "properties"):
            assert alone[name] == shown[0][name]


def test_fc_geometry_a_collective_without_perimeter_has_that_of_its_territory(client, groups, rhone):
    own, whole = features(client, "collectives")
    assert own["geometry"]["coordinates"][0][0][0] == [4.7, 45.6]
    assert whole["geometry"]["coordinates"] == [
        [[list(point) for point in ring] for ring in rhone.boundary[0].coords]
    ]


@pytest.mark.parametrize(
    "query",
    [
        "theme=repair-cafes",
        "q=atelier",
        "since=1998",
        "bbox=4.7,45,4.95,46",
        "located=any",
        "bbox=179,-17,-179,-16",
    ],
)
def test_fc_selection_the_grammar_of_all_doors_means_the_same(client, rows, query):
    parameters = dict(part.split("=") for part in query.split("&"))
    data = get(client, "collections/initiatives/items", **parameters)
    found = [one["id"] for one in data["features"]]
    assert found == exported(client, query)
    assert found
    assert data["numberMatched"] == client.get(f"/api/count?{query}").json()["matched"]


def test_fc_limit_pages_go_on_to_the_end(client, rows, groups):
    for collection, more in (
        ("initiatives", {}),
        ("initiatives", {"filter": "founded > 1"}),
        ("territories", {}),
    ):
        whole = [one["id"] for one in features(client, collection, **more)]
        found: list[str] = []
        address = f"/ogc/collections/{collection}/items"
        answer = client.get(address, {"limit": 1, **more})
        assert answer.json()["numberMatched"] == len(whole)
        for _page in whole:
            data = answer.json()
            found += [one["id"] for one in data["features"]]
            onward = links(data, "next")
            if not onward:
                break
            assert 'rel="next"' in answer["Link"]
            assert onward[0]["type"] == "application/geo+json"
            answer = client.get(onward[0]["href"].replace("http://testserver", ""))
        assert found == whole
        assert not links(data, "next")


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", ""])
def test_fc_limit_what_is_no_number_is_refused(client, limit):
    assert refused(client, "collections/initiatives/items", limit=limit)["parameter"] == "limit"


def test_fc_limit_what_is_too_much_is_as_much_as_there_may_be(client, rows):
    assert len(features(client, limit=1_000_000)) == 10


@pytest.mark.parametrize(
    "box", ["1", "1,2,3", "a,b,c,d", "200,0,201,1", "0,5,1,4", "1,2,3,4,5", "nan,0,1,1", ""]
)
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_fc_bbox_what_is_no_box_is_refused(client, box, collection):
    assert refused(client, f"collections/{collection}/items", bbox=box)["parameter"] == "bbox"


def test_fc_bbox_heights_are_left_aside(client, rows, groups):
    assert names(client, bbox="4.79,45,-10,4.81,46,9000") == names(client, bbox="4.79,45,4.81,46")
    assert names(client, "collectives", bbox="5.1,46,5.15,46.1") == ["Whole"]


def test_fc_time_a_span_leaves_what_changed_in_it(client, rows, groups):
    Initiative.objects.filter(name="Far").update(updated_at="2020-05-05T10:00:00.7Z")
    for span in (
        "2020-05-05",
        "2020-05-05T10:00:00Z",
        "../2020-12-31",
        "/2021-01-01T00:00:00Z",
        "2020-05-01/2020-05-06",
    ):
        assert names(client, datetime=span) == ["Far"]
    assert len(names(client, datetime="2021-01-01/..")) == 9
    assert len(names(client, datetime="../..")) == 10
    assert len(names(client, "territories", datetime="1999-01-01")) == 2
    for bad in ("x", "..", "2020-13-01", "2021-01-01/2020-01-01", "1/2/3", "2020-05-05T10:00:00"):
        for collection in COLLECTIONS:
            assert refused(client, f"collections/{collection}/items", datetime=bad)["parameter"] == "datetime"


def test_privacy_a_blurred_initiative_shows_its_public_place_alone(client, rows, bakery):
    Initiative.objects.filter(pk=bakery.pk).update(precision=Precision.LOCALITY, street="3 quai du Rhône")
    exact = "45.764,4.8357"
    for collection in ("items", f"items/{bakery.uuid}"):
        for crs in (None, "http://www.opengis.net/def/crs/EPSG/0/4326"):
            body = client.get(
                f"/ogc/collections/initiatives/{collection}", {"crs": crs} if crs else {}
            ).content
            assert b"quai du" not in body
            assert b"45.764" not in body
            assert b"4.8357" not in body
    lat, lon = map(float, exact.split(","))
    box = f"{lon - 1e-4},{lat - 1e-4},{lon + 1e-4},{lat + 1e-4}"
    assert bakery.name not in names(client, filter=f"S_INTERSECTS(geometry, BBOX({box}))")
    assert names(client, filter="address_street LIKE '%quai%'") == []


# ── What it costs ───────────────────────────────────────────────────────────────────────────────
BUDGETS = [
    ("", 0),
    ("collections", 10),
    ("collections/initiatives/items", 17),
    ("collections/initiatives/items?filter=founded>1", 18),
    ("collections/collectives/items", 7),
    ("collections/territories/items", 7),
]


@pytest.mark.parametrize(("path", "budget"), BUDGETS)
def test_a_door_stays_within_its_budget_however_many_there_are(client, rows, groups, path, budget):
    def asked() -> int:
        with counted() as statements:
            assert client.get(f"/ogc/{path}").status_code == 200
        return len(statements)

    few = asked()
    for number in range(5):
        InitiativeFactory(name=f"More {number}", founded=2000, published=True)
        Territory.objects.create(
            code=f"M-{number}", scheme="region", boundary=Territory.objects.first().boundary
        )
    assert asked() == few <= budget


def test_an_answer_that_may_be_shared_depends_on_nobody(client, rows):
    before = client.get("/ogc/collections/initiatives/items").json()["features"]
    client.force_login(MemberFactory())
    answer = client.get("/ogc/collections/initiatives/items")
    assert answer.json()["features"] == before
    assert not answer.cookies
