"""The data dictionary describes every property, and nothing else."""

import pytest

from geo.tables import Kind
from initiatives.columns import COLUMNS
from initiatives.dictionary import CHOICES, DESCRIPTIONS, GEOMETRY, REQUIRED, entries, table_fields
from initiatives.layers import PROPERTIES

TYPES = {Kind.TEXT: "string", Kind.INTEGER: "integer", Kind.INSTANT: "datetime", Kind.TEXTS: "list"}


def test_every_property_and_column_is_described():
    described = set(DESCRIPTIONS)
    assert {path.split(".")[0] for path in described} == {"id", GEOMETRY, *PROPERTIES}
    assert described >= {column.path for column in COLUMNS}
    assert all(str(text).endswith(".") for text in DESCRIPTIONS.values())
    assert described >= REQUIRED | set(CHOICES)


def test_a_part_stands_with_what_it_is_a_part_of():
    paths = [entry.path for entry in entries()]
    assert all(path.split(".")[0] in paths for path in paths)


def test_kinds_are_those_of_the_columns():
    fields = {field["name"]: field for field in table_fields()}
    assert set(fields) == {column.name for column in COLUMNS} | {"longitude", "latitude", "selection"}
    assert [*fields][:4] == ["id", "longitude", "latitude", "name"]
    assert [*fields][-1] == "selection"
    for column in COLUMNS:
        assert fields[column.name]["type"] in (TYPES.get(column.kind), "object", "array")
        assert (fields[column.name]["type"] in ("object", "array")) == (column.kind == Kind.PARTS)


@pytest.mark.django_db
def test_features_and_tables_hold_what_is_promised(client, bakery):
    (feature,) = client.get("/api/initiatives/").json()["features"]
    for entry in entries():
        found = feature["properties"].get(entry.path)
        if entry.required and entry.path != "id":
            assert found is not None, entry.path
        if entry.values and found is not None:
            assert found in entry.values


@pytest.mark.django_db
def test_the_page_names_each_property(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        text = client.get("/en/data/dictionary/").content.decode()
    assert all(f'id="{path}"' in text for path in [*DESCRIPTIONS, "selection"])
    assert "Year founded." in text
