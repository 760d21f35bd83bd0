"""Tables and GeoJSON as they come: encodings, delimiters, broken files."""

import json

import pytest

from importers.errors import BadFileError

from .sources import opened

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def read(path, chosen="auto"):
    """(columns, records) of a file."""
    source, records = opened(path, chosen)
    return source.columns, records


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_are_told_apart(write_file, encoding):
    columns, records = read(write_file("nom;ville\nÉpicerie;Nîmes – Sud\n".encode(encoding)))
    assert columns == ["nom", "ville"]
    assert records[0].values == {"nom": "Épicerie", "ville": "Nîmes – Sud"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_told_apart(write_file, delimiter):
    _columns, records = read(
        write_file(f"name{delimiter}town\nAtelier{delimiter}Lyon\nFab lab{delimiter}Metz\n")
    )
    assert [record.values["town"] for record in records] == ["Lyon", "Metz"]


def test_cells_over_several_lines(write_file):
    _columns, records = read(write_file('name,about\n"A, the first","one\ntwo ""three"""\nB,x\n'))
    assert records[0].values == {"name": "A, the first", "about": 'one\ntwo "three"'}
    assert [record.number for record in records] == [1, 2]


def test_doubled_and_empty_headers(write_file):
    columns, _records = read(write_file("name,name,,town\na,b,c,d\n"))
    assert columns == ["name", "name (2)", "column_3", "town"]


def test_ragged_rows_are_told(write_file):
    _columns, records = read(write_file("a,b,c\n1,2,3\n1,2\n1,2,3,4\n\n1,2,3,\n"))
    assert [bool(record.refused) for record in records] == [False, False, True, False]
    assert records[1].warnings


@pytest.mark.parametrize(
    ("content", "name", "came"),
    [
        (b"", "a.csv", "empty"),
        (PNG, "a.csv", "PNG"),
        (b"a,b\n1,\x002\n", "a.csv", "NUL byte near line 2"),
        (bytes(range(1, 32)) * 50, "a.csv", "binary"),
        (b"   \n\n", "a.csv", "no row"),
        (b"just a line of text\nand another\n", "a.csv", "one column"),
        (b"PK\x03\x04aaaa", "a.xlsx", "cannot be opened"),
        (b"{}", "a.geojson", "without type"),
        (b'{"type": "FeatureCollection", "features": []}', "a.geojson", "without features"),
        (b'{"type": "FeatureCollection", "features": [', "a.geojson", "not JSON"),
        (b'{"type": "FeatureCollection", "features": ' + b"[" * 100_000, "a.geojson", "nested"),
        (PNG, "a.geojson", "PNG"),
    ],
)
def test_bad_files_are_refused_in_one_line(write_file, content, name, came):
    path = write_file(content, name)
    with pytest.raises(BadFileError, match=came) as error:
        read(path)
    message = str(error.value)
    assert message.startswith(f"{name}: ")
    assert "expected" in message
    assert "\n" not in message


def test_missing_files_are_refused(tmp_path):
    with pytest.raises(BadFileError, match="no such file"):
        read(tmp_path / "none.csv")


def geojson(*features, **members):
    """A FeatureCollection as text."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members})


def feature(geometry, **properties):
    """One feature."""
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def test_geojson_geometries_and_nesting(write_file):
    square = [[[4, 45], [5, 45], [5, 46], [4, 46], [4, 45]]]
    path = write_file(
        geojson(
            feature(
                {"type": "Point", "coordinates": [4.8, 45.7]}, name="a", contact={"mail": {"main": "x@y.org"}}
            ),
            feature({"type": "Polygon", "coordinates": square}, name="b"),
            feature({"type": "Point", "coordinates": ["4", "45"]}, name="c"),
            feature({"type": "Polygon", "coordinates": "nonsense"}, name="d"),
            feature(None, name="e"),
            "not a feature",
        ),
        "a.geojson",
    )
    _columns, records = read(path)
    assert records[0].point == (4.8, 45.7)
    assert records[0].values["contact.mail.main"] == "x@y.org"
    assert records[1].point is not None
    assert records[1].warnings
    assert [bool(record.refused) for record in records] == [False, False, True, True, False, True]


def test_geojson_may_name_its_projection(write_file):
    point = feature({"type": "Point", "coordinates": [842_000, 6_519_000]}, name="a")
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    path = write_file(geojson(point, crs=named), "a.geojson")
    assert opened(path)[0].crs == "EPSG:2154"
    odd = write_file(geojson(point, crs={"type": "name", "properties": {"name": "my own"}}), "b.geojson")
    with pytest.raises(BadFileError, match="my own"):
        read(odd)
