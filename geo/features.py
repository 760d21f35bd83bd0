"""GeoJSON (RFC 7946) from a queryset: rows put together in PostgreSQL, streamed, or read by their keys."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from msgspec import json

from .columns import Columns, Maker, as_object
from .copying import copied
from .json_text import Joined, as_text, geojson, named
from .keys import Keys, Some, at_least
from .many import Many
from .statements import ByKeys, one_moment

Properties = Mapping[str, Combinable | Many]


def of_each(properties: Properties) -> dict[str, Combinable]:
    """Every property as an expression of its row."""
    return {name: value.of_each() if isinstance(value, Many) else value for name, value in properties.items()}


def feature_rows(queryset: QuerySet, *, identity: str, geometry: str, properties: Properties) -> QuerySet:
    """The text of a GeoJSON Feature for each row, EPSG:4326."""
    text = Joined(
        '{"type":"Feature","id":',
        as_text(F(identity)),
        ',"geometry":',
        as_text(geojson(geometry)),
        ',"properties":{',
        *named(of_each(properties)),
        "}}",
    )
    return queryset.annotate(feature=text).values_list("feature", flat=True)


class KeyedFeatures:
    """Features of rows whose keys are known, EPSG:4326; the same as feature_rows() writes.

    PostgreSQL gives columns alone, and what other tables hold for all rows at once: that takes it far less time
    than to ask for the parts of each row and to write JSON.
    """

    def __init__(self, queryset: QuerySet, *, identity: str, geometry: str, properties: Properties) -> None:
        self.queryset, self.properties = queryset, properties
        self.head = {"id": Cast(F(identity), TextField()), "geometry": geojson(geometry)}
        self.many = {name: value for name, value in properties.items() if isinstance(value, Many)}

    @cached_property
    def _read(self) -> tuple[ByKeys, Maker]:
        columns = Columns(_key=F("pk"))
        head = {name: columns.take(value) for name, value in self.head.items()}
        own = {name: columns.take(value) for name, value in self.properties.items() if name not in self.many}
        # What other tables hold stands behind the columns of a row.
        listed = {name: place for place, name in enumerate(self.many, len(columns))}
        properties = as_object({name: (own | listed)[name] for name in self.properties})
        feature = as_object({"type": lambda row: "Feature", **head, "properties": properties})
        rows = self.queryset.annotate(**columns.by_name).values_list(*columns.by_name)
        return ByKeys(rows, "pk"), feature

    def read(self, keys: Sequence[int]) -> list[tuple[int, bytes]]:
        """Key and Feature, UTF-8, in the order of the queryset, of those that are still there; all of one moment."""
        statement, feature = self._read
        with one_moment():
            listed = self._listed(at_least(keys))
            nothing = [many.empty for many in self.many.values()]
            return [
                (row[0], json.encode(feature((*row, *listed.get(row[0], nothing)))))
                for row in statement.rows(Some.of(keys))
            ]

    def _listed(self, keys: Keys) -> dict[int, list]:
        """What other tables hold of a row, by its key; rows of which they hold nothing are missing."""
        nothing = [many.empty for many in self.many.values()]
        listed: dict[int, list] = {}
        for place, many in enumerate(self.many.values()):
            for key, value in many.of(keys).items():
                listed.setdefault(key, nothing.copy())[place] = value
        return listed


def _head(members: dict) -> bytes:
    """The beginning of a FeatureCollection, up to its first Feature."""
    return json.encode({"type": "FeatureCollection", **members})[:-1] + b',"features":[\n'


def collection(rows: QuerySet, members: dict) -> Iterator[bytes]:
    """A whole FeatureCollection, UTF-8, streamed; `members` are foreign members such as the licence."""
    yield _head(members)
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


def page(features: Iterable[bytes], members: dict) -> bytes:
    """A FeatureCollection of a few Features that are text already, UTF-8."""
    return b"%b%b\n]}\n" % (_head(members), b",\n".join(features))
