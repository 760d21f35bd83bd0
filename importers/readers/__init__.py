"""Readers: one small file for each format, all giving a Source."""

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext_noop as _

from ..errors import BadFileError
from ..mapping import FileOptions
from ..phrases import phrase
from ..records import Source
from . import (
    archives,
    csv,
    dc_csv,
    geojson,
    gogocarto,
    json,
    kml,
    murmurations,
    openfairdb,
    osm,
    spatial,
    xlsx,
    yeswiki,
)
from .detecting import detect
from .ours import known_again

READERS: dict[str, Callable[[Path, FileOptions], Source]] = {
    "csv": csv.read,
    "xlsx": xlsx.read,
    "json": json.read,
    "geojson": geojson.read,
    "gpkg": spatial.read_gpkg,
    "shp": spatial.read_shp,
    "fgb": spatial.read_fgb,
    "kml": kml.read,
    "gogocarto": gogocarto.read,
    "openfairdb": openfairdb.read,
    "murmurations": murmurations.read,
    "yeswiki": yeswiki.read,
    "osm": osm.read,
    "dc-csv": dc_csv.read,
}
LARGEST = 2 * 1024**3


def open_source(path: Path, chosen: str, options: FileOptions, folder: Path) -> Source:
    """Open a file with the reader of its format (`auto` looks at what is in it); BadFileError.

    What has to be unpacked goes into the folder, which has to stay until all records are read.
    """
    check_file(path)
    plain = archives.plain_file(path, folder)
    check_file(plain)
    return known_again(READERS[detect(plain) if chosen == "auto" else chosen](plain, options))


def check_file(path: Path) -> None:
    """Refuse what is not a file with something in it, or is too large; BadFileError."""
    if not path.is_file():
        raise BadFileError(path, _("no such file"), _("the path of a file that can be read"))
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise BadFileError(path, error.strerror or str(error), _("a file that can be read")) from error
    size = path.stat().st_size
    if size == 0:
        raise BadFileError(path, _("an empty file"), _("a header and at least one row"))
    if size > LARGEST:
        raise BadFileError(path, phrase("%(size)s GB", size=f"{size / 1024**3:.1f}"), _("at most 2 GB"))
