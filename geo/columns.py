"""Objects for JSON from rows of columns: quicker here than written by PostgreSQL, which only reads then."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import msgspec
from django.db.models import Value
from django.db.models.expressions import Combinable

from .json_text import JSONObject, JSONText

# What makes a value from a row.
Maker = Callable[[Sequence], Any]


class Columns:
    """The columns that values need, in their order, by a name for each."""

    def __init__(self, **first: Combinable) -> None:
        self.by_name = first

    def __len__(self) -> int:
        return len(self.by_name)

    def take(self, value: Combinable) -> int | Maker:
        """Enter what `value` needs; where it stands in a row then, or what makes it from one."""
        if isinstance(value, JSONObject):
            return as_object({key: self.take(one) for key, one in value.members.items()})
        place = len(self)
        if not isinstance(value, JSONText):
            self.by_name[f"_{place}"] = value
            return place
        if isinstance(value.text, Value):
            fixed = msgspec.Raw(value.text.value)
            return lambda row: fixed
        self.by_name[f"_{place}"] = value.text
        return lambda row: None if row[place] is None else msgspec.Raw(row[place])


def as_object(members: Mapping[str, int | Maker]) -> Maker:
    """What makes an object of a row, its keys in this order."""
    # A structure is made in a small part of the time of a dict, and the garbage collector need not look at it.
    fields = {f"field_{place}": key for place, key in enumerate(members)}
    struct = msgspec.defstruct("Object", [(name, Any) for name in fields], rename=fields, gc=False)
    made = [one for one in members.values() if not isinstance(one, int)]
    # What is made stands behind the row, counted from the end.
    behind = iter(range(-len(made), 0))
    pick = picked([one if isinstance(one, int) else next(behind) for one in members.values()])
    if not made:
        return lambda row: struct(*pick(row))
    return lambda row: struct(*pick((*row, *[make(row) for make in made])))


def picked(places: Sequence[int]) -> Callable[[Sequence], tuple]:
    """What takes the values at some places of a row."""
    if len(places) == 1:
        return lambda row: (row[places[0]],)
    return itemgetter(*places)
