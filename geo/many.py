"""Properties that are made of the rows of another table: a list of values, or an object by key."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from psycopg import Cursor

from .columns import Columns, Maker
from .json_text import Joined, JSONText, as_text
from .keys import Keys
from .related import Known, Related
from .statements import ByKeys


@dataclass(frozen=True)
class Many:
    """Rows of another table as one property, [] or {} where there is none.

    `rows` are those that may be shown, in their order; `owner` is their foreign key to the feature's row. What is
    related is a list of texts in the order of their bytes, as `rows` must have it too.
    """

    rows: QuerySet
    owner: str
    value: Combinable | Related
    key: str = ""

    def of_each(self) -> JSONText:
        """The property of each row of a queryset, by a question of its own: for streams and single rows."""
        value = as_text(self.value.of_each() if isinstance(self.value, Related) else self.value)
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
        return ByKeys(rows, self.owner), value

    @cached_property
    def _pairs(self) -> ByKeys:
        # Without an order, as that would take a join.
        rows = self.rows.order_by().values_list(self.owner, f"{self.value.key}_id")
        return ByKeys(rows, self.owner)

    def ask(self, keys: Keys) -> Cursor:
        """The rows of all that have such keys, on their way, for of()."""
        return self._pairs.ask_columns(keys) if isinstance(self.value, Related) else self._read[0].ask(keys)

    def of(self, answer: Cursor, known: Known) -> dict[int, list | dict]:
        """The property of rows that have one, by key, as JSON has it."""
        if isinstance(self.value, Related):
            return self._related(*answer.fetchone(), known)
        columns = list(zip(*answer.fetchall(), strict=True))
        found: dict = {}
        if not columns:
            return found
        values = self._read[1](columns)
        if self.key:
            for owner, key, value in zip(*columns[:2], values, strict=False):
                found.setdefault(owner, {})[key] = value
        else:
            for owner, value in zip(columns[0], values, strict=False):
                found.setdefault(owner, []).append(value)
        return found

    def _related(self, owners: np.ndarray | None, others: np.ndarray | None, known: Known) -> dict[int, list]:
        if owners is None:
            return {}
        distinct, which = np.unique(others, return_inverse=True)
        by_key = known.of(self.value, distinct.tolist())
        values = [by_key[key] for key in distinct.tolist()]
        shown = sorted(
            (place for place, value in enumerate(values) if value is not None), key=values.__getitem__
        )
        places = np.full(len(values), -1)
        places[shown] = np.arange(len(shown))
        places = places[which]
        owners, places = owners[places >= 0], places[places >= 0]
        order = np.lexsort((places, owners))
        listed = [values[shown[place]] for place in places[order].tolist()]
        names, starts = np.unique(owners[order], return_index=True)
        bounds = [*starts.tolist(), len(owners)]
        return {
            owner: listed[start:end]
            for owner, (start, end) in zip(names.tolist(), pairwise(bounds), strict=True)
        }
