"""Workbooks, GeoPackages, Shapefiles, KML and archives, written here and read back."""

import gzip
import io
import zipfile
from datetime import date

import geopandas
import openpyxl
import pytest
from shapely.geometry import Point, Polygon

from importers.errors import BadFileError
from importers.readers import archives

from .sources import opened


@pytest.fixture
def workbook(tmp_path):
    """Writes sheets of rows to a workbook."""

    def write(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "a.xlsx"
        book.save(path)
        return path

    return write


def test_a_workbook_with_titles_over_its_table(workbook):
    rows = [
        ["Liste des structures"],
        [],
        ["au 1er janvier"],
        ["nom", "ville", "création", None],
        ["Le Four", "Lyon", date(2012, 3, 1), 7.0],
    ]
    source, records = opened(workbook(Lisez_moi=[["Bonjour"]], Structures=rows))
    assert str(source.notes[0]).startswith("sheet “Structures”, header in row 4")
    assert records[0].values == {"nom": "Le Four", "ville": "Lyon", "création": "2012-03-01"}
    assert records[0].warnings


def test_the_sheet_that_names_the_most_fields_is_read(workbook):
    path = workbook(
        Codes=[["code", "libellé"], *[[n, f"c{n}"] for n in range(200)]],
        Lieux=[
            ["nom", "adresse", "ville", "site web", "téléphone"],
            ["a", "b", "c", "d", "e"],
            ["f", "g", "h", "i", "j"],
        ],
    )
    source, records = opened(path)
    assert [record.values["nom"] for record in records] == ["a", "f"]
    assert "Codes" in str(source.notes[1])
    assert len(opened(path, sheet="Codes")[1]) == 200
    with pytest.raises(BadFileError, match="no sheet “Nope”; expected one of Codes, Lieux"):
        opened(path, sheet="Nope")


@pytest.fixture
def places():
    """Two places, a point and an area, in Lambert-93."""
    rows = {"nom": ["Le Four", "Le Pré"], "créé": [2012, 2015]}
    square = Polygon([(842_000, 6_519_000), (842_100, 6_519_000), (842_100, 6_519_100), (842_000, 6_519_100)])
    return geopandas.GeoDataFrame(rows, geometry=[Point(842_000, 6_519_000), square], crs="EPSG:2154")


def test_a_geopackage_with_its_layer(places, tmp_path):
    path = tmp_path / "a.gpkg"
    places.to_file(path, layer="lieux", driver="GPKG")
    source, records = opened(path)
    assert (source.format, source.crs) == ("gpkg", "EPSG:2154")
    assert records[0].values == {"nom": "Le Four", "créé": 2012}
    assert records[0].point == (842_000, 6_519_000)
    assert "POLYGON" in str(records[1].warnings[0])
    with pytest.raises(BadFileError, match="expected one of lieux"):
        opened(path, sheet="autre")


def test_a_shapefile_in_an_archive_that_declares_no_encoding(places, tmp_path):
    points = places.assign(geometry=places.centroid).rename(columns={"créé": "cree"})
    points.to_file(tmp_path / "lieux.shp", encoding="ISO-8859-1")
    (tmp_path / "lieux.cpg").unlink(missing_ok=True)
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for part in tmp_path.glob("lieux.*"):
            archive.write(part, f"dossier/{part.name}")
    source, records = opened(packed)
    assert (source.format, [record.values["nom"] for record in records]) == ("shp", ["Le Four", "Le Pré"])


def test_a_flatgeobuf_in_degrees(places, tmp_path):
    path = tmp_path / "a.fgb"
    places.to_crs(4326).to_file(path, driver="FlatGeobuf")
    _source, records = opened(path)
    assert {record.values["nom"] for record in records} == {"Le Four", "Le Pré"}


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>Kultur</name>
<Placemark><name>Raum</name><description><![CDATA[<a href="mailto:info@raum.example">x</a>
<a href="https://raum.example/">y</a>]]></description>
<styleUrl><a href="/term">Cultural Site</a></styleUrl>
<Point><coordinates>11.559, 48.123</coordinates></Point></Placemark>
</Folder><Placemark><name>Weg</name><ExtendedData><Data name="ort"><value>München</value></Data></ExtendedData>
<LineString><coordinates>11.5,48.1,0 11.6,48.2,0</coordinates></LineString></Placemark>
<Placemark><name>Schief</name><Point><coordinates>elf</coordinates></Point></Placemark></Document></kml>"""


def test_kml_and_kmz(write_file, tmp_path):
    packed = tmp_path / "a.kmz"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doc.kml", KML)
    for path in (write_file(KML, "a.kml"), packed):
        source, (room, way, crooked) = opened(path)
        assert source.format == "kml"
        assert room.point == (11.559, 48.123)
        assert (room.values["folder"], room.values["style"]) == ("Kultur", "Cultural Site")
        assert room.values["description.link"] == "https://raum.example/"
        assert room.values["description.mail"] == "info@raum.example"
        assert way.values["ort"] == "München"
        assert way.warnings
        assert crooked.refused


BOMB = """<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<kml><Placemark><name>&b;</name></Placemark></kml>"""


@pytest.mark.parametrize("name", ["a.kml", "a.osm"])
@pytest.mark.django_db
def test_entities_are_refused(write_file, name):
    content = BOMB if name == "a.kml" else BOMB.replace("<kml>", "<osm>").replace("</kml>", "</osm>")
    with pytest.raises(BadFileError, match="XML that cannot be read"):
        opened(write_file(content, name))


def test_a_packed_table(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"name,town\nAtelier,Lyon\n"))
    assert opened(path)[1][0].values["town"] == "Lyon"
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(BadFileError, match="damaged gzip"):
        opened(path)


def _archive(path, **files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_bombs_are_refused_before_they_are_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "SMALL", 1_000)
    path = _archive(tmp_path / "a.zip", **{"a.kml": b"0" * 3_000_000})
    with pytest.raises(BadFileError, match="no bomb"):
        opened(path)


def test_names_that_leave_the_archive_are_refused(tmp_path):
    for name in ("../a.kml", "/etc/a.kml", "c:a.kml"):
        path = _archive(tmp_path / "a.zip", **{name: KML})
        with pytest.raises(BadFileError, match="names within it"):
            opened(path)


def test_an_empty_name_in_an_archive_is_refused(tmp_path):
    path, entry = tmp_path / "a.zip", zipfile.ZipInfo("a")
    entry.filename = ""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, KML)
        archive.writestr("a.kml", KML)
    with pytest.raises(BadFileError, match="names within it"):
        opened(path)


def test_an_archive_of_something_else(tmp_path):
    with pytest.raises(BadFileError, match=r"archive of \.png"):
        opened(_archive(tmp_path / "a.zip", **{"a.png": "x"}))


def test_an_archive_of_one_table(tmp_path):
    table = "name,town\nAtelier,Lyon\n"
    path = _archive(tmp_path / "a.zip", **{"READ.txt": "see, below", "data/a.csv": table})
    assert opened(path)[1][0].values == {"name": "Atelier", "town": "Lyon"}
    path = _archive(tmp_path / "a.zip", **{"a.csv": table, "b.csv": table})
    with pytest.raises(BadFileError, match=r"a\.zip: 2 files \.csv in one archive; expected exactly one"):
        opened(path)


def test_a_damaged_geopackage(tmp_path):
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"SQLite format 3\x00" + bytes(5_000))
    with pytest.raises(BadFileError, match="GDAL cannot open"):
        opened(path)


def test_what_gdal_warns_of_is_told(places, tmp_path):
    path = tmp_path / "a.gpkg"
    places.to_file(path, driver="GPKG")
    content = bytearray(path.read_bytes())
    # The application_id of SQLite's header (its file format, 1.3), which GeoPackage 1.3 asks to be "GPKG".
    content[68:72] = bytes(4)
    path.write_bytes(content)
    source, records = opened(path)
    assert len(records) == 2
    assert any("application_id" in str(note) for note in source.notes)


def test_a_damaged_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<nonsense/>")
    path.write_bytes(packed.getvalue())
    with pytest.raises(BadFileError, match="cannot be opened"):
        opened(path)
