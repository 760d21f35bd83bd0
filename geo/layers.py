"""A map layer is a declaration: what it shows of which rows. Generic doors open it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .crs import CRS84, Crs
from .features import KeyedFeatures, Properties
from .remembered import Remembered


@dataclass(frozen=True)
class Layer:
    """Rows with a point or area in EPSG:4326 and the properties that every door gives of them."""

    id: str
    title: str
    features: Callable[[Any], QuerySet]
    geometry: str
    identity: str
    properties: Properties
    # In degrees alone: other systems are asked for seldom.
    remembered: Remembered | None = None

    def keyed(self, queryset: QuerySet, crs: Crs = CRS84) -> KeyedFeatures:
        """What reads Features of some of these rows by their keys; to be kept, as its SQL is written once."""
        return KeyedFeatures(
            queryset,
            identity=self.identity,
            geometry=self.geometry,
            properties=self.properties,
            crs=crs,
            remembered=self.remembered if crs == CRS84 else None,
        )
