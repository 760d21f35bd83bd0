"""What filters may ask of the rows of a layer: names, kinds, and the expression behind each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import DateTimeField, Func
from django.db.models.expressions import Combinable


class Kind(StrEnum):
    """What a value is compared with."""

    TEXT = "text"
    NUMBER = "number"
    INSTANT = "instant"
    GEOMETRY = "geometry"


@dataclass(frozen=True)
class Queryable:
    """A property that filters may name; its expression is public, and says what the Feature shows."""

    name: str
    kind: Kind
    expression: Combinable


Queryables = Sequence[Queryable]


class ToTheSecond(Func):
    """A timestamp without its fractions, as Features show it."""

    template = "date_trunc('second', %(expressions)s)"
    output_field = DateTimeField()
