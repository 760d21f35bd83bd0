"""What a Social Planet wrote itself, whatever the format: known again by its columns."""

from collections.abc import Iterator
from dataclasses import replace

from geo.cells import as_it_was
from initiatives.columns import SELECTION
from initiatives.enums import Precision

from ..records import Raw, Source

# How finely a place is told; columns that only our own files have together.
PRECISION = "position_precision"
COLUMNS = frozenset({PRECISION, "primary_theme", "description_language"})
PRESET = "social_planet"


def known_again(source: Source) -> Source:
    """With our mapping, the fineness of each place, and cells as they were before a spreadsheet might have run them."""
    if source.preset or not set(source.columns) >= COLUMNS:
        return source
    columns = [name for name in source.columns if name != SELECTION]
    return replace(source, columns=columns, preset=PRESET, records=_records(source.records))


def _records(records: Iterator[Raw]) -> Iterator[Raw]:
    for record in records:
        values = record.values
        if values.get(PRECISION) in Precision.values:
            record.precision = values[PRECISION]
        record.values = {
            name: as_it_was(value) if isinstance(value, str) else value
            for name, value in values.items()
            # Other selections of the same rows are no changes.
            if name != SELECTION
        }
        yield record
