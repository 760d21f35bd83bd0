"""Pages of a selection by key: how many, from where on, and the Features of the next rows."""

from django.contrib.postgres.aggregates import ArrayAgg

from geo.parameters import page_cursor, page_limit
from geo.statements import one_moment

from . import lists
from .layers import INITIATIVES, KEYED, LOCATED
from .selection import Selection

__all__ = ["following", "page_cursor", "page_limit"]


def following(selection: Selection, after: int, number: int) -> list[tuple[int, bytes]]:
    """Key and Feature, UTF-8, of the next rows after a key, in the order of keys."""
    # Without a filter the rows lie in this order.
    if selection.is_empty:
        return LOCATED.following(after, number)
    found = lists.following(selection, after, number, KEYED.read)
    if found is None:
        rows = INITIATIVES.features(selection).filter(pk__gt=after).values("pk")[:number]
        with one_moment():
            found = KEYED.read(rows.aggregate(keys=ArrayAgg("pk", default=[]))["keys"])
    return found
