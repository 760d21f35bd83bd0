"""What the pages of imports of boundaries show."""

from typing import Any

from django.db.models import QuerySet

from .. import reading
from .enums import Field, Kept
from .models import BoundaryRun

LISTED = 100


def runs() -> QuerySet[BoundaryRun]:
    """Runs, the newest first, without what is large of them."""
    return BoundaryRun.objects.select_related("started_by").defer("how", "shown")


def described(run: BoundaryRun) -> dict[str, Any]:
    """What a run read and what came of it, for its page."""
    fields, states = dict(Field.choices), reading.STATES
    listed = [
        {**one, "label": states[one["state"]], "words": _words(one["fields"])} for one in run.shown[:LISTED]
    ]
    summary = run.summary
    return {
        "counts": reading.counts_of(run),
        "fields": [(fields[name], number) for name, number in summary.get("fields", {}).items()],
        "reasons": reading.reasons_of(run),
        "issues": run.issues.count(),
        "listed": listed,
        "more": sum(summary.get(name, 0) for name in ("added", "changed", "gone")) - len(listed),
        "is_busy": reading.is_busy(run),
        "spec": {"areas": [{name: one[name] for name in ("state", "name", "shape")} for one in run.shown]},
        "legend": reading.legend_of(run),
        "undone": summary.get("undone"),
        "left": _left(summary.get("undone", {}).get("named", [])),
    }


def _left(named: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Territories of which an undo left something, and why, in words."""
    why = dict(Kept.choices)
    return [{**one, "why": why[one["why"]], "words": _words(one["fields"])} for one in named[:LISTED]]


def _words(names: list[str]) -> str:
    fields = dict(Field.choices)
    return ", ".join(str(fields[name]) for name in names)
