"""Which format a file has: by what it begins with and holds, else by its suffix."""

import re
from pathlib import Path

from django.utils.translation import gettext_noop as _

from ..errors import BadFileError

HEAD = 64 * 1024
SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".geojson": "geojson",
    ".json": "json",
    ".jsonld": "json",
    ".gpkg": "gpkg",
    ".shp": "shp",
    ".fgb": "fgb",
    ".kml": "kml",
    ".osm": "osm",
}
BINARY = {
    b"SQLite format 3\x00": "gpkg",
    b"fgb\x03": "fgb",
    b"\x00\x00\x27\x0a": "shp",
    # Of the archives only workbooks are read as they are.
    b"PK\x03\x04": "xlsx",
}
# Members that only the answers of one system have, looked for in the beginning of a document.
JSON = (
    ("geojson", re.compile(rb'"FeatureCollection"')),
    ("osm", re.compile(rb'"osm3s"|"type"\s*:\s*"(?:node|way|relation)"\s*,\s*"id"\s*:\s*\d')),
    ("openfairdb", re.compile(rb'"(?:in)?visible"\s*:\s*\[|"lng"\s*:[^{}]*"title"\s*:')),
    ("gogocarto", re.compile(rb'"ontology"\s*:\s*"gogo|"geo"\s*:\s*\{\s*"latitude"|"optionValues"')),
    ("murmurations", re.compile(rb'"linked_schemas"\s*:\s*\[|"profile_url"\s*:')),
    ("yeswiki", re.compile(rb'"id_fiche"\s*:|"bf_titre"\s*:')),
)
WEB_PAGE = re.compile(rb"(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
# Schemas describe such documents and hold none.
SCHEMA = re.compile(rb'^\s*\{\s*"\$schema"')


def detect(path: Path) -> str:
    """The name of the format; csv where nothing speaks against it. BadFileError for a web page."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    suffix = path.suffix.lower()
    for signature, format in BINARY.items():
        if head.startswith(signature):
            return format
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if WEB_PAGE.match(start):
        raise BadFileError(path, _("a web page"), _("the file that it leads to"))
    if start[:1] == b"<":
        return "osm" if b"<osm" in start[:1000] else "kml"
    if start[:1] in (b"{", b"[") and suffix not in (".csv", ".tsv"):
        return _of_json(start, suffix)
    if _is_dc_csv(start):
        return "dc-csv"
    if start.startswith(b"oid,") and b"geolocation.lat" in start[:2000]:
        return "murmurations"
    return SUFFIXES.get(suffix, "csv")


def _of_json(start: bytes, suffix: str) -> str:
    if suffix == ".geojson":
        return "geojson"
    if SCHEMA.match(start):
        return "json"
    return next((format for format, mark in JSON if mark.search(start)), "json")


def _is_dc_csv(start: bytes) -> bool:
    header = start.split(b"\n", 1)[0].decode("utf-8", "replace")
    named = {cell.strip().strip('"') for cell in header.split(",")}
    return {"Identifier", "Name", "Latitude", "Longitude", "Geo Container"} <= named
