"""Reading territories, towns and collectives."""

from collections.abc import Sequence

from django.contrib.gis.db.models import PointField
from django.contrib.gis.db.models.functions import PointOnSurface
from django.contrib.gis.geos import Point
from django.db import models
from django.db.models import Exists, F, OuterRef, Value

from geo.functions import Fold, Metres, geography

from .enums import ADMINISTRATIVE, CollectiveStatus, Scheme

FIRST = 12


def _named(rows: models.QuerySet, text: str) -> models.QuerySet:
    """Those with a name that begins with the text, accent- and case-blind; none where it has no letter."""
    begins = models.functions.Concat(models.Value("|"), F("_folded"))
    return (
        rows.annotate(_folded=Fold(models.Value(text)))
        .filter(search_names__contains=begins)
        .exclude(_folded="")
    )


class TerritoryQuerySet(models.QuerySet):
    """Territories by place and scheme."""

    def containing(self, point: Point) -> "TerritoryQuerySet":
        """Those whose boundary covers a point, EPSG:4326."""
        return self.filter(boundary__covers=point)

    def administrative(self) -> "TerritoryQuerySet":
        """Countries down to municipalities, not the statistical ones."""
        return self.filter(scheme__in=ADMINISTRATIVE)

    def smallest_first(self) -> "TerritoryQuerySet":
        """Ordered from municipalities to countries."""
        places = {scheme: place for place, scheme in enumerate(reversed(Scheme.values))}
        return self.annotate(
            _place=models.Case(*[models.When(scheme=scheme, then=place) for scheme, place in places.items()])
        ).order_by("_place", "code")

    def starting_with(self, text: str) -> "TerritoryQuerySet":
        """Those with a name in some language that begins with the text, accent- and case-blind, largest first."""
        return _named(self, text).order_by(F("population").desc(nulls_last=True), "code")

    def part_of(self, keys: Sequence[int]) -> "TerritoryQuerySet":
        """That are one of these territories or part of one, however far up, as their family of schemes tells it."""
        told = models.Q(pk__in=keys)
        for path in ("parent", "parent__parent", "parent__parent__parent", "parent__parent__parent__parent"):
            told |= models.Q(**{f"{path}__in": keys})
        return self.filter(told)

    def inside(self, keys: Sequence[int]) -> "TerritoryQuerySet":
        """That are one of these territories or part of one, however far up; else those with a point of theirs inside.

        What is part of what is told within a family of schemes; between two of them their places tell it.
        """
        rows = self.part_of(keys)
        if rows.exists():
            return rows
        around = self.model.objects.filter(
            pk__in=keys, boundary__bboverlaps=OuterRef("boundary"), boundary__covers=OuterRef("_point")
        )
        return self.annotate(_point=PointOnSurface("boundary")).filter(Exists(around))

    def without_boundary(self) -> "TerritoryQuerySet":
        """Leaves the heavy outline in the database."""
        return self.defer("boundary")


class PlaceQuerySet(models.QuerySet):
    """Towns of the gazetteer."""

    def starting_with(self, text: str) -> "PlaceQuerySet":
        """Towns one of whose names begins with the text, accent- and case-blind, largest first."""
        return _named(self, text).order_by("-population", "name")

    def nearest_to(self, point: Point):
        """The town nearest to a point, EPSG:4326; None without a gazetteer."""
        there = Value(point, PointField(srid=4326))
        metres = Metres(geography("position"), geography(there))
        # The index knows degrees, which are shorter from west to east: the nearest is among the first.
        some = self.annotate(metres=metres).order_by(Metres("position", there))[:FIRST]
        return min(some, key=lambda town: town.metres, default=None)


class CollectiveQuerySet(models.QuerySet):
    """Collectives by what may be shown."""

    def published(self) -> "CollectiveQuerySet":
        """Shown to everyone."""
        return self.filter(status=CollectiveStatus.PUBLISHED)
