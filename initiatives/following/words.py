"""What is followed, in words: many selections with one query for each filter."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..filters import CategoriesFilter, InitiativeFilterSet, SlugsFilter
from ..models import Follow
from ..presenting import label

Values = dict[str, list[str]]


def _values(query: str) -> Values:
    """Texts by filter; slugs and categories one by one."""
    data = QueryDict(query)
    filters = InitiativeFilterSet.base_filters
    found: Values = {}
    for name, texts in data.lists():
        if isinstance(filters.get(name), SlugsFilter | CategoriesFilter):
            texts = [part.strip() for text in texts for part in text.split(",") if part.strip()]
        found[name] = list(dict.fromkeys(texts))
    return found


def _rows(all_values: Iterable[Values]) -> dict[str, dict[str, Any]]:
    """What slugs name, by filter: only what everyone may know of."""
    wanted: dict[str, set[str]] = {}
    for values in all_values:
        for name, texts in values.items():
            wanted.setdefault(name, set()).update(texts)
    found = {}
    for name, one in InitiativeFilterSet.base_filters.items():
        if name in wanted and isinstance(one, SlugsFilter):
            key = one.extra.get("key", "slug")
            rows = one.extra["rows"]().filter(**{f"{key}__in": wanted[name]})
            found[name] = {getattr(row, key): row for row in rows}
    return found


def of_queries(queries: Iterable[str]) -> dict[str, str]:
    """Each query string in words; empty where something that it names is not there, or not for everyone."""
    parsed = {query: _values(query) for query in queries}
    rows = _rows(parsed.values())
    told = {}
    for query, values in parsed.items():
        pairs = [(name, text) for name, texts in values.items() for text in texts]
        if any(name in rows and text not in rows[name] for name, text in pairs):
            told[query] = ""
            continue
        words = [label(name, text, rows.get(name, {})) for name, text in pairs]
        told[query] = " · ".join(words) or _("All initiatives of the map")
    return told


def of_query(query: str) -> str:
    """One query string in words."""
    return of_queries([query])[query]


def of_follows(follows: Iterable[Follow]) -> list[tuple[Follow, str]]:
    """Each with its words; a selection has none where it names what is not there any more."""
    follows = list(follows)
    told = of_queries({one.query for one in follows if one.initiative_id is None})
    return [(one, one.initiative.name if one.initiative_id else told[one.query]) for one in follows]
