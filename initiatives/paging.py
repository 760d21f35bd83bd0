"""Pages of a selection by key: the Features of the next rows."""

from functools import cache

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from geo.crs import CRS84, Crs
from geo.features import KeyedFeatures
from geo.statements import one_moment

from . import lists
from .layers import INITIATIVES, KEYED, LOCATED
from .models import Initiative
from .selection import Selection


@cache
def keyed_in(crs: Crs) -> tuple[KeyedFeatures, KeyedFeatures]:
    """What reads Features in a coordinate system: of published initiatives, and of those with a position."""
    if crs == CRS84:
        return KEYED, LOCATED
    published = Initiative.objects.published().order_by("pk")
    return INITIATIVES.keyed(published, crs), INITIATIVES.keyed(published.located(), crs)


def following(
    selection: Selection, after: int, number: int, *, also: Q | None = None, crs: Crs = CRS84
) -> list[tuple[int, bytes]]:
    """Key and Feature, UTF-8, of the next rows after a key, in the order of keys; `also` narrows them further."""
    keyed, located = keyed_in(crs)
    # Without a filter the rows lie in this order.
    if selection.is_empty and also is None:
        return located.following(after, number)
    found = lists.following(selection, after, number, keyed.read) if also is None else None
    if found is None:
        rows = INITIATIVES.features(selection).filter(also or Q(), pk__gt=after).values("pk")[:number]
        with one_moment():
            found = keyed.read(rows.aggregate(keys=ArrayAgg("pk", default=[]))["keys"])
    return found
