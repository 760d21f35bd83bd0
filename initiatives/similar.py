"""Published initiatives that may be the same as another one: by name near a place, by name alone, by words."""

import re
from collections.abc import Collection
from math import cos, radians

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet, Value

from geo.bbox import BBox
from geo.functions import Fold

from .models import Initiative
from .querysets import InitiativeQuerySet
from .searching.suggesting import suggested

MOST = 6
METRES = 5_000
# Share of common trigrams from which two names may mean the same.
ALIKE = 0.3
METRES_A_DEGREE = 111_000
SHORTEST, LONGEST = 3, 80


def _around(point: Point, metres: float) -> BBox:
    """A box that holds all within metres of a point."""
    tall = metres / METRES_A_DEGREE
    wide = min(tall / max(cos(radians(abs(point.y) + tall)), 0.01), 90)
    west, east = ((degrees + 540) % 360 - 180 for degrees in (point.x - wide, point.x + wide))
    return BBox(west, max(point.y - tall, -90), east, min(point.y + tall, 90))


def _alike(rows: InitiativeQuerySet, name: str, otherwise: Q) -> QuerySet:
    likeness = TrigramSimilarity("search_name", Fold(Value(name)))
    rows = rows.annotate(likeness=likeness).filter(Q(likeness__gte=ALIKE) | otherwise)
    return rows.order_by("-likeness", "pk").for_lists()[:MOST]


def near(name: str, point: Point, *, host: str = "", but: Collection[int] = ()) -> QuerySet:
    """Those with such a name within 5 km of a point, EPSG:4326, or with a web site of that host; the most alike first.

    With `distance`. As everywhere public positions count. The box reads an index, then the distance leaves few names
    to compare. `but` are primary keys to leave out.
    """
    rows = (
        Initiative.objects.published().exclude(pk__in=but).in_box(_around(point, METRES)).near(point, METRES)
    )
    site = Q(website__iregex=rf"^https?://(www\.)?{re.escape(host)}(/|$)") if host else Q(pk=None)
    return _alike(rows.annotate(distance=Distance("public_position", point)), name, site)


def placeless(name: str, *, but: Collection[int] = ()) -> QuerySet:
    """Those without a place that have such a name."""
    rows = Initiative.objects.published().exclude(pk__in=but).unlocated()
    return _alike(rows.filter(search_name__trigram_similar=Fold(Value(name))), name, Q(pk=None))


def worded(name: str) -> list[Initiative]:
    """Those that have the words of a name that is being typed, wherever they are."""
    if len(name.strip()) < SHORTEST:
        return []
    slugs = [row["slug"] for row in suggested(name.strip()[:LONGEST]).initiatives]
    found = {row.slug: row for row in Initiative.objects.published().filter(slug__in=slugs).for_lists()}
    return [found[slug] for slug in slugs if slug in found]
