"""Opens a file of boundaries with pyogrio: zipped or plain, any layer, any coordinate system."""

import warnings
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

import geopandas
import pyogrio
import pyproj
from django.utils.translation import gettext_noop as _
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.errors import GEOSException

from ..errors import BadFileError
from ..phrases import phrase
from ..readers import LARGEST, check_file
from ..text import one_line

EXPECTED = _("GeoJSON, TopoJSON, GeoPackage, FlatGeobuf or a Shapefile (zipped or not)")
NO_SYSTEM = _("no coordinate system and numbers such as %(numbers)s")
# A zip bomb packs better than any boundary does.
LARGEST_RATIO = 200
WGS84 = "EPSG:4326"
# What such files begin with. GDAL knows many more kinds, some of which lead to other files.
BEGINNINGS = (b"SQLite format 3\x00", b"fgb\x03", b"\x00\x00\x27\x0a")
MARK = b"\xef\xbb\xbf"


def read_boundaries(
    path: Path, *, layer: str = "", crs: str = "", encoding: str = ""
) -> geopandas.GeoDataFrame:
    """Rows with their geometry in EPSG:4326, and notes in `attrs`; BadFileError where it cannot be used."""
    check_file(path)
    source = _inside_zip(path) if zipfile.is_zipfile(path) else str(path)
    if source == str(path):
        with path.open("rb") as file:
            _check_beginning(path, file)
    options = {"encoding": encoding} if encoding else {}
    try:
        # What GDAL murmurs about is kept for the report; a ring that is not closed is closed.
        with warnings.catch_warnings(record=True) as murmurs:
            warnings.simplefilter("always")
            frame = pyogrio.read_dataframe(
                source, layer=layer or _only_layer(path, source), on_invalid="fix", **options
            )
    except (DataSourceError, DataLayerError, GEOSException, UnicodeDecodeError, ValueError) as error:
        raise BadFileError(
            path, phrase(_("a file that cannot be opened (%(error)s)"), error=str(error)), EXPECTED
        ) from error
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise BadFileError(path, _("a table without geometry"), _("boundaries as polygons"))
    if frame.empty:
        raise BadFileError(path, _("a file without rows"), _("at least one boundary"))
    frame = _in_degrees(path, frame, crs)
    said = sorted({one_line(str(murmur.message))[:200] for murmur in murmurs})
    frame.attrs["notes"] = [phrase("GDAL: %(murmur)s", murmur=one) for one in said]
    return frame


def _only_layer(path: Path, source: str) -> str:
    layers = [str(name) for name in pyogrio.list_layers(source)[:, 0]]
    if not layers:
        raise BadFileError(path, _("a file without layers"), EXPECTED)
    if len(layers) > 1:
        raise BadFileError(
            path,
            phrase(_("several layers (%(layers)s)"), layers=", ".join(layers)[:150]),
            _("one, named with --layer"),
        )
    return layers[0]


def _inside_zip(path: Path) -> str:
    """The address of the one Shapefile (or other file) within an archive; BadFileError."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        names = [member.filename for member in members]
        if any(PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts for name in names):
            raise BadFileError(path, _("path names that lead out of the archive"), _("plain names"))
        size = sum(member.file_size for member in members)
        if size > LARGEST or size > LARGEST_RATIO * max(1, path.stat().st_size):
            raise BadFileError(
                path, _("an archive that unpacks to far more than its size"), _("at most 2 GB unpacked")
            )
    suffixes = (".shp", ".gpkg", ".fgb", ".geojson", ".topojson", ".json")
    found = [name for name in names if name.lower().endswith(suffixes) and "__MACOSX" not in name]
    if len(found) != 1:
        raise BadFileError(
            path,
            phrase(_("an archive with %(number)s files of boundaries"), number=len(found)),
            _("exactly one"),
        )
    try:
        with zipfile.ZipFile(path) as archive, archive.open(found[0]) as member:
            _check_beginning(path, member)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise BadFileError(
            path, phrase(_("an archive that cannot be unpacked (%(error)s)"), error=str(error)), EXPECTED
        ) from error
    return f"/vsizip/{path.resolve()}/{found[0]}"


def _check_beginning(path: Path, file: IO[bytes]) -> None:
    head = file.read(4096)
    if not (head.startswith(BEGINNINGS) or head.removeprefix(MARK).lstrip().startswith(b"{")):
        raise BadFileError(path, _("a file of another kind"), EXPECTED)


def _in_degrees(path: Path, frame: geopandas.GeoDataFrame, crs: str) -> geopandas.GeoDataFrame:
    """The same in EPSG:4326; a file that names no system must look like degrees, or --crs says what it is."""
    try:
        if crs:
            frame = frame.set_crs(crs, allow_override=True)
        if frame.crs is None:
            west, south, east, north = frame.total_bounds
            if not (-180.01 <= west <= east <= 180.01 and -90.01 <= south <= north <= 90.01):
                came = phrase(NO_SYSTEM, numbers=f"{west:.0f}, {south:.0f}")
                raise BadFileError(path, came, _("degrees, or the system named with --crs"))
            return frame.set_crs(WGS84)
        return frame.to_crs(WGS84)
    except pyproj.exceptions.CRSError as error:
        raise BadFileError(
            path,
            phrase(_("the reference system “%(came)s”"), came=crs[:60] or str(frame.crs)),
            _("a system such as EPSG:2154"),
        ) from error
