"""Every reader and whatever may come: it gives records that can be stored, or refuses the file in one line."""

import io
import json
import tempfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.errors import BadFileError
from importers.mapping import FileOptions
from importers.readers import READERS, open_source

from . import samples

FORMATS = sorted(READERS)
TEXTS = sorted(set(FORMATS) - {"xlsx", "gpkg", "shp", "fgb"})
OF_JSON = sorted(set(TEXTS) - {"csv", "dc-csv", "kml"})
# Of what reading a small file may hold at a time.
MEGABYTES = 300

pytestmark = pytest.mark.django_db


def read(content: bytes, format: str, chosen: str = "") -> int:
    """How many records a reader finds; none where the file is refused as files are to be."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / f"hostile.{samples.suffix(format)}"
        file.write_bytes(content)
        unpacked = Path(place) / "unpacked"
        unpacked.mkdir()
        try:
            source = open_source(file, chosen or format, FileOptions(), unpacked)
            records = list(source.records)
        except BadFileError as error:
            told = str(error)
            assert "expected" in told
            assert "\n" not in told
            assert str(place) not in told
            return 0
        for record in records:
            json.dumps(record.values, default=str)
        return len(records)


def most(content: bytes, format: str) -> int:
    """Records found, after checking that memory stayed within bounds."""
    tracemalloc.start()
    try:
        found = read(content, format)
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES * 1024**2
    finally:
        tracemalloc.stop()
    return found


@st.composite
def spoilt(draw, content: bytes) -> bytes:
    """A good file, spoilt: cut, bytes changed, put in, taken out, a part doubled."""
    spoiled = bytearray(content)
    for _change in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(spoiled) - 1)))
        match draw(st.sampled_from(["cut", "change", "put in", "take out", "double"])):
            case "cut":
                del spoiled[at:]
            case "change":
                spoiled[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case "put in":
                spoiled[at:at] = draw(st.binary(min_size=1, max_size=40))
            case "take out":
                del spoiled[at : at + draw(st.integers(1, 60))]
            case "double":
                spoiled[at:at] = spoiled[at : at + draw(st.integers(1, 200))]
    return bytes(spoiled)


@pytest.mark.parametrize("format", FORMATS)
def test_a_good_file_of_each_format_is_read(format):
    assert read(samples.good(format), format) == 3
    assert read(samples.good(format), format, "auto") == 3


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_spoilt_files_are_read_or_refused(format, data):
    read(data.draw(spoilt(samples.good(format))), format)


@pytest.mark.parametrize("format", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1252", "shift-jis", "cp037"])
def test_texts_in_other_encodings_are_read_or_refused(format, encoding):
    text = samples.good(format).decode()
    read(text.encode(encoding, "replace"), format)


@pytest.mark.parametrize("format", FORMATS)
def test_files_of_another_format_are_refused(format):
    for other in FORMATS:
        read(samples.good(other), other, format)


@pytest.mark.parametrize("format", OF_JSON)
@pytest.mark.parametrize("deep", ['{"a":', "["])
def test_deep_json_is_refused_everywhere(format, deep):
    text = samples.good(format).decode()
    # In place of the first value, and of the last.
    first = text.replace(": ", f": {deep * 200_000}", 1)
    head, colon, _tail = text.rpartition(": ")
    for content in (deep * 200_000, first, head + colon + deep * 200_000):
        assert most(content.encode(), format) == 0


@pytest.mark.parametrize("format", TEXTS)
def test_huge_cells_stay_within_bounds(format):
    huge = samples.good(format).decode().replace("La Remise", "x" * 40_000_000)
    assert most(huge.encode(), format) in (0, 2, 3)


@pytest.mark.parametrize("format", ["csv", "xlsx", "json", "geojson"])
def test_a_hundred_thousand_columns(format):
    names = [f"c{place}" for place in range(100_000)]
    wide = dict.fromkeys(names, 1)
    content = {
        "csv": lambda: samples.table([names, [1] * len(names)]).encode(),
        # A workbook has 16,384 columns at most.
        "xlsx": lambda: samples.workbook([names[:16_000], [1] * 16_000]),
        "json": lambda: json.dumps([wide, wide]).encode(),
        "geojson": lambda: json.dumps(
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "properties": wide, "geometry": None}],
            }
        ).encode(),
    }[format]()
    assert most(content, format) in (0, 1, 2)


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]><%s>&n9;</%s>'
ENTITIES = b"".join(
    b'<!ENTITY n%d "%s">' % (level, (b"&n%d;" % (level - 1) if level else b"&a;") * 10) for level in range(10)
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY n9 SYSTEM "file:///etc/passwd">]><%s>&n9;</%s>'


@pytest.mark.parametrize(("format", "root"), [("kml", b"kml"), ("osm", b"osm")])
def test_entities_of_xml_are_refused(format, root):
    assert most(BOMB % (ENTITIES, root, root), format) == 0
    assert most(OUTSIDE % (root, root), format) == 0


def test_entities_within_a_workbook_are_refused():
    packed = io.BytesIO(samples.good("xlsx"))
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
        for attack in (BOMB % (ENTITIES, b"worksheet", b"worksheet"), OUTSIDE % (b"worksheet", b"worksheet")):
            spoiled = io.BytesIO()
            with zipfile.ZipFile(spoiled, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in {**files, part: attack}.items():
                    archive.writestr(name, content)
            assert most(spoiled.getvalue(), "xlsx") == 0


@pytest.mark.parametrize("name", ["places_shp", "places_csv", "places_kml", "places_geojson", "places_gpkg"])
def test_bombs_of_each_kind_are_refused(name):
    content = samples.archive(**{name: bytes(64 * 1024**2)})
    assert len(content) < 200_000
    assert most(content, "auto") == 0


@pytest.mark.parametrize("format", ["csv", "json", "xlsx"])
def test_formulas_are_texts_like_others(format):
    evil = '=HYPERLINK("http://evil.example";"x")'
    if format == "xlsx":
        content = samples.workbook([samples.HEADER, ["1", "'" + evil, 45.7, 4.8, "repair café", ""]])
        assert read(content, format) == 1
    else:
        text = samples.good(format).decode()
        assert read(text.replace("La Remise", "=1+1").encode(), format) == 3
