"""Part 1: front, conformance, collections, items; as JSON, as pages, as OpenAPI."""

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
DOORS = [
    "",
    "api",
    "conformance",
    "collections",
    *[f"collections/{one}{rest}" for one in COLLECTIONS for rest in ("", "/items", "/queryables", "/schema")],
]


def exported(client, query: str = "") -> list[str]:
    """Identifiers of the file of the same selection."""
    body = b"".join(client.get(f"/exports/initiatives.geojson?{query}").streaming_content)
    return [one["id"] for one in json.loads(body)["features"]]


# ── Requirements of every door ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("path", DOORS)
def test_html_every_door_is_a_page_too(client, rows, groups, path):
    for language, said in (("en", "Skip to content"), ("fr", "Aller au contenu")):
        answer = client.get(f"/ogc/{path}?f=html&lang={language}")
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("text/html")
        assert f'<html lang="{language}"' in answer.content.decode()
        assert said in answer.content.decode() or language == "fr"
    liked = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "accept-language": "de"}
    answer = client.get(f"/ogc/{path}", headers=liked)
    assert '<html lang="de"' in answer.content.decode()
    assert {"Accept", "Accept-Language"} <= set(answer["Vary"].split(", "))


@pytest.mark.parametrize("path", DOORS)
def test_http_every_door_answers_programs_with_json(client, rows, groups, path):
    for headers in (
        {},
        {"accept": "*/*"},
        {"accept": "application/json"},
        {"accept": "application/geo+json"},
    ):
        answer = client.get(f"/ogc/{path}", headers={**headers, "accept-language": "de"})
        assert answer.status_code == 200
        assert "json" in answer["Content-Type"]
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Content-Crs" in answer["Access-Control-Expose-Headers"]
        assert "Accept" in answer["Vary"]
        assert not {"cookie", "accept-language"} & set(answer["Vary"].lower().split(", "))


@pytest.mark.parametrize("path", DOORS)
def test_http_a_reader_who_has_it_is_told_so(client, rows, groups, path):
    answer = client.get(f"/ogc/{path}")
    again = client.get(f"/ogc/{path}", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    assert again["Access-Control-Allow-Origin"] == "*"
    assert client.head(f"/ogc/{path}").status_code == 200
    packed = client.get(f"/ogc/{path}", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", DOORS)
def test_query_param_unknown_every_door_refuses_what_it_does_not_know(client, rows, path):
    assert refused(client, path, colour="red")["parameter"] == "colour"
    assert refused(client, path, status=406, f="xml")["parameter"] == "f"
    assert refused(client, path, lang="xx")["parameter"] == "lang"
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(f"/ogc/{path}").status_code == 405
    assert client.options(f"/ogc/{path}")["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


# ── Front, conformance, description ─────────────────────────────────────────────────────────────
def test_root_success_the_front_leads_everywhere(client, rows):
    data = get(client)
    assert {"self", "alternate", "service-desc", "service-doc", "conformance", "data", "license"} <= {
        one["rel"] for one in data["links"]
    }
    assert links(data, "service-desc")[0]["type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert links(data, "data")[0]["href"].endswith("/ogc/collections")
    for link in data["links"]:
        if "/ogc/" in link["href"]:
            assert client.get(link["href"].replace("http://testserver", "")).status_code == 200, link


def test_conformance_success_what_qgis_asks_for_is_declared(client):
    said = get(client, "conformance")["conformsTo"]
    for part in ("ogcapi-features-3/1.0/conf/filter", "ogcapi-features-3/1.0/conf/features-filter"):
        assert f"http://www.opengis.net/spec/{part}" in said
    for part in ("cql2-text", "basic-cql2", "basic-spatial-functions"):
        assert f"http://www.opengis.net/spec/cql2/1.0/conf/{part}" in said
    assert len(said) == len(set(said))


def test_oas30_the_description_is_one(client):
    answer = client.get("/ogc/api")
    assert answer["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    data = answer.json()
    assert data["openapi"].startswith("3.0.")
    limit = data["components"]["parameters"]["limit"]["schema"]
    assert (limit["minimum"], limit["maximum"], limit["default"]) == (1, 10_000, 100)
    bbox = data["components"]["parameters"]["bbox"]
    assert (bbox["style"], bbox["explode"], bbox["schema"]["maxItems"]) == ("form", False, 6)
    operations = [one["get"]["operationId"] for one in data["paths"].values()]
    assert len(operations) == len(set(operations))
    refs = [part.split('"')[0] for part in answer.content.decode().split('"$ref": "#/')[1:]]
    assert refs
    for ref in refs:
        found = data
        for name in ref.split("/"):
            found = found[name]
    for path, one in data["paths"].items():
        listed = [name.get("name", name.get("$ref", "").split("/")[-1]) for name in one["get"]["parameters"]]
        assert len(listed) == len(set(listed)), path
        if "{" not in path:
            assert client.get(f"/ogc{path}").status_code == 200


# ── Collections ─────────────────────────────────────────────────────────────────────────────────
def test_fc_md_success_collections_say_the_same_alone(client, rows, groups):
    data = get(client, "collections")
    assert [one["id"] for one in data["collections"]] == list(COLLECTIONS)
    for one in data["collections"]:
        alone = get(client, f"collections/{one['id']}")
        for name in set(one) - {"links"}:
            assert one[name] == alone[name]
        types = {link["type"] for link in links(alone, "items")}
        assert {"application/geo+json", "text/html"} <= types
        for rel in ("self", "alternate", "license"):
            assert links(alone, rel)
        assert one["storageCrs"] in one["crs"]
        assert len(one["crs"]) == 4
        assert one["itemType"] == "feature"
    initiatives = get(client, "collections/initiatives")
    assert initiatives["itemCount"] == 10
    assert {"application/vnd.flatgeobuf"} <= {link["type"] for link in links(initiatives, "items")}
    assert len(links(initiatives, "enclosure")) == 6
    west, south, east, north = initiatives["extent"]["spatial"]["bbox"][0]
    for one in features(client):
        x, y = one["geometry"]["coordinates"]
        assert west <= x <= east
        assert south <= y <= north


def test_sfc_md_op_there_is_no_other_collection(client):
    assert "initiatives" in refused(client, "collections/members", status=404)["detail"]
    assert refused(client, "collections/members/items", status=404)
    assert refused(client, "collections/initiatives/items/x", status=404)
    assert refused(client, "collections/initiatives/items/00000000-0000-4000-8000-000000000000", status=404)
    assert refused(client, "collections/collectives/items/draft", status=404)


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
    ("collections/initiatives/items", 14),
    ("collections/initiatives/items?filter=founded>1", 16),
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
