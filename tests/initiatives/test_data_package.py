"""A snapshot's description keeps the profile of Data Package 2.0, and its tables keep what it says of them."""

import csv
import json
import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
import time_machine

from geo.tables import SEPARATOR
from initiatives.snapshots import actions

pytestmark = pytest.mark.django_db

# What the profile says of names, addresses and sums.
LICENCE = re.compile(r"[-a-zA-Z0-9._]+")
PATH = re.compile(r"[a-z][a-z.-]*|https?://\S+")
HASH = re.compile(r"sha256:[0-9a-f]{64}")
# A list of matches by the profile, a word by the text: left out, it is "exact" in both.
UNCLEAR = "fieldsMatch"
OWN = {
    "string": {"format"},
    "number": set(),
    "integer": set(),
    "datetime": set(),
    "list": {"delimiter", "itemType"},
    "object": set(),
    "array": set(),
}
READ = {
    "string": str,
    "number": float,
    "integer": int,
    "datetime": datetime.fromisoformat,
    "list": lambda cell: cell.split(SEPARATOR),
    "object": json.loads,
    "array": json.loads,
}


@pytest.fixture
def folder(full, network, settings, tmp_path):
    """A snapshot of all that there is."""
    settings.SNAPSHOTS_ROOT = tmp_path / "snapshots"
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False):
        actions.make(by=None)
    return settings.SNAPSHOTS_ROOT / "2026-11-01"


@pytest.fixture
def package(folder) -> dict:
    """Its description."""
    return json.loads((folder / "datapackage.json").read_text())


def tables(package: dict) -> dict[str, dict]:
    """Resources that have a schema, by name."""
    return {one["name"]: one for one in package["resources"] if "schema" in one}


def rows(folder, table: dict) -> list[dict[str, str]]:
    """What a table holds."""
    with (folder / table["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_names_addresses_and_sums_have_the_shape_that_is_asked(package):
    licences = [*package["licenses"], *(one for source in package["sources"] for one in source["licenses"])]
    assert all(LICENCE.fullmatch(one["name"]) and PATH.fullmatch(one["path"]) for one in licences)
    assert all(PATH.fullmatch(source["path"]) for source in package["sources"])
    assert datetime.fromisoformat(package["created"]).tzinfo == UTC
    for resource in package["resources"]:
        assert PATH.fullmatch(resource["path"]), resource["path"]
        assert HASH.fullmatch(resource["hash"])
        assert resource.get("type", "table") == "table"
        assert resource["mediatype"].count("/") == 1


def test_fields_say_only_what_their_type_has(package):
    for table in tables(package).values():
        assert UNCLEAR not in table["schema"]
        for field in table["schema"]["fields"]:
            known = {"name", "type", "description", "constraints"} | OWN[field["type"]]
            assert field.keys() <= known, field
            assert field.get("format", "uri") in ("uri", "uuid")


def test_keys_lead_to_rows_that_are_there(folder, package):
    found = tables(package)
    for table in found.values():
        for key in table["schema"].get("foreignKeys", []):
            (mine,), (theirs,) = key["fields"], key["reference"]["fields"]
            other = found[key["reference"].get("resource", table["name"])]
            there = {row[theirs] for row in rows(folder, other)}
            assert {row[mine] for row in rows(folder, table)} - {""} <= there, key


def test_cells_are_what_their_fields_say(folder, package):
    seen = 0
    for table in tables(package).values():
        content = rows(folder, table)
        for field in table["schema"]["fields"]:
            cells = [row[field["name"]] for row in content]
            limits = field.get("constraints", {})
            assert not limits.get("required") or all(cells), field["name"]
            assert not limits.get("unique") or len(set(cells)) == len(cells)
            values = [READ[field["type"]](cell) for cell in cells if cell]
            assert set(map(str, values)) <= set(limits["enum"]) if "enum" in limits else True
            if "minimum" in limits:
                assert all(limits["minimum"] <= value <= limits["maximum"] for value in values)
            if field.get("format") == "uuid":
                assert all(UUID(value) for value in values)
            seen += len(values)
    assert seen > 100
