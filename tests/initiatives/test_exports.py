"""Files of a selection: one content in six formats, read back by GDAL and GeoPandas."""

import csv
import io
import json
import re
import subprocess
from pathlib import Path

import geopandas
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from initiatives.columns import COLUMNS
from initiatives.enums import Precision, Visibility
from initiatives.exporting.formats import FORMATS
from initiatives.layers import PROPERTIES
from initiatives.models import Initiative

pytestmark = pytest.mark.django_db

QUERIES = ["", "theme=repair-cafes", "bbox=0,40,10,50", "q=atelier"]
SPATIAL = ["geojson", "gpkg", "fgb", "parquet"]
# Rounded to 1e-7 degrees in the database, to seven decimals in text.
NEAR = 1e-7


def taken(client, suffix: str, query: str = "") -> bytes:
    """The file of a format."""
    answer = client.get(f"/exports/initiatives.{suffix}?{query}")
    assert answer.status_code == 200, answer.content
    assert answer["Content-Disposition"] == f'attachment; filename="social-planet-initiatives.{suffix}"'
    return b"".join(answer.streaming_content)


def features(client, query: str = "") -> dict[str, dict]:
    """Features of the GeoJSON export by their ids."""
    return {one["id"]: one for one in json.loads(taken(client, "geojson", query))["features"]}


def frame(client, tmp_path, suffix: str, query: str = "") -> geopandas.GeoDataFrame:
    """The file of a format as GeoPandas reads it."""
    path = tmp_path / f"file.{suffix}"
    path.write_bytes(taken(client, suffix, query))
    return geopandas.read_parquet(path) if suffix == "parquet" else geopandas.read_file(path)


def test_every_property_has_a_column():
    assert {column.path.split(".")[0] for column in COLUMNS} == {"id", *PROPERTIES}
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("suffix", SPATIAL)
def test_every_format_has_the_same_rows_and_places(client, scattered, tmp_path, suffix, query):
    expected = features(client, query)
    rows = frame(client, tmp_path, suffix, query)
    assert rows.crs.to_authority() in (("EPSG", "4326"), ("OGC", "CRS84"))
    assert set(rows["id"]) == set(expected)
    assert len(rows) == len(expected)
    for key, point in zip(rows["id"], rows.geometry, strict=True):
        assert shapely.equals_exact(point, shapely.Point(expected[key]["geometry"]["coordinates"]), NEAR)


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "parquet"])
def test_every_format_with_columns_has_the_same_ones(client, scattered, tmp_path, suffix):
    names = {column.name for column in COLUMNS}
    assert set(frame(client, tmp_path, suffix).columns) - {"geometry", "bbox"} == names


@pytest.mark.parametrize("query", QUERIES)
def test_a_table_has_the_same_rows_and_places(client, scattered, query):
    expected = features(client, query)
    rows = list(csv.DictReader(io.StringIO(taken(client, "csv", query).decode())))
    assert {row["id"]: [float(row["longitude"]), float(row["latitude"])] for row in rows} == {
        key: one["geometry"]["coordinates"] for key, one in expected.items()
    }
    assert {row["id"]: row["themes"].split("; ") for row in rows} == {
        key: one["properties"]["themes"] for key, one in expected.items()
    }


def test_cells_run_in_no_spreadsheet(client, bakery):
    Initiative.objects.filter(pk=bakery.pk).update(name="=HYPERLINK(1)", summary='She said "a, b"\nand more')
    bakery.contacts.create(kind="phone", value="+33472000000", visibility=Visibility.EVERYONE)
    (row,) = csv.DictReader(io.StringIO(taken(client, "csv").decode(), newline=""))
    assert (row["name"], row["contact_phone"]) == ("'=HYPERLINK(1)", "'+33472000000")
    assert row["summary"] == 'She said "a, b"\nand more'
    assert (row["founded"], row["translations"]) == ("", "")


@pytest.mark.parametrize("suffix", ["gpkg", "fgb"])
def test_gdal_finds_licence_and_query_inside(client, scattered, tmp_path, suffix):
    path = tmp_path / f"file.{suffix}"
    path.write_bytes(taken(client, suffix, "theme=repair-cafes"))
    words = ["ogrinfo", "-so", "-al", str(path)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "Layer name: initiatives" in said
    assert "Geometry: Point" in said
    told = str(pyogrio.read_info(path)["layer_metadata"])
    assert "ODbL-1.0" in told
    assert "theme=repair-cafes" in told


def test_geoparquet_says_what_the_specification_asks(client, scattered, tmp_path):
    path = tmp_path / "file.parquet"
    path.write_bytes(taken(client, "parquet"))
    file = pq.ParquetFile(path)
    metadata = file.metadata.metadata
    geo = json.loads(metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    column = geo["columns"]["geometry"]
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["Point"])
    assert column["covering"]["bbox"]["xmax"] == ["bbox", "xmax"]
    assert "crs" not in column
    points = [one["geometry"]["coordinates"] for one in features(client).values()]
    longitudes, latitudes = zip(*points, strict=True)
    box = [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
    assert column["bbox"] == pytest.approx(box, abs=NEAR)
    assert metadata[b"licence"] == b"ODbL-1.0"
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    # Lists are lists, times are times.
    row = file.read().to_pylist()[0]
    assert isinstance(row["themes"], list)
    assert row["created"].tzinfo is not None
    assert row["bbox"]["xmin"] == row["bbox"]["xmax"]


def test_geoparquet_lies_along_the_map(client, scattered, tmp_path):
    rows = frame(client, tmp_path, "parquet")
    cells = dict(Initiative.objects.values_list("uuid", "cell"))
    along = [cells[key] for key in map(type(next(iter(cells))), rows["id"])]
    assert along == sorted(along)
    assert len(along) == 21


@pytest.mark.parametrize("query", ["located=any", "located=no"])
def test_those_without_a_place_are_in_all_formats_but_one(client, scattered, tmp_path, query):
    answer = client.get(f"/exports/initiatives.fgb?{query}")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "located")
    expected = features(client, query)
    assert any(one["geometry"] is None for one in expected.values())
    for suffix in ("gpkg", "parquet"):
        rows = frame(client, tmp_path, suffix, query)
        placed = {key for key, point in zip(rows["id"], rows.geometry, strict=True) if point is not None}
        assert set(rows["id"]) == set(expected)
        assert placed == {key for key, one in expected.items() if one["geometry"]}


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_an_empty_selection_is_a_good_file(client, db, tmp_path, suffix):
    path = tmp_path / f"file.{suffix}"
    path.write_bytes(taken(client, suffix))
    if suffix in SPATIAL:
        assert len(frame(client, tmp_path, suffix)) == 0
    elif suffix == "csv":
        assert path.read_text().startswith("id,longitude,latitude,name,")
    else:
        assert path.read_bytes() == b""


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_a_file_tells_no_more_than_pages_do(client, bakery, suffix):
    Initiative.objects.filter(pk=bakery.pk).update(
        precision=Precision.LOCALITY, street="3 quai du Rhône", locality="Lyon"
    )
    bakery.contacts.create(kind="email", value="secret@fournil.example", visibility=Visibility.NOBODY)
    body = taken(client, suffix, "" if suffix == "fgb" else "located=any")
    for word in (b"secret@", "quai du Rhône".encode(), b"4.8357", b"45.764"):
        assert word not in body
    bakery.refresh_from_db()
    for exact in bakery.position.coords:
        assert shapely.Point(exact, exact).wkb[5:13] not in body


@time_machine.travel("2026-11-01T10:00:00Z", tick=False)
@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_the_command_writes_what_the_door_gives(client, scattered, tmp_path, suffix):
    path = tmp_path / f"from-command.{suffix}"
    call_command("export_initiatives", format=suffix, output=path, filter="theme=repair-cafes")
    query = "theme=repair-cafes"
    if suffix in ("csv", "geojsonl"):
        assert path.read_bytes() == taken(client, suffix, query)
    elif suffix == "geojson":
        assert json.loads(path.read_text())["features"] == list(features(client, query).values())
    else:
        mine = geopandas.read_parquet(path) if suffix == "parquet" else geopandas.read_file(path)
        assert mine.astype(str).equals(frame(client, tmp_path, suffix, query).astype(str))
    assert [one.name for one in tmp_path.glob(".*")] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"filter": "colour=red"}, "--filter: colour"),
        ({"output": "/nowhere/at/all.csv"}, "--output: /nowhere"),
    ],
)
def test_a_command_that_cannot_be_done_leaves_nothing(db, tmp_path, options, said):
    options = {"output": tmp_path / "a.csv", **options}
    options["output"] = Path(options["output"])
    with pytest.raises(CommandError, match=said):
        call_command("export_initiatives", format="csv", **options)
    assert list(tmp_path.iterdir()) == []


# Base types of CSV on the Web that have a pattern of their own here.
PATTERNS = {
    "integer": r"-?\d+",
    "double": r"-?\d+(\.\d+)?",
    "dateTimeStamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z",
    "anyURI": r"https?://\S+",
}


def test_a_table_is_described_beside_it_as_it_is(client, scattered):
    answer = client.get("/exports/initiatives.csv?theme=repair-cafes")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode(), newline="")))
    beside = re.match(r'<(.+)>; rel="describedby"; type="application/csvm\+json"', answer["Link"])[1]
    said = client.get(beside).json()
    assert said["url"] == "http://testserver/exports/initiatives.csv?theme=repair-cafes"
    assert "theme=repair-cafes" in said["dc:description"]
    assert said["dc:license"] == "ODbL-1.0"
    columns = said["tableSchema"]["columns"]
    assert [column["titles"] for column in columns] == rows[0]
    assert len(rows) > 1
    for row in rows[1:]:
        for column, cell in zip(columns, row, strict=True):
            kind = column["datatype"]["base"] if isinstance(column["datatype"], dict) else column["datatype"]
            if cell:
                assert re.fullmatch(PATTERNS.get(kind, r"(?s).*"), cell), (column["name"], cell)
                assert kind != "json" or json.loads(cell)
            else:
                assert not column["required"], column["name"]
