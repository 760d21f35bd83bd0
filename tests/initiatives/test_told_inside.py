"""Every file says what it is: licence, attribution and query, and the address that gives the same again."""

import csv
import io
import json

import geopandas
import pyarrow.parquet as pq
import pyogrio
import pytest
import time_machine
from django.conf import settings

from initiatives.exporting.formats import FORMATS
from initiatives.snapshots.actions import make
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db

QUERY = "theme=repair-cafes"
SAID = {"licence": "ODbL-1.0", "query": QUERY}
MEMBERS = ["title", "licence", "attribution", "source", "query", "generated", "selection"]


def taken(client, suffix: str, query: str = QUERY) -> bytes:
    """The file of a format."""
    return b"".join(client.get(f"/exports/initiatives.{suffix}?{query}").streaming_content)


def address(suffix: str, query: str = f"?{QUERY}") -> str:
    """What a file says where it is from."""
    return f"{settings.SITE_URL}/exports/initiatives.{suffix}{query}"


def read(client, tmp_path, suffix: str, query: str = QUERY) -> dict:
    """What a file of a format says of itself."""
    body = taken(client, suffix, query)
    if suffix in ("geojson", "geojsonl"):
        return json.loads(body.splitlines()[0] if suffix == "geojsonl" else body)
    path = tmp_path / f"file.{suffix}"
    path.write_bytes(body)
    if suffix == "parquet":
        return {key.decode(): text.decode() for key, text in pq.ParquetFile(path).metadata.metadata.items()}
    told = pyogrio.read_info(path)["layer_metadata"]
    if suffix == "gpkg":
        return told
    return dict(line.split(": ", 1) for line in told["DESCRIPTION"].splitlines()) | {"title": told["TITLE"]}


@pytest.mark.parametrize("suffix", sorted(FORMATS.keys() - {"csv"}))
def test_a_file_says_licence_attribution_and_query(client, scattered, tmp_path, suffix):
    said = read(client, tmp_path, suffix)
    assert {name: said[name] for name in SAID} == SAID
    assert said.keys() >= {*MEMBERS}
    assert said["selection"] == address(suffix)
    assert all(said[name] for name in MEMBERS)


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "fgb", "parquet"])
def test_a_file_without_rows_says_it_too(client, rhone, tmp_path, suffix):
    said = read(client, tmp_path, suffix)
    assert (said["query"], said["selection"]) == (QUERY, address(suffix))


def test_a_table_without_rows_has_its_columns_and_lines_have_nothing(client, rhone):
    (header,) = csv.reader(io.StringIO(taken(client, "csv").decode()))
    assert (header[0], header[-1]) == ("id", "selection")
    assert taken(client, "geojsonl") == b""


def test_each_row_of_a_table_says_where_it_is_from(client, scattered):
    rows = list(csv.DictReader(io.StringIO(taken(client, "csv").decode())))
    assert len(rows) > 1
    assert {row["selection"] for row in rows} == {address("csv")}
    everything = list(csv.DictReader(io.StringIO(taken(client, "csv", "").decode())))
    assert {row["selection"] for row in everything} == {address("csv", "")}
    again = client.get(rows[0]["selection"].removeprefix(settings.SITE_URL))
    assert b"".join(again.streaming_content) == taken(client, "csv")


def test_what_a_query_says_runs_in_no_spreadsheet(client, scattered):
    InitiativeFactory(name="Un, deux = trois", published=True)
    (row,) = csv.DictReader(io.StringIO(taken(client, "csv", "q=%3DUN%2C%20%22deux").decode()))
    assert row["selection"].startswith(address("csv", "?q="))
    assert not {'"', ",", " "} & {*row["selection"]}


def test_gdal_reads_lines_as_if_the_first_said_nothing(client, scattered, tmp_path):
    path = tmp_path / "file.geojsonl"
    path.write_bytes(taken(client, "geojsonl", ""))
    assert pyogrio.read_info(path)["driver"] == "GeoJSONSeq"
    rows = geopandas.read_file(path)
    features = json.loads(taken(client, "geojson", ""))["features"]
    assert list(rows["id"]) == [one["id"] for one in features]
    properties = features[0]["properties"]
    assert {*rows.columns} == {"id", "geometry", *properties}
    # What the file says of all is not taken for what it says of the first.
    assert list(rows["licence"]) == [one["properties"]["licence"] for one in features]
    in_memory = [json.loads(line) for line in path.read_text().splitlines()]
    assert list(geopandas.GeoDataFrame.from_features(in_memory).columns) == ["geometry", *properties]


def test_a_snapshot_says_where_it_lies_and_counts_that_as_no_change(bakery, settings, tmp_path):
    settings.SNAPSHOTS_ROOT = tmp_path / "snapshots"
    InitiativeFactory(name="Stays", published=True)
    labels = ("2026-11-01", "2026-12-01")
    for label in labels:
        with time_machine.travel(f"{label}T01:27:00Z", tick=False):
            snapshot = make(by=None)
    for label in labels:
        folder, place = settings.SNAPSHOTS_ROOT / label, f"{settings.SITE_URL}/data/snapshots/{label}"
        first = json.loads((folder / "initiatives.geojsonl").read_text().splitlines()[0])
        assert first["selection"] == f"{place}/initiatives.geojsonl"
        assert first["snapshot"] == f"{place}/datapackage.json"
        rows = csv.DictReader(io.StringIO((folder / "initiatives.csv").read_text(), newline=""))
        assert [row["selection"] for row in rows] == [f"{place}/initiatives.csv"] * 2
    assert [snapshot.counts[kind] for kind in ("added", "changed", "removed")] == [0, 0, 0]
