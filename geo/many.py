"""Properties that are made of the rows of another table: a list of values, or an object by key."""

from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, QuerySet, TextField, Value
from django.db.models.expressions import Combinable

from .columns import Columns, Maker
from .json_text import Joined, JSONText, as_text
from .keys import Keys
from .statements import ByKeys


@dataclass(frozen=True)
class Many:
    """Rows of another table as one property, [] or {} where there is none.

    `rows` are those that may be shown, in their order; `owner` is their foreign key to the feature's row.
    """

    rows: QuerySet
    owner: str
    value: Combinable
    key: str = ""

    def of_each(self) -> JSONText:
        """The property of each row of a queryset, by a question of its own: for streams and single rows."""
        value = as_text(self.value)
        rows = self.rows.annotate(_text=Joined(as_text(F(self.key)), ":", value) if self.key else value)
        texts = ArraySubquery(rows.filter(**{self.owner: OuterRef("pk")}).values("_text"))
        joined = Func(texts, Value(",", TextField()), function="array_to_string", output_field=TextField())
        first, last = "{}" if self.key else "[]"
        return JSONText(Joined(first, joined, last))

    @property
    def empty(self) -> list | dict:
        """The property of a row that has none."""
        return {} if self.key else []

    @cached_property
    def _read(self) -> tuple[ByKeys, Maker]:
        columns = Columns(_owner=F(self.owner), **({"_key": F(self.key)} if self.key else {}))
        value = columns.take(self.value)
        rows = self.rows.annotate(**columns.by_name).values_list(*columns.by_name)
        return ByKeys(rows, self.owner), itemgetter(value) if isinstance(value, int) else value

    def of(self, keys: Keys) -> dict[int, list | dict]:
        """The property of rows with such keys that have one, by key, as JSON has it; one statement for all."""
        statement, make = self._read
        found: dict = {}
        if self.key:
            for row in statement.rows(keys):
                found.setdefault(row[0], {})[row[1]] = make(row)
        else:
            for row in statement.rows(keys):
                found.setdefault(row[0], []).append(make(row))
        return found
