"""The outlines of all territories of a scheme at once, for a map that colours them."""

from django.db.models import Value
from msgspec import Raw, json

from .enums import Scheme
from .outlines import Box, Shape
from .querysets import TerritoryQuerySet

# Degrees between points: less than a pixel where a whole scheme is looked at, and the same for neighbours.
FINENESS = {
    Scheme.COUNTRY: 0.03,
    Scheme.NUTS1: 0.02,
    Scheme.REGION: 0.02,
    Scheme.INTERMUNICIPALITY: 0.004,
    Scheme.MUNICIPALITY: 0.002,
}
USUAL = 0.01
# On one map: more would be specks, and take long to send.
MOST = 1_600


def collection(rows: TerritoryQuerySet, scheme: str) -> bytes:
    """A GeoJSON FeatureCollection of territories of a scheme: code as `id`, the box that is meant as `view`."""
    found = rows.order_by("code").values_list(
        "code", "view", Box("boundary"), Shape("boundary", Value(FINENESS.get(scheme, USUAL)))
    )
    features = [
        {"type": "Feature", "id": code, "properties": {"view": view or box}, "geometry": Raw(shape.encode())}
        for code, view, box, shape in found
    ]
    return json.encode({"type": "FeatureCollection", "features": features})
