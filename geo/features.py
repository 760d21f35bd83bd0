"""GeoJSON (RFC 7946) of rows: a page of them by their keys, or all of a queryset, streamed."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, repeat
from operator import itemgetter

from django.db.models import F, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from msgspec import json

from .columns import Columns, Maker, as_object, fixed
from .crs import CRS84, Crs, geojson_in
from .keys import Following, Keys, Some, at_least
from .many import Many
from .related import Known, Related, knowing
from .remembered import Remembered
from .statements import ByKeys, together

# Rows of a stream that are put together at once: enough that statements weigh little, so few that others in the process
# need not wait long.
SOME = 500

Properties = Mapping[str, Combinable | Many | Related]


def of_each(properties: Properties) -> dict[str, Combinable]:
    """Every property as an expression of its row."""
    return {
        name: value.of_each() if isinstance(value, Many | Related) else value
        for name, value in properties.items()
    }


class KeyedFeatures:
    """Features of rows of a queryset by their keys, in degrees, longitude first, or in another system.

    PostgreSQL gives columns alone, and what other tables hold for all rows at once: that takes it far less time
    than to ask for the parts of each row, to join what many rows share, and to write JSON.

    With `remembered`, rows that were read before and are as they were are not read again: only their keys are.
    """

    def __init__(
        self,
        queryset: QuerySet,
        *,
        identity: str,
        geometry: str,
        properties: Properties,
        crs: Crs = CRS84,
        remembered: Remembered | None = None,
    ) -> None:
        self.queryset, self.properties, self.remembered = queryset, properties, remembered
        self.head = {"id": Cast(F(identity), TextField()), "geometry": geojson_in(geometry, crs)}

    # Asked for after all rooms have filled their properties.
    @cached_property
    def related(self) -> dict[str, Related]:
        """What a row takes from others that it refers to."""
        return {name: value for name, value in self.properties.items() if isinstance(value, Related)}

    @cached_property
    def many(self) -> dict[str, Many]:
        """What is made of rows that refer to it."""
        return {name: value for name, value in self.properties.items() if isinstance(value, Many)}

    @cached_property
    def _read(self) -> tuple[ByKeys, list[Maker], Maker]:
        """Statement of the rows, keys of what is related, what makes Features of it all."""
        columns = Columns(_key=F("pk"))
        head = {name: columns.take(value) for name, value in self.head.items()}
        keys = [columns.take(F(f"{value.key}_id")) for value in self.related.values()]
        apart = (*self.related, *self.many)
        own = {name: columns.take(value) for name, value in self.properties.items() if name not in apart}
        # What other tables hold stands behind the columns of a row.
        behind = {name: itemgetter(place) for place, name in enumerate(apart, len(columns))}
        properties = as_object({name: (own | behind)[name] for name in self.properties})
        feature = as_object({"type": fixed("Feature"), **head, "properties": properties})
        rows = self.queryset.annotate(**columns.by_name).values_list(*columns.by_name)
        return ByKeys(rows, "pk"), keys, feature

    def read(self, keys: Sequence[int]) -> list[tuple[int, bytes]]:
        """Key and Feature, UTF-8, in the order of the queryset, of those that are still there; all of one moment."""
        return self._some(at_least(keys), set(keys))

    def following(self, after: int, number: int) -> list[tuple[int, bytes]]:
        """The same of the next rows after a key, of a queryset in the order of its keys."""
        return self._some(Following(after, number))

    def _some(self, among: Keys, asked: Container[int] | None = None) -> list[tuple[int, bytes]]:
        """Those among some keys, or of them what is asked for; what is remembered is not read again."""
        with knowing() as known:
            # In a transaction that has begun there may be what nobody else sees.
            if self.remembered is None or known.version is None:
                rows = self._read[0].rows(among)
                return self._written((row for row in rows if asked is None or row[0] in asked), known)
            at = self.remembered.moment()
            keys = [key for (key,) in self._keys.rows(among) if asked is None or key in asked]
            found = self.remembered.of(keys, at)
            if missing := [key for key in keys if key not in found]:
                wanted = set(missing)
                rows = self._read[0].rows(at_least(missing))
                written = self._written((row for row in rows if row[0] in wanted), known)
                self.remembered.keep(written, at)
                found.update(written)
            return [(key, found[key]) for key in keys]

    @cached_property
    def _keys(self) -> ByKeys:
        return ByKeys(self.queryset.values_list("pk"), "pk")

    def stream(self, keys: QuerySet, order: str = "pk") -> Iterator[list[bytes]]:
        """Features of all rows whose keys a queryset gives, in an order, some at a time; all of one moment.

        The same few are in memory however many there are.
        """
        with knowing() as known:
            numbers = keys.order_by(*dict.fromkeys((order, "pk"))).values_list("pk", flat=True).iterator(SOME)
            while some := list(islice(numbers, SOME)):
                found = dict(self._written(self._read[0].rows(Some.of(sorted(some))), known))
                yield [found[key] for key in some if key in found]

    def _written(self, rows: Iterable[tuple], known: Known) -> list[tuple[int, bytes]]:
        columns: list[Iterable] = list(zip(*rows, strict=True))
        if not columns:
            return []
        _statement, keys_of, feature = self._read
        keys = columns[0]
        for keys_of_one, related in zip(keys_of, self.related.values(), strict=True):
            others = keys_of_one(columns)
            columns.append(map(known.of(related, set(others)).__getitem__, others))
        among = at_least(keys)
        with together():
            answers = [many.ask(among) for many in self.many.values()]
            for many, answer in zip(self.many.values(), answers, strict=True):
                columns.append(map(many.of(answer, known).get, keys, repeat(many.empty)))
        return list(zip(keys, map(json.Encoder().encode, feature(columns)), strict=True))


def _head(members: dict) -> bytes:
    """The beginning of a FeatureCollection, up to its first Feature."""
    return json.encode({"type": "FeatureCollection", **members})[:-1] + b',"features":[\n'


def collection(parts: Iterable[list[bytes]], members: dict) -> Iterator[bytes]:
    """A whole FeatureCollection, UTF-8, streamed; `members` are foreign members such as the licence."""
    yield _head(members)
    before = b""
    for features in parts:
        yield before + b",\n".join(features)
        before = b",\n"
    yield b"\n]}\n"


def lines(parts: Iterable[list[bytes]], members: dict) -> Iterator[bytes]:
    """Features one a line, UTF-8, streamed; the first bears `members`, foreign ones that are about them all."""
    about = json.encode(members)[1:-1]
    for features in parts:
        if about and features:
            features, about = [features[0][:-1] + b"," + about + b"}", *features[1:]], b""
        yield b"\n".join(features) + b"\n"


def page(features: Iterable[bytes], members: dict) -> bytes:
    """A FeatureCollection of a few Features that are text already, UTF-8."""
    return b"".join((_head(members), b",\n".join(features), b"\n]}\n"))
