"""Comparisons of CQL2 as Django expressions: of SQL's own logic, in which nothing is known of null."""

from django.db.models import BooleanField, Func, TextField
from django.db.models.expressions import Combinable


class Compared(Func):
    """Whether a comparison of two values holds."""

    template = "(%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, left: Combinable, operator: str, right: Combinable) -> None:
        super().__init__(left, right, arg_joiner=f" {operator} ")


class IsNull(Func):
    """Whether there is no value."""

    template = "((%(expressions)s) IS NULL)"
    output_field = BooleanField()


class Intersects(Func):
    """Whether two geometries of one system have a point in common."""

    function = "ST_Intersects"
    output_field = BooleanField()


class Lowered(Func):
    """A text without capitals."""

    function = "lower"
    output_field = TextField()


class Unaccented(Func):
    """A text without accents."""

    template = "public.unaccent('public.unaccent', %(expressions)s)"
    output_field = TextField()
