"""Part 1: front, conformance, collections, items; as JSON, as pages, as OpenAPI."""

import pytest

from .asking import features, get, links, refused

pytestmark = pytest.mark.django_db
COLLECTIONS = ("initiatives", "collectives", "territories")
DOORS = [
    "",
    "api",
    "conformance",
    "collections",
    *[f"collections/{one}{rest}" for one in COLLECTIONS for rest in ("", "/items", "/queryables", "/schema")],
]


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
    asked = {"access-control-request-method": "GET"}
    told = client.options(f"/ogc/{path}", headers=asked)
    assert told["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


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
