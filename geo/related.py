"""What a row takes from another one that it refers to: joined in a stream, read apart for rows that are known."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Case, F, Model, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from .freshness import Version, latest
from .keys import Some
from .statements import ByKeys, one_moment

# Values of one kind that are kept; some ten megabytes.
MOST = 50_000


# By identity: what is declared once is kept once.
@dataclass(frozen=True, eq=False)
class Related:
    """A column of the row of `model` that a foreign key names; a change of it must move the version.

    Only of rows that are as `shown` says; else, and where there is none, `otherwise`, null unless it is given.
    """

    key: str
    model: type[Model]
    column: str
    shown: Mapping[str, str] = field(default_factory=dict)
    otherwise: Combinable | None = None

    def of_each(self) -> Combinable:
        """The value of each row of a queryset, joined to it."""
        value = F(f"{self.key}__{self.column}")
        if self.shown:
            value = Case(When(**{f"{self.key}__{name}": as_ for name, as_ in self.shown.items()}, then=value))
        return value if self.otherwise is None else Coalesce(value, self.otherwise)

    @property
    def default(self) -> Any:
        """What stands for none."""
        return None if self.otherwise is None else self.otherwise.value

    @cached_property
    def _rows(self) -> ByKeys:
        rows = self.model._base_manager.filter(**self.shown)
        return ByKeys(rows.values_list("pk", self.column), "pk")

    def read(self, keys: Iterable[int]) -> Iterator[tuple[int, Any]]:
        """Key and value of the rows with such keys that may be shown."""
        return self._rows.rows(Some.of(sorted(keys)))


class Known:
    """Values of what is related, as they were read in one version."""

    def __init__(self, version: Version | None) -> None:
        self.version = version
        self._values: dict[Related, dict[int | None, Any]] = {}

    def of(self, related: Related, keys: Collection[int | None]) -> Mapping[int | None, Any]:
        """Values by key, of these keys and perhaps others; one statement if any has not been read yet."""
        known = self._values.get(related)
        if known is None or len(known) > MOST:
            known = self._values[related] = {None: related.default}
        missing = [key for key in set(keys) if key not in known]
        if missing:
            known.update(dict.fromkeys(missing, related.default) | dict(related.read(missing)))
        return known


class _Kept:
    known = Known(None)


@contextmanager
def knowing() -> Iterator[Known]:
    """One moment, and what is known of related rows in it.

    Kept until the version moves: pages name the same few rows again and again. In a transaction that has begun already
    nothing is kept, as it may see what no version has.
    """
    with one_moment() as is_new:
        if not is_new:
            yield Known(None)
            return
        version = latest()
        known = _Kept.known
        if version is None or known.version != version:
            known = _Kept.known = Known(version)
        yield known
