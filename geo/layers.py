"""A map layer is a declaration: what it shows of which rows. Generic doors open it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from . import features
from .features import KeyedFeatures, Properties


@dataclass(frozen=True)
class Layer:
    """Rows with a point or area in EPSG:4326 and the properties that every door gives of them."""

    id: str
    title: str
    features: Callable[[Any], QuerySet]
    geometry: str
    identity: str
    properties: Properties

    def rows(self, queryset: QuerySet) -> QuerySet:
        """Each row as the text of a GeoJSON Feature."""
        return features.feature_rows(
            queryset, identity=self.identity, geometry=self.geometry, properties=self.properties
        )

    def keyed(self, queryset: QuerySet) -> KeyedFeatures:
        """What reads Features of some of these rows by their keys; to be kept, as its SQL is written once."""
        return KeyedFeatures(
            queryset, identity=self.identity, geometry=self.geometry, properties=self.properties
        )

    def collection(self, queryset: QuerySet, members: dict) -> Iterator[bytes]:
        """A streamed FeatureCollection."""
        return features.collection(self.rows(queryset), members)

    def lines(self, queryset: QuerySet) -> Iterator[bytes]:
        """Features one a line, streamed."""
        return features.lines(self.rows(queryset))

    def page(self, rows: Iterable[bytes], members: dict) -> bytes:
        """A FeatureCollection of a few rows."""
        return features.page(rows, members)
