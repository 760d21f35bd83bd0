"""GeoJSON (RFC 7946) from a queryset: rows put together in PostgreSQL, streamed through a server-side cursor."""

import json
from collections.abc import Iterator

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import F, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONObject

CHUNK = 1000


def feature_rows(queryset: QuerySet, *, identity: str, geometry: str, properties: dict[str, Combinable]) -> QuerySet:
    """One `feature` value (text of a GeoJSON Feature, EPSG:4326, 7 decimals) per row; null geometry where unknown."""
    return queryset.annotate(
        feature=Cast(
            JSONObject(
                type=_text("Feature"),
                id=F(identity),
                geometry=Cast(AsGeoJSON(geometry, precision=7), JSON),
                properties=JSONObject(**properties),
            ),
            TextField(),
        )
    ).values_list("feature", flat=True)


def collection(rows: QuerySet, members: dict) -> Iterator[str]:
    """A whole FeatureCollection as text, a chunk at a time; `members` are foreign members such as the licence."""
    head = json.dumps({"type": "FeatureCollection", **members}, ensure_ascii=False)
    yield head[:-1] + ', "features": [\n'
    first = True
    for feature in rows.iterator(chunk_size=CHUNK):
        yield feature if first else ",\n" + feature
        first = False
    yield "\n]}\n"
