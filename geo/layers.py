"""A map layer is a declaration: what it shows of which rows. Generic doors open it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable

from . import features


@dataclass(frozen=True)
class Layer:
    """Rows with a point or area in EPSG:4326 and the properties that every door gives of them."""

    id: str
    title: str
    features: Callable[[Any], QuerySet]
    geometry: str
    identity: str
    properties: Mapping[str, Combinable]

    def rows(self, queryset: QuerySet) -> QuerySet:
        """Each row as the text of a GeoJSON Feature."""
        return features.feature_rows(
            queryset, identity=self.identity, geometry=self.geometry, properties=dict(self.properties)
        )

    def collection(self, queryset: QuerySet, members: dict) -> Iterator[bytes]:
        """A streamed FeatureCollection."""
        return features.collection(self.rows(queryset), members)

    def lines(self, queryset: QuerySet) -> Iterator[bytes]:
        """Features one a line, streamed."""
        return features.lines(self.rows(queryset))

    def page(self, rows: list[str], members: dict) -> str:
        """A FeatureCollection of a few rows."""
        return features.page(rows, members)
