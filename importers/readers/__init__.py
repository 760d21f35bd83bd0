"""Readers: one small file for each format, all giving a Source."""

from pathlib import Path

from ..errors import BadFileError
from ..mapping import FileOptions
from ..records import Source
from . import csv, geojson

READERS = {"csv": csv.read, "geojson": geojson.read}
# Names the contract keeps for formats that have no reader yet.
ANNOUNCED = (
    "xlsx",
    "json",
    "gpkg",
    "shp",
    "kml",
    "gogocarto",
    "openfairdb",
    "murmurations",
    "yeswiki",
    "osm",
    "dc-csv",
)
SUFFIXES = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".geojson": "geojson"}
LARGEST = 2 * 1024**3
READ_NOW = "csv (TSV too) and geojson"


def open_source(name: str, chosen: str, options: FileOptions) -> Source:
    """Open a file with the reader of its format (`auto` looks at name and first bytes); BadFileError."""
    if "://" in name:
        raise BadFileError(name, "an address", "a file: addresses are not read yet, download it first")
    path = Path(name)
    check_file(path)
    found = detect(path) if chosen == "auto" else chosen
    if found not in READERS:
        raise BadFileError(name, f"the format {found}, which is not read yet", READ_NOW)
    return READERS[found](path, options)


def check_file(path: Path) -> None:
    """Refuse what is not a file with something in it, or is too large; BadFileError."""
    if not path.is_file():
        raise BadFileError(path, "no such file", "the path of a file that can be read")
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise BadFileError(path, error.strerror or str(error), "a file that can be read") from error
    size = path.stat().st_size
    if size == 0:
        raise BadFileError(path, "an empty file", "a header and at least one row")
    if size > LARGEST:
        raise BadFileError(path, f"{size / 1024**3:.1f} GB", "at most 2 GB")


def detect(path: Path) -> str:
    """Format by what the file begins with, else by its suffix."""
    with path.open("rb") as file:
        head = file.read(4096)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    suffix = path.suffix.lower()
    if start[:1] == b"{" and (
        suffix == ".geojson" or b'"FeatureCollection"' in start or b'"features"' in start
    ):
        return "geojson"
    if start[:1] in (b"{", b"[") and suffix not in SUFFIXES:
        return "json"
    return SUFFIXES.get(suffix, suffix.removeprefix(".") if suffix.removeprefix(".") in ANNOUNCED else "csv")
