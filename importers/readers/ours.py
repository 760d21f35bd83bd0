"""What a Social Planet wrote itself, whatever the format: known again by its columns."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from geo.cells import as_it_was
from geo.tables import SEPARATOR
from initiatives.columns import SELECTION
from initiatives.enums import Precision

from ..pictures.values import PHOTOS
from ..records import Raw, Source

# How finely a place is told; columns that only our own files have together.
PRECISION = "position_precision"
COLUMNS = frozenset({PRECISION, "primary_theme", "description_language"})
PRESET = "social_planet"
# What tables hold as JSON, and how names begin into which readers of nested objects part it.
THEMES = "themes"
WHOLE = ("translations", PHOTOS)
PARTS = tuple(f"{name}." for name in WHOLE)


def known_again(source: Source) -> Source:
    """With our mapping, the fineness of each place, and cells as they were before a spreadsheet might have run them."""
    if source.preset or not set(source.columns) >= COLUMNS:
        return source
    columns = [name for name in source.columns if name != SELECTION and not name.startswith(PARTS)]
    columns += [name for name in WHOLE if name not in columns]
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
            if name != SELECTION and not name.startswith(PARTS)
        }
        for whole, start, written in zip(WHOLE, PARTS, (_translations, _pictures)):
            if parts := {name: value for name, value in values.items() if name.startswith(start)}:
                record.values[whole] = written(parts)
        if THEMES in record.values:
            record.values[THEMES] = _primary_first(record.values[THEMES], record.values.get("primary_theme"))
        yield record


def _primary_first(themes: Any, primary: Any) -> Any:
    """Themes as they came, the main one before the others."""
    slugs = themes.split(SEPARATOR) if isinstance(themes, str) else themes
    if not isinstance(slugs, list) or primary not in slugs:
        return themes
    found = [primary, *(slug for slug in slugs if slug != primary)]
    return SEPARATOR.join(found) if isinstance(themes, str) else found


def _translations(parts: dict[str, Any]) -> str:
    """Translations as tables write them, from the names that nested objects were parted into."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in parts.items():
        _translations, language, *field = name.split(".", 2)
        if field and value is not None:
            found.setdefault(language, {})[field[0]] = value
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def _pictures(parts: dict[str, Any]) -> str:
    """Pictures as tables write them, from a list for each of their names; what is none of ours stays as it is."""
    lists = {name.partition(".")[2]: value for name, value in parts.items()}
    if (
        all(isinstance(one, list) for one in lists.values())
        and len({len(one) for one in lists.values()}) == 1
    ):
        rows = [dict(zip(lists, row)) for row in zip(*lists.values())]
        return json.dumps(rows, ensure_ascii=False, sort_keys=True)
    return json.dumps(lists, ensure_ascii=False, sort_keys=True)
