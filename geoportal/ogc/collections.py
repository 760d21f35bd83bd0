"""The collections: a layer each, with its columns, its queryables, and the rows that a request chooses of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from geo.crs import CRS84, Crs
from geo.errors import InvalidParameterError
from geo.features import KeyedFeatures
from geo.layers import Layer
from geo.parameters import is_dropped
from geo.queryables import Queryables
from geo.statements import one_moment
from geo.tables import Column
from initiatives import columns as initiative_columns
from initiatives import paging
from initiatives import queryables as initiative_queryables
from initiatives.filters import InitiativeFilterSet
from initiatives.layers import INITIATIVES
from initiatives.models import Initiative
from initiatives.selection import parse
from territories import columns as territory_columns
from territories.layers import COLLECTIVES, TERRITORIES

Page = list[tuple[int, bytes]]


@dataclass(frozen=True)
class Chosen:
    """Rows that the parameters of a collection leave."""

    rows: QuerySet
    following: Callable[..., Page]
    # Quick, of all of the rows; None where they have to be counted.
    matched: int | None = None


# By identity: each is declared once.
@dataclass(frozen=True, eq=False)
class Collection:
    """A layer as this door opens it."""

    layer: Layer
    title: Promise
    description: Promise
    columns: Sequence[Column]
    queryables: Queryables
    # How JSON Schema calls its geometry.
    shape: str
    choose: Callable[["Collection", QueryDict, Iterable[str]], Chosen]
    # Every row that may be seen by its identity.
    visible: Callable[[], QuerySet]
    usual: int = 100
    # The parameters of its own, beside the queryables.
    filters: Sequence[str] = ()
    # The queryable that `datetime` asks for.
    instant: str = ""

    @property
    def id(self) -> str:
        """As in the address."""
        return self.layer.id

    @property
    def parameters(self) -> list[str]:
        """Queryables that are parameters too."""
        return [
            one.name for one in self.queryables if one.kind != "geometry" and one.name not in self.filters
        ]

    def count(self) -> int:
        """How many items there are without any parameter."""
        chosen = self.choose(self, QueryDict(), ())
        return chosen.rows.count() if chosen.matched is None else chosen.matched

    @cache  # noqa: B019 there are as many as are declared below
    def keyed(self, crs: Crs) -> KeyedFeatures:
        """What reads Features of its visible rows."""
        return self.layer.keyed(self.visible().order_by("pk"), crs)

    def one(self, identity: str, crs: Crs = CRS84) -> bytes:
        """The Feature of an identity; Http404 where there is none."""
        try:
            keys = list(self.visible().filter(**{self.layer.identity: identity}).values_list("pk", flat=True))
        except (ValueError, ValidationError):
            keys = []
        found = self.keyed(crs).read(keys) if keys else []
        if not found:
            raise Http404(f"There is no feature {identity[:80]!r} in {self.id}.")
        return found[0][1]


def _selected(collection: Collection, data: QueryDict, own: Iterable[str]) -> Chosen:
    """By the grammar that all doors share."""
    selection = parse(data, own=own)

    def following(after: int, number: int, also: Q | None, crs: Crs) -> Page:
        return paging.following(selection, after, number, also=also, crs=crs)

    return Chosen(selection.initiatives(), following, selection.counts()["matched"])


def _all(collection: Collection, data: QueryDict, own: Iterable[str]) -> Chosen:
    """All rows: there is no grammar but that of this door."""
    known = set(own)
    for name in data:
        if name not in known and not is_dropped(name):
            possible = ", ".join(sorted(known))
            raise InvalidParameterError(name[:80], f"Unknown parameter. Known parameters: {possible}.")
    rows = collection.layer.features(None)

    def following(after: int, number: int, also: Q | None, crs: Crs) -> Page:
        keyed = collection.keyed(crs)
        if also is None:
            return keyed.following(after, number)
        some = rows.filter(also, pk__gt=after).values("pk")[:number]
        with one_moment():
            return keyed.read(some.aggregate(keys=ArrayAgg("pk", default=[]))["keys"])

    return Chosen(rows, following)


COLLECTIONS = {
    one.id: one
    for one in (
        Collection(
            layer=INITIATIVES,
            title=_("Initiatives"),
            description=_("Initiatives of the social and solidarity economy, where they may be shown."),
            columns=initiative_columns.COLUMNS,
            queryables=initiative_queryables.QUERYABLES,
            shape="geometry-point",
            choose=_selected,
            visible=lambda: Initiative.objects.published(),
            filters=tuple(InitiativeFilterSet.base_filters),
            instant="updated",
        ),
        Collection(
            layer=COLLECTIVES,
            title=_("Territorial collectives"),
            description=_("People rooted in a territory who put their initiatives on the map."),
            columns=territory_columns.COLLECTIVE_COLUMNS,
            queryables=territory_columns.COLLECTIVE_QUERYABLES,
            shape="geometry-multipolygon",
            choose=_all,
            visible=lambda: COLLECTIVES.features(None),
            instant="created",
        ),
        Collection(
            layer=TERRITORIES,
            title=_("Territories"),
            description=_("Areas by which initiatives can be looked for, with their boundaries."),
            columns=territory_columns.TERRITORY_COLUMNS,
            queryables=territory_columns.TERRITORY_QUERYABLES,
            shape="geometry-multipolygon",
            choose=_all,
            visible=lambda: TERRITORIES.features(None),
            # Their outlines are large.
            usual=20,
        ),
    )
}


def named(name: str) -> Collection:
    """A collection; Http404 lists those that there are."""
    if name not in COLLECTIONS:
        raise Http404(f"There is no collection {name[:80]!r}. Collections: {', '.join(COLLECTIONS)}.")
    return COLLECTIONS[name]
