"""Documents of other maps, as small as they show each trap."""

import json

import pytest

from importers.cells import Texts
from importers.errors import BadFileError
from importers.guessing.table import guess
from importers.mapping import FileOptions
from importers.presets import with_preset

from .sources import opened


def mapped(source, records):
    """The mapping that an import would read it by."""
    has_points = any(record.point for record in records)
    samples = [record.values for record in records]
    guessed = guess(source.columns, samples, has_points=has_points, file=FileOptions())
    return with_preset(source.preset, guessed, source.columns)


ELEMENT = {
    "id": "10kw",
    "name": "La Ruche",
    "geo": {"latitude": 46.32, "longitude": -0.03},
    "address": {
        "streetAddress": "5 rue Proust",
        "addressLocality": "Chenay",
        "postalCode": "79120",
        "addressCountry": "FR",
    },
    "email": "private",
    "openHours": {"Mo": "09:00-12:00", "We": "14:00-18:00"},
    "categories": ["Alimentation"],
    "status": 1,
}


@pytest.mark.django_db
def test_gogocarto_in_full(write_file):
    pending = {**ELEMENT, "id": "p", "status": 0}
    document = {"licence": "ODbL", "ontology": "gogofull", "data": [ELEMENT, pending]}
    source, records = opened(write_file(json.dumps(document), "elements.json"))
    assert source.format == "gogocarto"
    assert "1 of them pending" in str(source.notes[0])
    (record,) = records
    assert record.values["email"] == ""
    assert record.values["openHours"] == "Mo 09:00-12:00; We 14:00-18:00"
    mapping = mapped(source, records)
    assert mapping.fields["street"].columns == ("address.streetAddress",)
    assert (mapping.position.longitude, mapping.external_id) == ("geo.longitude", "id")
    assert mapping.themes.columns[0] == "categories"


@pytest.mark.django_db
def test_gogocarto_numbers_of_houses_stand_before_their_streets(write_file):
    address = {**ELEMENT["address"], "streetNumber": "5", "streetAddress": "rue Proust"}
    document = {"licence": "ODbL", "ontology": "gogofull", "data": [{**ELEMENT, "address": address}]}
    source, records = opened(write_file(json.dumps(document), "elements.json"))
    assert Texts(mapped(source, records)).of(records[0].values)["street"] == "5 rue Proust"


@pytest.mark.django_db
def test_gogocarto_compact_skips_the_categories_that_its_names_leave_out(write_file):
    document = {
        "ontology": "gogocompact",
        "data": [
            ["10kw", ["La Ruche", "Miel"], 46.32, -0.03, [10496, 7]],
            ["p", ["Autre", ""], 46, 0, [], -1, 0],
        ],
        "mapping": ["id", ["name", "description"], "latitude", "longitude", "status", "moderationState"],
    }
    source, records = opened(write_file(json.dumps(document), "elements.json"))
    (record,) = records
    assert (record.values["name"], record.values["description"]) == ("La Ruche", "Miel")
    assert record.values["geo.latitude"] == 46.32
    assert mapped(source, records).fields["name"].columns == ("name",)


@pytest.mark.django_db
def test_openfairdb_of_both_lists(write_file):
    entry = {"id": "a" * 32, "lat": 51.9, "lng": 7.6, "title": "Solawi", "tags": ["solawi"]}
    category = "2cd00bebec0c48ba9db761da48678134"
    document = {
        "visible": [{**entry, "categories": [category]}],
        "invisible": [{**entry, "id": "b"}, {**entry, "id": "c", "status": "archived"}],
    }
    source, records = opened(write_file(json.dumps(document), "search.json"))
    assert [record.values["id"] for record in records] == ["a" * 32, "b"]
    assert records[0].values["categories"] == ["initiative"]
    mapping = mapped(source, records)
    assert (mapping.position.longitude, mapping.position.latitude) == ("lng", "lat")


@pytest.mark.django_db
def test_murmurations_profiles_pages_and_tables(write_file):
    profile = {
        "linked_schemas": ["organizations_schema-v1.0.0"],
        "name": "Coop",
        "primary_url": "https://coop.example",
        "tags": ["food"],
        "geolocation": {"lat": 40.7, "lon": -73.9},
        "relationships": [{"object_url": "x"}],
    }
    source, records = opened(write_file(json.dumps(profile), "profile.json"))
    assert source.format == "murmurations"
    assert records[0].values["profile_key"] == "https://coop.example"
    index = {
        "data": [
            {**profile, "profile_url": "https://a.example/p.json"},
            {"profile_url": "https://b.example", "status": "deleted"},
        ]
    }
    source, records = opened(write_file(json.dumps(index), "nodes.json"))
    assert [record.values["profile_key"] for record in records] == ["https://a.example/p.json"]
    table = 'oid,name,tags[0],tags(list-0),geolocation.lat,geolocation.lon\n7,Coop,food,"School,College",45.7,4.8\n'
    source, records = opened(write_file(table, "batch.csv"))
    assert source.format == "murmurations"
    assert records[0].values["tags"] == ["food", "School", "College"]
    assert mapped(source, records).external_id == "profile_key"


@pytest.mark.django_db
def test_yeswiki_with_its_older_pair(write_file):
    entries = {
        "ferme": {"id_fiche": "ferme", "bf_titre": "La ferme", "carte_google": "45.76|4.83"},
        "four": {
            "id_fiche": "four",
            "bf_titre": "Le four",
            "geo": {"bf_latitude": "45.7", "bf_longitude": "4.8"},
        },
    }
    source, records = opened(write_file(json.dumps(entries), "entries.json"))
    assert [(r.values["bf_latitude"], r.values["bf_longitude"]) for r in records] == [
        ("45.76", "4.83"),
        ("45.7", "4.8"),
    ]
    assert mapped(source, records).external_id == "id_fiche"


OSM = """<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="47.0" lon="9.0"><tag k="name" v="Tafel"/><tag k="social_facility" v="food_bank"/></node>
<node id="2" lat="47.2" lon="9.2"/><node id="3" lat="47.4" lon="9.6"/>
<way id="4"><nd ref="2"/><nd ref="3"/><tag k="name" v="Haus"/><tag k="social_facility" v="food_bank"/></way>
<node id="5" lat="47.0" lon="9.0"><tag k="name" v="Gasthof"/><tag k="amenity" v="restaurant"/></node>
</osm>"""


@pytest.mark.django_db
def test_openstreetmap_keeps_what_a_theme_knows(write_file):
    tags = {"name": "Tafel", "social_facility": "food_bank"}
    overpass = {
        "version": 0.6,
        "osm3s": {},
        "elements": [
            {"type": "node", "id": 1, "lat": 47.0, "lon": 9.0, "tags": tags},
            {"type": "way", "id": 4, "center": {"lat": 47.3, "lon": 9.4}, "tags": tags},
            {
                "type": "node",
                "id": 5,
                "lat": 47.0,
                "lon": 9.0,
                "tags": {"name": "Gasthof", "amenity": "restaurant"},
            },
            {"type": "node", "id": 6, "lat": 47.0, "lon": 9.0, "tags": {"social_facility": "food_bank"}},
        ],
    }
    for content, name in ((json.dumps(overpass), "a.json"), (OSM, "a.osm")):
        source, records = opened(write_file(content, name))
        assert source.format == "osm"
        assert [record.values["osm_id"] for record in records] == ["node/1", "way/4"]
        assert records[0].point == (9.0, 47.0)
        assert records[1].point == pytest.approx((9.4, 47.3))
        assert mapped(source, records).themes.columns[0] == "osm_tags"


@pytest.mark.django_db
def test_digital_commons_tells_exact_and_coarse_places_apart(write_file):
    table = (
        "Identifier,Name,Postcode,Country ID,Latitude,Longitude,"
        "Geo Container,Geo Container Latitude,Geo Container Longitude\n"
        "1,Coop,M1 1AA,GB,53.48,-2.24,,,\n2,Other,M2 1AA,GB,,,http://x,53.5,-2.3\n"
    )
    source, records = opened(write_file(table, "standard.csv"))
    assert source.format == "dc-csv"
    assert [record.precision for record in records] == ["", "locality"]
    assert records[1].values["Latitude"] == "53.5"
    assert mapped(source, records).external_id == "Identifier"


def test_a_schema_is_no_list_of_records(write_file):
    schema = {
        "$schema": "https://json-schema.org/draft-07/schema#",
        "properties": {"linked_schemas": {"type": "array"}},
    }
    with pytest.raises(BadFileError, match="without a list of objects"):
        opened(write_file(json.dumps(schema), "s.json"))
