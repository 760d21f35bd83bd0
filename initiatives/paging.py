"""Pages of a selection by key: how many, from where on, and the Features of the next rows."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.http import QueryDict

from geo.errors import InvalidParameterError
from geo.statements import one_moment

from . import lists
from .layers import INITIATIVES, KEYED, LOCATED
from .selection import Selection

LARGEST_PAGE = 1000
USUAL_PAGE = 100


def page_limit(data: QueryDict, *, usual: int = USUAL_PAGE, most: int = LARGEST_PAGE) -> int:
    """`limit`, clamped to the most; InvalidParameterError below 1 or where it is no number."""
    text = data.get("limit", str(usual))
    if not (text.isascii() and text.isdigit() and int(text[:12]) >= 1):
        raise InvalidParameterError("limit", f"Expected a whole number from 1 to {most}.")
    return min(int(text[:12]), most)


def page_cursor(data: QueryDict) -> int:
    """`cursor` as the `next` link gave it, 0 for the first page; InvalidParameterError if it is none of ours."""
    text = data.get("cursor", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise InvalidParameterError("cursor", "Expected the cursor of a next link.")
    return int(text)


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
