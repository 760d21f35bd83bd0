"""Initiatives in the map index: what it holds of them, and which of its conditions a selection is made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from django.conf import settings
from django.db import connection

from geo.mapindex.source import Links, Source
from geo.mapindex.store import Store
from geo.mapindex.view import Condition, Matches, View
from vocabulary.models import LegalForm, Theme

from .enums import Status
from .models import Initiative

if TYPE_CHECKING:
    from .selection import Selection

Answer = TypeVar("Answer")

# How PostgreSQL counts instants: microseconds from here.
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
# Up to three letters of a language as one number, 21 bits each, as any character may need.
LANGUAGE = (
    "(ascii(substr(spoken, 1, 1))::bigint << 42) | (ascii(substr(spoken, 2, 1))::bigint << 21)"
    " | ascii(substr(spoken, 3, 1))"
)
# How often an answer begins anew because the version moved while it was put together.
TRIES = 3

SOURCE = Source(
    name="initiatives",
    table="initiatives_initiative",
    where=f"status = '{Status.PUBLISHED}'",
    cell="cell",
    point="public_position",
    group="primary_theme_id",
    groups=(
        "SELECT t.id, coalesce(p.slug, t.slug) AS label FROM vocabulary_theme t"
        " LEFT JOIN vocabulary_theme p ON p.id = t.parent_id"
    ),
    grouped_by="theme",
    numbers={
        "collective": "coalesce(collective_id, 0)",
        "legal_form": "coalesce(legal_form_id, 0)",
        "founded": "coalesce(founded, -1)::bigint",
        "updated": "updated_at",
    },
    lists={
        "theme": Links("initiatives_initiativetheme", "initiative_id", by="theme_id", keys="ARRAY[theme_id]"),
        "territory": Links(
            "initiatives_initiativeterritory", "initiative_id", by="territory_id", keys="ARRAY[territory_id]"
        ),
        "network": Links(
            "initiatives_networkmembership",
            "initiative_id",
            by="network_id",
            keys="ARRAY[network_id]",
            where="until IS NULL",
        ),
        # Few combinations are spoken: each is taken apart once.
        "language": Links(
            "initiatives_initiative",
            "id",
            by="languages",
            keys=f"ARRAY(SELECT DISTINCT {LANGUAGE} FROM unnest(languages) AS spoken)",
            where=f"status = '{Status.PUBLISHED}' AND languages <> '{{}}'",
        ),
    },
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


def language_key(code: str) -> int:
    """The number by which a language of up to three letters is listed."""
    letters = [ord(letter) for letter in code[:3].ljust(3, "\0")]
    return letters[0] << 42 | letters[1] << 21 | letters[2]


CONDITIONS: dict[str, Callable[[Any], Condition]] = {
    "theme": _themes,
    "territory": _listed("territory"),
    "network": _listed("network"),
    "collective": lambda value: lambda rows: rows.among("collective", [row.pk for row in value]),
    "legal_form": _legal_forms,
    "language": lambda value: lambda rows: rows.listed("language", map(language_key, value)),
    "since": lambda value: lambda rows: rows.at_least("founded", value),
    "bbox": lambda value: lambda rows: rows.boxed(*value.as_tuple()),
    "updated_since": lambda value: (
        lambda rows: rows.at_least("updated", (value - EPOCH) // timedelta(microseconds=1))
    ),
}


def _asked(selection: Selection, names: list[str], view: View) -> Condition:
    """A condition of filters that only SQL knows; MovedError where it sees another version."""
    rows = Initiative.objects.published()
    for name in names:
        rows = selection.filters.filters[name].filter(rows, selection.cleaned[name])
    sql, parameters = rows.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT max(number) FROM geo_version), (SELECT array_agg(pk) FROM ({sql}) AS asked)",
            parameters,
        )
        number, ids = cursor.fetchone()
    if number != view.version.number:
        raise MovedError
    found = np.array(ids or [], np.int64)
    return lambda rows: rows.holding(found)


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
        others = [name for name in cleaned if name not in CONDITIONS]
        if others:
            conditions.append(_asked(selection, others, view))
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
