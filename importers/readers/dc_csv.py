"""The standard CSV of Digital Commons: where it has no exact position, the middle of the postcode's area."""

from pathlib import Path

from initiatives.enums import Precision

from ..mapping import FileOptions
from ..records import Raw, Source
from . import csv
from .adapted import adapted

EXACT, COARSE = ("Latitude", "Longitude"), ("Geo Container Latitude", "Geo Container Longitude")


def read(path: Path, options: FileOptions) -> Source:
    """Open a table; BadFileError."""
    return adapted(csv.read(path, options), "dc-csv", _record)


def _record(record: Raw) -> Raw:
    values = record.values
    coarse = [values.get(name, "") for name in COARSE]
    if not all(values.get(name) for name in EXACT) and all(coarse):
        values |= dict(zip(EXACT, coarse))
        record.precision = Precision.LOCALITY
    return record
