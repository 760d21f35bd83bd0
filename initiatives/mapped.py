"""Initiatives in the map index: what it holds of them, and which of its conditions a selection is made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from django.conf import settings

from geo.mapindex import circle
from geo.mapindex.binary import fields_of, messages, numbers_in
from geo.mapindex.segment import Segment
from geo.mapindex.source import Links, Source, text_key
from geo.mapindex.store import Store
from geo.mapindex.view import Condition, Matches, View
from geo.written import lately_written
from vocabulary.models import LegalForm, Theme

from . import exchange_sql, groups_sql, packed_sql
from .fields import Around
from .models import Initiative
from .querysets import InitiativeQuerySet

if TYPE_CHECKING:
    from .selection import Selection

Answer = TypeVar("Answer")

# How PostgreSQL counts instants: microseconds from here.
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
NO_IDS = np.empty(0, np.int64)
# How often an answer begins anew because the version moved while it was put together.
TRIES = 3
# What an answer may depend on beside the published data.
BESIDE = ("initiatives_word", "territories_place", "territories_territory")

LISTS = {
    # The longest first: it is read beside the rows.
    "territory": Links("initiatives_initiativeterritory", "initiative_id", "territory_id"),
    "theme": Links("initiatives_initiativetheme", "initiative_id", "theme_id"),
    "network": Links("initiatives_networkmembership", "initiative_id", "network_id", where="until IS NULL"),
    "group": Links("initiatives_initiativegroup", "initiative_id", "group_id", where=groups_sql.SHOWN),
    **{name: exchange_sql.links(kind) for kind, name in exchange_sql.NAMES.items()},
}
SOURCE = Source(
    name="initiatives",
    packed=packed_sql.TABLE,
    groups=(
        "SELECT t.id, coalesce(p.slug, t.slug) AS label FROM vocabulary_theme t"
        " LEFT JOIN vocabulary_theme p ON p.id = t.parent_id"
    ),
    grouped_by="theme",
    words="language",
    numbers=tuple(packed_sql.NUMBERS),
    lists=LISTS,
)
INDEX = Store(SOURCE, lambda: Path(settings.MAP_INDEX_DIR))


class MovedError(Exception):
    """The version moved while an answer was put together."""


# ── From a parameter's value to a condition on columns ──────────────────────────────────────────
def _themes(value: list) -> Condition:
    ids = list(Theme.objects.within([theme.slug for theme in value]).values_list("pk", flat=True))
    return lambda rows: rows.listed("theme", ids)


def _legal_forms(value: list) -> Condition:
    ids = list(LegalForm.objects.within([form.slug for form in value]).values_list("pk", flat=True))
    return lambda rows: rows.among("legal_form", ids)


def _listed(name: str) -> Callable[[list], Condition]:
    return lambda value: lambda rows: rows.listed(name, [row.pk for row in value])


def _exchanged(name: str) -> Callable[[list[str]], Condition]:
    return lambda value: lambda rows: rows.listed(name, [exchange_sql.NUMBERS[slug] for slug in value])


CONDITIONS: dict[str, Callable[[Any], Condition]] = {
    "theme": _themes,
    "territory": _listed("territory"),
    "network": _listed("network"),
    "group": _listed("group"),
    **{name: _exchanged(name) for name in exchange_sql.NAMES.values()},
    "collective": lambda value: lambda rows: rows.among("collective", [row.pk for row in value]),
    "legal_form": _legal_forms,
    "language": lambda value: lambda rows: rows.listed("language", map(text_key, value)),
    "since": lambda value: lambda rows: rows.at_least("founded", value),
    "bbox": lambda value: lambda rows: rows.boxed(*value.as_tuple()),
    "updated_since": lambda value: (
        lambda rows: rows.at_least("updated", (value - EPOCH) // timedelta(microseconds=1))
    ),
}


def register(name: str, links: Links) -> None:
    """Have the index answer a parameter of a higher room, whose values are rows that `links` names by their keys."""
    if name in CONDITIONS:
        raise ValueError(f"The map index has a list {name!r} already.")
    LISTS[name], CONDITIONS[name] = links, _listed(name)


def _asked(selection: Selection, name: str, view: View) -> Condition:
    """A condition of a filter that only SQL knows; MovedError where it sees another version.

    Remembered by itself: who looks for words and moves the map asks the same words with other boxes.
    """
    key = ("asked", name, selection.get(name))
    found = view.memory.get(key)
    if found is None:
        rows = Initiative.objects.published()
        found = _ids(selection.filters.filters[name].filter(rows, selection.cleaned[name]), view)
        view.memory.keep(key, found, 200 + found.nbytes)
    # Many are found sooner in a table of all ids than one by one.
    if len(found) > len(view) // 100:
        return lambda segment: np.isin(segment.ids, found)
    return lambda segment: segment.holding(found)


def _around(around: Around, view: View) -> Condition:
    """A condition of a circle: only who is near its edge is asked of SQL. MovedError as above."""
    parts = [
        (segment, *circle.split(segment, *around.point.coords, around.metres))
        for segment in (view.base, view.tail)
    ]
    unsure = np.concatenate([segment.ids[rows] for segment, _inside, rows in parts])
    found = NO_IDS
    if len(unsure):
        near = Initiative.objects.published().filter(pk__in=unsure.tolist()).near(around.point, around.metres)
        found = _ids(near, view)

    def condition(segment: Segment) -> np.ndarray:
        mask = segment.holding(found)
        for other, inside, _unsure in parts:
            if other is segment:
                mask[inside] = True
        return mask

    return condition


def _ids(rows: InitiativeQuerySet, view: View) -> np.ndarray:
    """Ids of some rows, ascending; MovedError where they are of another version."""
    sql, parameters = rows.order_by().values("pk").query.sql_with_params()
    (row,) = messages(
        f"SELECT (SELECT max(number) FROM geo_version), (SELECT array_agg(pk) FROM ({sql}) AS asked)",
        parameters,
    )
    number, ids = fields_of(row)
    if int.from_bytes(number, "big") != view.version.number:
        raise MovedError
    return np.sort(numbers_in(ids))


# ── Answers ─────────────────────────────────────────────────────────────────────────────────────
def _key(selection: Selection) -> tuple[str, str]:
    return "matches", selection.without("located").query


def remembered(view: View, selection: Selection) -> Matches | None:
    """What matches() has found before, or None."""
    return view.memory.get(_key(selection))


def matches(view: View, selection: Selection) -> Matches:
    """What a selection leaves of a view, with and without a position; remembered by the view."""
    found = remembered(view, selection)
    if found is None:
        cleaned = {name: value for name, value in selection.cleaned.items() if name != "located"}
        conditions = [CONDITIONS[name](value) for name, value in cleaned.items() if name in CONDITIONS]
        if "near" in cleaned:
            conditions.append(_around(cleaned.pop("near"), view))
        conditions += [_asked(selection, name, view) for name in cleaned if name not in CONDITIONS]
        found = view.select(conditions)
        view.memory.keep(_key(selection), found, found.size)
    return found


def answer(make: Callable[[View], Answer], *, at_once: bool = True) -> Answer | None:
    """An answer from the index; None where the database has to give it. `make` may raise MovedError."""
    for _try in range(TRIES):
        view = INDEX.view(at_once=at_once)
        if view is None:
            return None
        try:
            return make(view)
        except MovedError:
            at_once = True
    return None


def kept(key: tuple, make: Callable[[], bytes]) -> bytes:
    """What `make` gives, or gave for the same version, lexicon, gazetteer and territories."""
    key = (*key, lately_written(*BESIDE))

    def remember(view: View) -> bytes:
        found = view.memory.get(key)
        if found is None:
            found = make()
            view.memory.keep(key, found, len(found) + 500)
        return found

    found = answer(remember)
    return make() if found is None else found


def numbers(view: View, selection: Selection) -> tuple[dict[str, int], dict[str, int]]:
    """Counts and theme counts of one version."""
    found = matches(view, selection)
    counted = selection.as_counts(*view.counts(found), len(view))
    return counted, view.group_counts(found, selection.located)


def counts(selection: Selection) -> tuple[int, int, int] | None:
    """Matches with and without a position, and all that are published; None as answer() says."""
    return answer(lambda view: (*view.counts(matches(view, selection)), len(view)))


def theme_counts(selection: Selection) -> dict[str, int] | None:
    """For each of the ten themes the matches that have it or a subtheme; None as answer() says."""
    return answer(lambda view: view.group_counts(matches(view, selection), selection.located))


def ids(selection: Selection) -> list[int] | None:
    """Primary keys of what a selection shows; None as answer() says."""
    return answer(lambda view: view.ids(matches(view, selection), selection.located).tolist())
