"""Objects for JSON from columns: quicker here than written by PostgreSQL, which only reads then.

All rows of a page at once, column by column: what is done with a column is a loop of the interpreter's own, which
takes a part of the time of a loop over rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from operator import itemgetter
from typing import Any

import msgspec
from django.db.models import Value
from django.db.models.expressions import Combinable

from .json_text import Filled, JSONObject, JSONText

# What makes the values of a property, one for each row, from the columns of a page; without an end where all are alike.
Maker = Callable[[Sequence[Sequence]], Iterable]


class Columns:
    """The columns that values need, in their order, by a name for each."""

    def __init__(self, **first: Combinable) -> None:
        self.by_name = first

    def __len__(self) -> int:
        return len(self.by_name)

    def _enter(self, value: Combinable) -> int:
        place = len(self)
        self.by_name[f"_{place}"] = value
        return place

    def take(self, value: Combinable) -> Maker:
        """Enter what `value` needs; what makes it."""
        if isinstance(value, JSONObject):
            return as_object({key: self.take(one) for key, one in value.members.items()})
        if isinstance(value, JSONText):
            if isinstance(value.text, Value):
                return fixed(msgspec.Raw(value.text.value))
            return _raw(self._enter(value.text))
        if isinstance(value, Filled):
            return _filled(self._enter(value.path))
        return itemgetter(self._enter(value))


def fixed(value: Any) -> Maker:
    """The same for each row."""
    return lambda columns: repeat(value)


def _raw(place: int) -> Maker:
    return lambda columns: [None if text is None else msgspec.Raw(text) for text in columns[place]]


def _filled(place: int) -> Maker:
    return lambda columns: [text or None for text in columns[place]]


def as_object(members: Mapping[str, Maker]) -> Maker:
    """Objects with these keys, in this order."""
    # A structure is made in a small part of the time of a dict, and the garbage collector need not look at it.
    fields = {f"field_{place}": key for place, key in enumerate(members)}
    struct = msgspec.defstruct("Object", [(name, Any) for name in fields], rename=fields, gc=False)
    makers = list(members.values())
    return lambda columns: map(struct, *[make(columns) for make in makers])
