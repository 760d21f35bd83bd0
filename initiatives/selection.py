"""One selection, many renderings: a query string is parsed once; every door renders its queryset."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from geo.errors import InvalidParameterError
from geo.mapindex.source import Links
from geo.parameters import is_dropped, known_parameters

from . import mapped
from .fields import ManyWidget
from .filters import InitiativeFilterSet
from .models import Initiative, InitiativeTheme
from .querysets import InitiativeQuerySet, root_theme

# Up to so many rows are fetched by key and sorted, rather than looked for along the index of names: the planner
# misjudges how many rows several filters leave.
FEW = 1500


def register(name: str, query_filter: django_filters.Filter, links: Links | None = None) -> None:
    """Let a higher room add its parameter, from its AppConfig.ready(); the filter carries its own method.

    Without `links`, which have the map index answer it, each version asks SQL once.
    """
    if name in InitiativeFilterSet.base_filters:
        raise ValueError(f"The selection has a parameter {name!r} already.")
    InitiativeFilterSet.base_filters[name] = query_filter
    if links is not None:
        mapped.register(name, links)


@dataclass
class Selection:
    """What the filters leave; `values` holds the raw texts of each parameter, in the order of the filters."""

    values: dict[str, tuple[str, ...]]
    # Parameters that are in `values` but shall not narrow the rows.
    ignored: frozenset[str] = field(default=frozenset())

    # ── As parameters ──────────────────────────────────────────────────────────────────────────
    @property
    def data(self) -> QueryDict:
        """The parameters as a form reads them."""
        data = QueryDict(mutable=True)
        for name, texts in self.values.items():
            if name not in self.ignored:
                data.setlist(name, list(texts))
        return data

    @property
    def query(self) -> str:
        """Canonical query string, without the question mark."""
        return urlencode([(name, text) for name, texts in self.data.lists() for text in texts])

    @property
    def is_empty(self) -> bool:
        """No filter at all."""
        return not self.data

    def get(self, name: str) -> tuple[str, ...]:
        """Texts of a parameter."""
        return () if name in self.ignored else self.values.get(name, ())

    def without(self, *names: str) -> "Selection":
        """The same without some parameters; what was parsed once is not parsed again."""
        looser = Selection(self.values, self.ignored | set(names))
        looser.filters = self.filters
        return looser

    def with_values(self, name: str, texts: Iterable[str]) -> "Selection":
        """The same with other texts for one parameter, none to drop it."""
        values = {**{other: self.get(other) for other in self.values}, name: tuple(texts)}
        return Selection({key: values[key] for key in InitiativeFilterSet.base_filters if values.get(key)})

    @cached_property
    def filters(self) -> InitiativeFilterSet:
        """The filters with their cleaned values."""
        filters = InitiativeFilterSet(self.data, Initiative.objects.none())
        filters.form.is_valid()
        return filters

    @property
    def cleaned(self) -> dict[str, Any]:
        """Each parameter as rows, boxes, dates…"""
        return {name: self.filters.form.cleaned_data.get(name) for name in self.data}

    # ── As rows ────────────────────────────────────────────────────────────────────────────────
    def everywhere(self) -> InitiativeQuerySet:
        """Published matches, with or without a position."""
        rows = Initiative.objects.published()
        for name, value in self.cleaned.items():
            if name != "located":
                rows = self.filters.filters[name].filter(rows, value)
        return rows

    def initiatives(self) -> InitiativeQuerySet:
        """Published matches as every door shows them: with a position unless `located` says otherwise."""
        rows = self.everywhere()
        return {"yes": rows.located, "no": rows.unlocated, "any": rows.all}[self.located]()

    def listed(self, matched: int) -> InitiativeQuerySet:
        """The same as initiatives(), by key where `matched` says that they are few."""
        ids = mapped.ids(self) if matched <= FEW else None
        return self.initiatives() if ids is None else Initiative.objects.published().filter(pk__in=ids)

    @property
    def located(self) -> str:
        """yes, no or any."""
        return (self.get("located") or ("yes",))[0]

    def counts(self) -> dict[str, int]:
        """matched: shown by this selection; unlocated: its matches without a position; total: all published."""
        return self.as_counts(*(mapped.counts(self) or self._counted()))

    def as_counts(self, located: int, unlocated: int, total: int) -> dict[str, int]:
        """Counts by name; `matched` is what `located` asks for."""
        matched = {"yes": located, "no": unlocated, "any": located + unlocated}[self.located]
        return {"matched": matched, "unlocated": unlocated, "total": total}

    def _counted(self) -> tuple[int, int, int]:
        counted = (
            self.everywhere()
            .order_by()
            .aggregate(
                located=Count("pk", filter=Q(cell__isnull=False)),
                unlocated=Count("pk", filter=Q(cell__isnull=True)),
            )
        )
        both = counted["located"] + counted["unlocated"]
        total = Initiative.objects.published().count() if self.values else both
        return counted["located"], counted["unlocated"], total

    def theme_counts(self) -> dict[str, int]:
        """For each of the ten themes, how many of the matches have it or one of its subthemes."""
        counted = mapped.theme_counts(self)
        if counted is not None:
            return counted
        links = (
            InitiativeTheme.objects.filter(initiative__in=self.initiatives().order_by().values("pk"))
            .values(root=root_theme("theme"))
            .annotate(n=Count("initiative", distinct=True))
            .order_by("root")
        )
        return {link["root"]: link["n"] for link in links}


def split_names(data: QueryDict, own: Iterable[str] = ()) -> tuple[list[str], list[str]]:
    """Names of filters, and names that nobody here knows; a door's own names are neither."""
    names = [name for name in data if name not in own and not is_dropped(name)]
    known = [name for name in InitiativeFilterSet.base_filters if name in names]
    return known, [name for name in names if name not in known]


def _checked(data: QueryDict, known: list[str], *, allow_empty: bool) -> tuple[Selection, dict[str, str]]:
    errors = {}
    for name in known:
        texts = data.getlist(name)
        takes_many = InitiativeFilterSet.base_filters[name].field_class.widget is ManyWidget
        if len(texts) > 1 and not takes_many:
            errors[name] = _("Given %(times)s times, expected once.") % {"times": len(texts)}
        elif not allow_empty and name != "q" and not all(text.strip(", ") for text in texts):
            errors[name] = _("Empty; leave the parameter out or give a value.")
    selection = Selection({name: tuple(t for t in data.getlist(name) if t.strip()) for name in known})
    selection.values = {name: texts for name, texts in selection.values.items() if texts}
    for name in selection.values:
        if name in selection.filters.form.errors and name not in errors:
            errors[name] = " ".join(selection.filters.form.errors[name])
    return (selection.without(*errors) if errors else selection), errors


def parse(data: QueryDict, own: Iterable[str] = ()) -> Selection:
    """The selection of a machine door; InvalidParameterError for an unknown name or a value that cannot be used."""
    known, unknown = split_names(data, own)
    if unknown:
        possible = ", ".join(InitiativeFilterSet.base_filters)
        raise InvalidParameterError(unknown[0][:80], f"Unknown parameter. Known filters: {possible}.")
    selection, errors = _checked(data, known, allow_empty=False)
    for name, message in errors.items():
        raise InvalidParameterError(name, message)
    return selection


def refuse_parameters(data: QueryDict) -> None:
    """At a machine door that has nothing to choose from, InvalidParameterError for any parameter."""
    known_parameters(data)


def parse_page(data: QueryDict, own: Iterable[str] = ()) -> tuple[Selection, dict[str, str], list[str]]:
    """The selection of a page, errors by field, and names that were not understood."""
    known, unknown = split_names(data, own)
    selection, errors = _checked(data, known, allow_empty=True)
    return selection, errors, unknown
