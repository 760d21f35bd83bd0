"""The position that a record states in its columns."""

import re

from ..mapping import PositionRule
from ..text import as_text, is_empty
from .numbers import Point, parse_number, parse_two, point_in

# Most coordinates are such, and need no second look.
PLAIN = re.compile(r"-?[0-9]{1,3}\.[0-9]+")


def plain_point(rule: PositionRule, values: dict) -> Point | None:
    """The (x, y) of two columns that are written as most are; none where they need to be looked at."""
    x, y = values.get(rule.longitude), values.get(rule.latitude)
    if isinstance(x, str) and isinstance(y, str) and PLAIN.fullmatch(x) and PLAIN.fullmatch(y):
        return float(x), float(y)
    return None


def stated_texts(rule: PositionRule, values: dict) -> list[str]:
    """What stands in the columns of a rule: one text of both numbers, or two."""
    columns = (rule.column,) if rule.column else (rule.longitude, rule.latitude)
    return [as_text(values.get(column)).strip() for column in columns]


def stated_point(rule: PositionRule, texts: list[str]) -> Point | None:
    """The (x, y) that texts state, none where they state nothing. ValueError where they are no numbers."""
    if all(is_empty(text) and text.casefold() != "nan" for text in texts):
        return None
    if rule.column:
        if point := point_in(texts[0]):
            return point
        first, second = parse_two(texts[0])
        return (second, first) if rule.order == "lat,lon" else (first, second)
    return parse_number(texts[0]), parse_number(texts[1])
