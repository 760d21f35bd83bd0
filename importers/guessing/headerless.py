"""Columns without headers: only what values tell beyond doubt; no contacts, as nobody says whose they are."""

import re
from collections.abc import Sequence

from ..places.numbers import is_in_europe, parse_number
from ..text import as_text
from .position import is_number
from .values import Columns

NUMBERED = re.compile(r"column_\d+")
LEAST_ROWS = 3
NEARLY_ALL = 0.9
LONGEST_NAME = 100
LONGEST_KIND = 60
LETTERS = re.compile(r"[^\W\d_]{2}")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+\.\S+")
DECIMAL = re.compile(r"-?\d{1,2}[.,]\d{3,}")
POSTCODE = re.compile(r"\d{4,5}")


def are_numbered(names: Sequence[str]) -> bool:
    """Whether a reader numbered all columns, as it found no row of headers."""
    return all(map(NUMBERED.fullmatch, names))


def by_values(columns: Columns) -> dict[str, list[str]]:
    """Columns for the fields that values tell, as headers would."""
    if columns.rows < LEAST_ROWS:
        return {}
    towns = [name for name in columns.names if columns.are_towns(name, 0.8)]
    found = {
        "locality": towns[:1],
        "postcode": _postcodes(columns, towns),
        "website": [name for name in columns.names if columns.most(name, ADDRESS.fullmatch, NEARLY_ALL)][:1],
        "name": [name for name in columns.names if name not in towns and _are_names(columns, name)][:1],
        **_position(columns),
    }
    return {field: names for field, names in found.items() if names}


def tells_kinds(columns: Columns, name: str) -> bool:
    """Whether a column may hold kinds of initiatives: short texts without numbers, some of them repeated."""
    texts = columns.texts[name]
    is_short = all(len(text) <= LONGEST_KIND and not any(map(str.isdigit, text)) for text in texts)
    return is_short and len(set(texts)) < len(texts) and not columns.are_towns(name)


def _are_names(columns: Columns, name: str) -> bool:
    def fits(text: str) -> bool:
        return bool(LETTERS.search(text)) and len(text) <= LONGEST_NAME and columns.may_name(text)

    filled = columns.filled(name) >= NEARLY_ALL and columns.distinct(name) >= NEARLY_ALL
    return filled and columns.most(name, fits, NEARLY_ALL) and not columns.are_addresses(name)


def _postcodes(columns: Columns, towns: list[str]) -> list[str]:
    """The column beside that of the towns, where it is all numbers as long as postcodes."""
    if not towns:
        return []
    place = columns.names.index(towns[0])
    near = [*columns.names[max(0, place - 1) : place], *columns.names[place + 1 : place + 2]]
    return [name for name in near if columns.most(name, POSTCODE.fullmatch, NEARLY_ALL)][:1]


def _position(columns: Columns) -> dict[str, list[str]]:
    """Two columns of decimals beside each other that are places in Europe in one order, and in no other."""
    decimals = {name for name in columns.names if columns.most(name, DECIMAL.fullmatch, NEARLY_ALL)}
    for first, second in zip(columns.names, columns.names[1:]):
        if not decimals.issuperset((first, second)):
            continue
        texts = [(as_text(row.get(first)), as_text(row.get(second))) for row in columns.samples]
        pairs = [(parse_number(x), parse_number(y)) for x, y in texts if is_number(x) and is_number(y)]
        as_they_stand = sum(is_in_europe(x, y) for x, y in pairs)
        turned = sum(is_in_europe(y, x) for x, y in pairs)
        if as_they_stand == len(pairs) and not turned:
            return {"longitude": [first], "latitude": [second]}
        if turned == len(pairs) and not as_they_stand:
            return {"longitude": [second], "latitude": [first]}
    return {}
