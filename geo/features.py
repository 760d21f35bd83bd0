"""GeoJSON (RFC 7946) from a queryset: rows put together in PostgreSQL, streamed through a server-side cursor."""

import json
from collections.abc import Iterable, Iterator, Mapping

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import F, Func, JSONField, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from .copying import copied


class OrderedJSON(JSONField):
    """PostgreSQL's json, which keeps the order of keys; the driver decodes it already."""

    def from_db_value(self, value, expression, connection):
        """The value as it came, unless it is text."""
        return super().from_db_value(value, expression, connection) if isinstance(value, str) else value


class JSONBuild(Func):
    """A JSON object in the order of its keys, built by PostgreSQL."""

    function = "json_build_object"
    output_field = OrderedJSON()

    def __init__(self, members: Mapping[str, Combinable]) -> None:
        parts = []
        for name, value in members.items():
            parts += [Value(name, TextField()), value]
        # PostgreSQL takes at most 100 arguments, so longer objects are refused early.
        if len(parts) > 100:
            raise ValueError("An object of more than 50 members does not fit json_build_object.")
        super().__init__(*parts)


class JSONText(Cast):
    """Text that is JSON already, taken as it is."""

    def __init__(self, expression: Combinable) -> None:
        super().__init__(expression, OrderedJSON())

    def as_sql(self, compiler, connection, **extra):
        """As json, which keeps the text, not jsonb, which would write it anew."""
        return super().as_sql(compiler, connection, template="(%(expressions)s)::json", **extra)

    as_postgresql = as_sql


class Instant(Func):
    """A timestamp as ISO 8601 in UTC, to the second."""

    function = "to_char"
    template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    output_field = TextField()


def geojson(path: str) -> JSONText:
    """Geometry as GeoJSON, 7 decimals; null where there is none."""
    return JSONText(AsGeoJSON(path, precision=7))


def feature_rows(
    queryset: QuerySet, *, identity: str, geometry: str, properties: dict[str, Combinable]
) -> QuerySet:
    """The text of a GeoJSON Feature for each row, EPSG:4326."""
    feature = JSONBuild(
        {
            "type": Value("Feature", TextField()),
            "id": F(identity),
            "geometry": geojson(geometry),
            "properties": JSONBuild(properties),
        }
    )
    return queryset.annotate(feature=Cast(feature, TextField())).values_list("feature", flat=True)


def _head(members: dict) -> str:
    """The beginning of a FeatureCollection, up to its first Feature."""
    return json.dumps({"type": "FeatureCollection", **members}, ensure_ascii=False)[:-1] + ', "features": [\n'


def collection(rows: QuerySet, members: dict) -> Iterator[bytes]:
    """A whole FeatureCollection, UTF-8, streamed; `members` are foreign members such as the licence."""
    yield _head(members).encode()
    # Each row carries the comma that parts it from the one before, so that blocks pass through as they are.
    blocks = copied(_with_comma(rows))
    for block in blocks:
        yield block[1:]
        break
    yield from blocks
    yield b"]}\n"


def _with_comma(rows: QuerySet) -> QuerySet:
    return rows.annotate(line=Concat(Value(","), F("feature"), output_field=TextField())).values_list(
        "line", flat=True
    )


def lines(rows: QuerySet) -> Iterator[bytes]:
    """Features one a line, UTF-8, streamed."""
    return copied(rows)


def page(features: Iterable[str], members: dict) -> str:
    """A FeatureCollection of a few Features that are text already."""
    return _head(members) + ",\n".join(features) + "\n]}\n"
