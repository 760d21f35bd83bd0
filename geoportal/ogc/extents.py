"""Where and when the rows of a collection lie."""

from django.contrib.gis.db.models import Extent
from django.db import connection
from django.db.models import Min

from geo.freshness import FRESHNESS, Version

from .collections import Collection

EVERYWHERE = [-180.0, -90.0, 180.0, 90.0]
# The last answer for each collection: reading a million rows for it takes a while.
_kept: dict[str, tuple[Version, dict]] = {}


def extent(collection: Collection) -> dict:
    """A box that holds every row, and the time from the first on."""
    version = FRESHNESS.version()
    # Boundaries may change without moving the version; there are few of them.
    # A transaction may see what no version has.
    if collection.id == "initiatives" and version is not None and not connection.in_atomic_block:
        kept = _kept.get(collection.id)
        if kept is None or kept[0] != version:
            kept = _kept[collection.id] = version, _read(collection)
        return kept[1]
    return _read(collection)


def _read(collection: Collection) -> dict:
    rows = collection.visible().order_by()
    asked = {"box": Extent(collection.layer.geometry)}
    own = next((one.expression for one in collection.queryables if one.name == collection.instant), None)
    if own is not None:
        asked["first"] = Min(own)
    found = rows.aggregate(**asked)
    first = found.get("first")
    start = None if first is None else first.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "spatial": {
            "bbox": [list(found["box"] or EVERYWHERE)],
            "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        },
        "temporal": {
            "interval": [[start, None]],
            "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
        },
    }
