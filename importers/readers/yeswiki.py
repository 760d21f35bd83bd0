"""YesWiki: the entries of a bazar form, as a list or kept by their names."""

import re
from pathlib import Path

from ..mapping import FileOptions
from ..records import Raw, Source
from . import json
from .adapted import adapted

LATITUDE, LONGITUDE = "bf_latitude", "bf_longitude"
# Older forms keep both numbers in one text: 45.76|4.83.
OLD = "carte_google"
PAIR = re.compile(r"^\s*(-?[\d.]+)\s*\|\s*(-?[\d.]+)\s*$")


def read(path: Path, options: FileOptions) -> Source:
    """Open entries; BadFileError."""
    return adapted(json.read(path, options), "yeswiki", _record, LATITUDE, LONGITUDE)


def _record(record: Raw) -> Raw:
    values = record.values
    for name in (LATITUDE, LONGITUDE):
        # Fields of a map keep them one level deeper.
        deeper = next((value for key, value in values.items() if key.endswith(f".{name}") and value), None)
        if not values.get(name) and deeper is not None:
            values[name] = deeper
    pair = PAIR.match(str(values.get(OLD) or ""))
    if pair and not values.get(LATITUDE):
        values[LATITUDE], values[LONGITUDE] = pair[1], pair[2]
    return record
