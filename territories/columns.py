"""What each property of territories and collectives holds, and what filters may ask of them."""

from collections.abc import Iterable

from django.db.models import F, TextField
from django.db.models.functions import Cast

from geo.layers import Layer
from geo.queryables import Kind as Asked
from geo.queryables import Queryable, ToTheSecond
from geo.related import Related
from geo.tables import Column, Kind

from .layers import COLLECTIVES, TERRITORIES

TERRITORY_COLUMNS = (
    Column("code", "code"),
    Column("name", "name"),
    Column("names", "names", Kind.PARTS),
    Column("scheme", "scheme"),
    Column("parent", "parent"),
    Column("country", "country"),
    Column("url", "url"),
    Column("population", "population", Kind.INTEGER),
    Column("year", "year", Kind.INTEGER),
    Column("source", "source"),
    Column("licence", "licence"),
)
COLLECTIVE_COLUMNS = (
    Column("name", "name"),
    Column("slug", "slug"),
    Column("url", "url"),
    Column("purpose", "purpose"),
    Column("purposes", "purposes", Kind.PARTS),
    Column("territory", "territory"),
    Column("website", "website"),
    Column("created", "created", Kind.INSTANT),
)


def queryables_of(layer: Layer, texts: Iterable[str], numbers: Iterable[str] = ()) -> list[Queryable]:
    """Geometry, identity and properties of a layer by their own expressions."""

    def expression(name: str):
        value = layer.properties[name]
        return value.of_each() if isinstance(value, Related) else value

    return [
        Queryable("geometry", Asked.GEOMETRY, F(layer.geometry)),
        Queryable("id", Asked.TEXT, Cast(F(layer.identity), TextField())),
        *[Queryable(name, Asked.TEXT, expression(name)) for name in texts],
        *[Queryable(name, Asked.NUMBER, expression(name)) for name in numbers],
    ]


TERRITORY_QUERYABLES = queryables_of(
    TERRITORIES,
    ("code", "name", "scheme", "parent", "country", "source", "licence"),
    ("population", "year"),
)
COLLECTIVE_QUERYABLES = [
    *queryables_of(COLLECTIVES, ("name", "slug", "purpose", "territory", "website")),
    Queryable("created", Asked.INSTANT, ToTheSecond(F("created_at"))),
]
