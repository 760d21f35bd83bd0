"""Boundaries in every format, any coordinate system, whole or broken."""

import json
import zipfile

import geopandas
import pytest
from django.core.management.base import CommandError
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from importers.boundaries.rows import RowRefusedError, polygons
from initiatives.models import InitiativeTerritory
from territories.models import Territory

from .conftest import frame

pytestmark = pytest.mark.django_db


def topojson(path):
    """The same as a TopoJSON file with one object."""
    arcs = [
        [[4.5, 45.5], [5, 45.5], [5, 46], [4.5, 46], [4.5, 45.5]],
        [[5, 45.5], [5.5, 45.5], [5.5, 46], [5, 46], [5, 45.5]],
    ]
    shapes = [
        {"type": "Polygon", "arcs": [[place]], "properties": {"code": code, "nom": name}}
        for place, (code, name) in enumerate([("69", "Rhône"), ("01", "Ain")])
    ]
    objects = {"departments": {"type": "GeometryCollection", "geometries": shapes}}
    path.write_text(json.dumps({"type": "Topology", "objects": objects, "arcs": arcs}), encoding="utf-8")


def shapefile(folder, encoding="ISO-8859-1"):
    """A zipped Shapefile in a sub-folder, in Lambert-93, whose DBF declares no encoding."""
    frame("EPSG:2154").to_file(folder / "a.shp", encoding=encoding)
    (folder / "a.cpg").unlink()
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in ("shp", "shx", "dbf", "prj"):
            archive.write(folder / f"a.{part}", f"data/a.{part}")
    return path


@pytest.mark.parametrize("kind", ["geojson", "gpkg", "fgb", "topojson", "shp", "zip"])
def test_every_format_twice(boundaries, tmp_path, kind, france):
    path = tmp_path / f"a.{kind}"
    if kind == "topojson":
        topojson(path)
    elif kind == "zip":
        path = shapefile(tmp_path)
    else:
        frame("EPSG:4326" if kind == "geojson" else "EPSG:2154").to_file(path)
    assert "2 added, 0 changed" in boundaries(path, country="FR")
    rhone = Territory.objects.get(code="69")
    assert rhone.names == {"fr": "Rhône"}
    assert rhone.parent == france
    assert rhone.boundary.srid == 4326
    assert rhone.boundary.extent == pytest.approx((4.5, 45.5, 5, 46), abs=1e-6)
    assert "0 added, 0 changed, 2 unchanged" in boundaries(path, country="FR")


def test_a_dry_run_writes_nothing(boundaries, tmp_path):
    frame().to_file(tmp_path / "a.geojson")
    assert "2 added" in boundaries(tmp_path / "a.geojson", write=False)
    assert not Territory.objects.exists()


def test_rows_that_cannot_be_used_are_told(boundaries, tmp_path):
    crossing = Polygon([(4, 45), (5, 46), (5, 45), (4, 46)])
    shapes = [
        crossing,
        Point(4, 45),
        LineString([(4, 45), (5, 46)]),
        box(4, 45, 5, 46),
        box(4, 45, 5, 46),
        None,
    ]
    data = {"code": ["1", "2", "3", "", "1", "6"], "nom": ["A", "B", "C", "D", "E", "F"]}
    geopandas.GeoDataFrame(data, geometry=shapes, crs="EPSG:4326").to_file(tmp_path / "a.geojson")
    said = boundaries(tmp_path / "a.geojson", report=tmp_path / "report.csv")
    assert "6 read, 1 added, 0 changed, 0 unchanged, 5 refused" in said
    assert "expected a polygon" in said
    assert len((tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()) == 6
    assert Territory.objects.get().boundary.valid


def test_lines_left_by_mending_are_dropped():
    spike = Polygon([(0, 0), (1, 0), (1, 1), (3, 1), (1, 1), (0, 1)])
    assert isinstance(polygons(spike), MultiPolygon)
    assert polygons(spike).is_valid


@pytest.mark.parametrize("end", [float("inf"), 999.0])
def test_corners_that_are_nowhere(end):
    with pytest.raises(RowRefusedError, match="degrees"):
        polygons(Polygon([(0, 0), (end, 0), (1, 1), (0, 0)]))


def test_a_ring_left_open_is_closed_and_told(boundaries, tmp_path):
    path = tmp_path / "a.geojson"
    ring = {"type": "Polygon", "coordinates": [[[4, 45], [5, 45], [5, 46], [4, 46]]]}
    feature = {"type": "Feature", "properties": {"code": "1", "nom": "Open"}, "geometry": ring}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    said = boundaries(path)
    assert "Non closed ring" in said
    assert "1 added" in said


def test_parents_by_name_and_by_place(boundaries, tmp_path, france):
    regions = geopandas.GeoDataFrame(
        {"code": ["84"], "nom": ["ARA"]}, geometry=[box(4, 45, 6, 46.5)], crs=4326
    )
    regions.to_file(tmp_path / "r.geojson")
    boundaries(tmp_path / "r.geojson", scheme="region", country="FR")
    rows = frame().assign(region=["84", "99"])
    rows.to_file(tmp_path / "d.geojson")
    said = boundaries(tmp_path / "d.geojson", country="FR", parent_field="region")
    assert "left without parent" in said
    assert Territory.objects.get(code="69").parent.code == "84"
    boundaries(tmp_path / "d.geojson", country="FR")
    assert Territory.objects.get(code="01").parent.code == "84"


def test_codes_of_others_are_never_overwritten(boundaries, tmp_path, rhone):
    taken = frame().assign(code=["FR-69", "FR"])
    taken.to_file(tmp_path / "a.geojson")
    rhone.country = "FR"
    rhone.save()
    assert "2 refused" in boundaries(tmp_path / "a.geojson", scheme="nuts1")
    assert "belongs to another territory" in boundaries(tmp_path / "a.geojson", country="CH")
    rhone.refresh_from_db()
    assert rhone.names == {"fr": "Rhône"}
    assert "2 added" in boundaries(tmp_path / "a.geojson", code_prefix="X-")


def test_another_source_replaces_the_boundary_and_keeps_other_names(boundaries, tmp_path, france, bakery):
    frame().assign(code=["FR", "XX"]).to_file(tmp_path / "a.geojson")
    said = boundaries(
        tmp_path / "a.geojson", scheme="country", language="en", source="Survey", licence="CC0-1.0"
    )
    assert "1 added, 1 changed" in said
    france.refresh_from_db()
    assert france.names == {"fr": "France", "en": "Rhône"}
    assert france.source == "Survey"
    assert not InitiativeTerritory.objects.filter(initiative=bakery, territory__code="XX").exists()
    assert InitiativeTerritory.objects.filter(initiative=bakery, territory=france).exists()


def test_nuts_countries_and_levels(boundaries, tmp_path):
    rows = frame().assign(code=["EL", "UK"], LEVL_CODE=[0, 1])
    rows.to_file(tmp_path / "a.geojson")
    boundaries(tmp_path / "a.geojson", scheme="country", level=0)
    assert Territory.objects.get().code == "GR"
    assert Territory.objects.get().country == "GR"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"code_field": "none"}, "no column none"),
        ({"parent_field": "none"}, "no column none"),
        ({"country": "France"}, "--country"),
        ({"licence": "mine"}, "--licence"),
        ({"year": 20}, "--year"),
        ({"crs": "EPSG:9"}, "EPSG:9"),
        ({"layer": "none"}, "none"),
    ],
)
def test_bad_options_are_refused(boundaries, tmp_path, options, said):
    frame().to_file(tmp_path / "a.geojson")
    with pytest.raises(CommandError, match=said):
        boundaries(tmp_path / "a.geojson", **options)


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04broken", b'{"type": "Topology"}']
)
def test_bad_files_are_refused(boundaries, tmp_path, content):
    path = tmp_path / "a.geojson"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="expected"):
        boundaries(path)
    assert not Territory.objects.exists()


def test_archives_that_lead_out_are_refused(boundaries, tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../a.shp", b"x")
    with pytest.raises(CommandError, match="out of the archive"):
        boundaries(path)


def test_a_dbf_without_encoding_reads_right(boundaries, tmp_path):
    boundaries(shapefile(tmp_path), country="FR")
    assert Territory.objects.get(code="69").names == {"fr": "Rhône"}
