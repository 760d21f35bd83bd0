"""What stands in the columns of a file: how full they are, some values, and which field they feed."""

from collections.abc import Sequence
from typing import Any

from .mapping import Mapping
from .records import Raw
from .text import as_text, is_empty, shortened, storable

VALUES, LONGEST, MOST_COLUMNS = 10, 80, 200


def columns_of(names: Sequence[str], records: Sequence[Raw], mapping: Mapping) -> list[dict[str, Any]]:
    """A column each: name, share of filled records in per cent, up to ten different values, fields."""
    rows = [record.values for record in records if not record.refused]
    return [_column(name, rows, mapping) for name in list(names)[:MOST_COLUMNS]]


def _column(name: str, rows: Sequence[dict], mapping: Mapping) -> dict[str, Any]:
    texts = [text for row in rows if not is_empty(text := as_text(row.get(name)))]
    values = list(dict.fromkeys(shortened(storable(text), LONGEST) for text in texts))
    return {
        "name": storable(name)[:200],
        "filled": round(100 * len(texts) / max(1, len(rows))),
        "values": values[:VALUES],
        "fields": _fields(name, mapping),
    }


def _fields(name: str, mapping: Mapping) -> list[str]:
    position = mapping.position
    found = [field for field, rule in mapping.fields.items() if name in rule.columns]
    found += ["position"] if name in (position.column, position.longitude, position.latitude) else []
    found += ["themes"] if name in mapping.themes.named else []
    found += ["identifier"] if name == mapping.external_id else []
    return found + (["page"] if name == mapping.url else [])
