"""Features: every property of the contract, the same at every door, and nothing that is not public."""

import json
import subprocess

import pytest
from django.contrib.gis.geos import Point

from initiatives import actions
from initiatives.enums import ContactKind, Visibility
from territories.enums import CollectiveStatus
from tests.factories import CollectiveFactory, InitiativeFactory

PROPERTIES = [
    "name",
    "slug",
    "url",
    "summary",
    "description",
    "description_language",
    "translations",
    "themes",
    "primary_theme",
    "legal_form",
    "status",
    "founded",
    "parent",
    "address",
    "position_precision",
    "reach",
    "territory",
    "territories",
    "collective",
    "networks",
    "website",
    "contact",
    "opening_hours",
    "photos",
    "labels",
    "tags",
    "languages",
    "fields",
    "offers",
    "needs",
    "groups",
    "campaigns",
    "created",
    "updated",
    "confirmed",
    "sources",
    "licence",
]


def exported(client, query: str = "") -> dict:
    """The export as parsed JSON."""
    return json.loads(b"".join(client.get(f"/exports/initiatives.geojson?{query}").streaming_content))


def test_every_property_of_the_contract_in_its_order(client, bakery):
    feature = exported(client)["features"][0]
    assert list(feature["properties"]) == PROPERTIES
    assert feature["id"] == str(bakery.uuid)
    assert feature["geometry"] == {"type": "Point", "coordinates": [4.8357, 45.764]}


def test_single_feature_is_the_one_of_the_export(client, cast, bakery):
    actions.revise(
        bakery,
        by=None,
        values={
            "description": "Du *pain*.",
            "tags": ["pain"],
            "translations": [{"language": "en", "name": "The Bakery", "summary": "Bread"}],
            "contacts": {ContactKind.EMAIL: ("hello@demo.example", Visibility.EVERYONE)},
        },
    )
    feature = exported(client)["features"][0]
    assert client.get(f"/api/initiatives/{bakery.uuid}/").json() == feature
    assert client.get("/api/initiatives/").json()["features"] == [feature]
    assert feature["properties"]["contact"] == {"email": "hello@demo.example"}
    assert feature["properties"]["territories"] == ["FR", "FR-69"]
    assert feature["properties"]["territory"] == "FR-69"


def test_gdal_reads_the_export_back(client, bakery, tmp_path):
    InitiativeFactory(name="Ñandú & “Œuvre” <b>", position=Point(2.1, 41.4, srid=4326), published=True)
    path = tmp_path / "export.geojson"
    path.write_bytes(b"".join(client.get("/exports/initiatives.geojson").streaming_content))
    summary = subprocess.run(
        ["ogrinfo", "-al", "-so", str(path)], capture_output=True, text=True, check=True
    ).stdout
    assert "Feature Count: 2" in summary
    assert "Geometry: Point" in summary
    assert "name: String" in summary


def test_empty_export_is_a_valid_collection(client, db):
    export = exported(client)
    assert export["type"] == "FeatureCollection"
    assert export["features"] == []
    assert export["licence"] == "ODbL-1.0"


def test_blurred_position_and_hidden_contacts_are_nowhere(client, rhone):
    secret = Point(4.8321987, 45.7612345, srid=4326)
    hidden = InitiativeFactory(
        name="Maison discrète",
        position=secret,
        precision="locality",
        street="7 rue Cachée",
        postcode="69001",
        locality="Lyon",
        contacts={
            ContactKind.EMAIL: ("secret@demo.example", Visibility.NOBODY),
            ContactKind.PHONE: ("+33199001234", Visibility.MEMBERS),
        },
        published=True,
    )
    doors = [
        "/exports/initiatives.geojson",
        "/api/initiatives/",
        f"/api/initiatives/{hidden.uuid}/",
        "/tiles/initiatives/18/134583/93626.json",
        "/tiles/initiatives/0/0/0.json",
        f"/fr/initiatives/{hidden.slug}/",
        f"/fr/initiatives/{hidden.slug}/card/",
        "/fr/initiatives/",
        "/fr/",
    ]
    for door in doors:
        answer = client.get(door)
        body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        for leak in ("4.8321", "45.7612", "Cachée", "secret@", "199001234", "1 99 00"):
            assert leak not in body, (door, leak)
    # Distances are measured from the public point: nothing answers at the true one.
    assert client.get("/api/count?near=4.8321987,45.7612345,100").json()["matched"] == 0


@pytest.mark.parametrize("shown", [True, False])
def test_collective_and_parent_are_named_only_while_published(client, rhone, shown):
    collective = CollectiveFactory(
        name="Secret Table",
        slug="secret-table",
        territory=rhone,
        status=CollectiveStatus.PUBLISHED if shown else CollectiveStatus.DRAFT,
    )
    parent = InitiativeFactory(name="Hidden House", position=Point(13.4, 52.5, srid=4326), published=True)
    site = InitiativeFactory(name="Site", collective=collective, parent=parent, published=True)
    if not shown:
        actions.archive(parent, by=None)
    one = client.get(f"/api/initiatives/{site.uuid}/").json()
    (same,) = (row for row in exported(client)["features"] if row["id"] == str(site.uuid))
    named = ("secret-table", str(parent.uuid)) if shown else (None, None)
    for properties in (one["properties"], same["properties"]):
        assert (properties["collective"], properties["parent"]) == named
    body = client.get(f"/en/initiatives/{site.slug}/").content.decode()
    for word in ("Secret Table", "secret-table", "Hidden House", parent.slug, str(parent.uuid)):
        assert shown or word not in body, word
    assert not shown or ("Secret Table" in body and "Hidden House" in body)


@pytest.mark.django_db
def test_pages_of_the_list_stay_right_while_data_change(client):
    made = [InitiativeFactory(published=True) for _ in range(5)]
    first = client.get("/api/initiatives/?limit=2").json()
    actions.archive(made[0], by=None)
    InitiativeFactory(published=True)
    seen = [feature["id"] for feature in first["features"]]
    following = first["next"]
    while following:
        answer = client.get(following).json()
        seen += [feature["id"] for feature in answer["features"]]
        following = answer["next"]
    assert len(seen) == len(set(seen)) == 6
    assert {str(row.uuid) for row in made} <= set(seen)


def test_limit_above_the_largest_is_clamped(client, bakery):
    assert client.get("/api/initiatives/?limit=100000").status_code == 200


def test_awkward_text_survives_both_exports(client, rhone):
    awkward = 'back\\slash "quoted" \ttab, comma\nline\u2028\u0001\u0002 %s {} é😀'
    InitiativeFactory(name=awkward, description=awkward, summary=awkward, published=True)
    (feature,) = exported(client)["features"]
    assert feature["properties"]["name"] == awkward
    assert feature["properties"]["description"] == awkward
    text = b"".join(client.get("/exports/initiatives.geojsonl").streaming_content).decode()
    assert {**json.loads(text), **feature} == json.loads(text)


def test_lines_hold_the_same_features_as_the_collection(client, bakery):
    InitiativeFactory(published=True)
    answer = client.get("/exports/initiatives.geojsonl")
    assert answer["Content-Type"] == "application/x-ndjson"
    lines = b"".join(answer.streaming_content).decode().splitlines()
    first, *others = (json.loads(line) for line in lines)
    of_all = {name: value for name, value in exported(client).items() if name not in ("type", "features")}
    features = [{name: value for name, value in first.items() if name not in of_all}, *others]
    assert features == exported(client)["features"]
    assert first.keys() >= of_all.keys()


def test_the_export_works_while_debugging_too(client, bakery, settings):
    settings.DEBUG = True
    assert len(exported(client)["features"]) == 1


@pytest.mark.django_db(transaction=True)
def test_an_export_that_is_left_early_gives_the_connection_back(client, words):
    InitiativeFactory(published=True)
    answer = client.get("/exports/initiatives.geojson")
    next(iter(answer.streaming_content))
    answer.close()
    assert client.get("/api/count").json()["matched"] == 1
