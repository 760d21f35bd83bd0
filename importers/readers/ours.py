"""What a Social Planet wrote itself, whatever the format: known again by its columns."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from geo.cells import as_it_was
from initiatives.columns import SELECTION
from initiatives.enums import Precision

from ..records import Raw, Source

# How finely a place is told; columns that only our own files have together.
PRECISION = "position_precision"
COLUMNS = frozenset({PRECISION, "primary_theme", "description_language"})
PRESET = "social_planet"
TRANSLATIONS = "translations"


def known_again(source: Source) -> Source:
    """With our mapping, the fineness of each place, and cells as they were before a spreadsheet might have run them."""
    if source.preset or not set(source.columns) >= COLUMNS:
        return source
    columns = [name for name in source.columns if name != SELECTION and not _is_translated(name)]
    if TRANSLATIONS not in columns:
        columns.append(TRANSLATIONS)
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
            if name != SELECTION and not _is_translated(name)
        }
        if parts := {name: value for name, value in values.items() if _is_translated(name)}:
            record.values[TRANSLATIONS] = _together(parts)
        yield record


def _is_translated(name: str) -> bool:
    return name.startswith(f"{TRANSLATIONS}.")


def _together(parts: dict[str, Any]) -> str:
    """Translations as tables write them, from the names that nested objects were parted into."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in parts.items():
        _translations, language, *field = name.split(".", 2)
        if field and value is not None:
            found.setdefault(language, {})[field[0]] = value
    return json.dumps(found, ensure_ascii=False, sort_keys=True)
