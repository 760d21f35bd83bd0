"""What the pages of imports show: networks, runs, what a run says of its file."""

from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import pgettext_lazy

from community.models import Member
from initiatives.models import Network

from .cleaning import UNKNOWN_THEME
from .enums import Level, RunStatus
from .kept import KeptRun
from .mapping import Mapping
from .models import ImportRun, ImportSource
from .naming import field_named
from .phrases import said
from .pictures import reading as pictures
from .toml_text import as_toml

MOST_VALUES = 50
STATES = {
    "added": pgettext_lazy("of an import", "new"),
    "changed": pgettext_lazy("of an import", "changed"),
    "joined": pgettext_lazy("of an import", "here already"),
    "gone": pgettext_lazy("of an import", "gone"),
}
COUNTS = {
    "added": STATES["added"],
    "changed": STATES["changed"],
    "unchanged": pgettext_lazy("of an import", "unchanged"),
    "duplicates": STATES["joined"],
    "gone": STATES["gone"],
    "refused": pgettext_lazy("of an import", "refused"),
    "warnings": pgettext_lazy("of an import", "warnings"),
}


def networks_of(member: Member) -> QuerySet[Network]:
    """Networks whose data a member may bring in."""
    return Network.objects.all() if member.is_superuser else member.stewarded_networks.all()


def runs_of(member: Member) -> QuerySet[ImportRun]:
    """Runs of these networks, the newest first."""
    runs = ImportRun.objects.filter(network__in=networks_of(member)).select_related("network", "started_by")
    return runs.defer("mapping", "shown", "columns")


def sources_of(member: Member) -> QuerySet[ImportSource]:
    """Addresses of these networks."""
    return ImportSource.objects.filter(network__in=networks_of(member)).select_related("network")


def described(run: ImportRun) -> dict[str, Any]:
    """What a run read and what came of it, for its page."""
    levels = dict(run.issues.values_list("level").annotate(number=Count("pk")))
    mapping = Mapping.of_dict(run.mapping) if run.mapping else None
    return {
        "counts": counts_of(run),
        "pictures": pictures.told(run),
        "reasons": reasons_of(run),
        "issues": sum(levels.values()),
        "unmapped": unmapped(run),
        "mapping": mapping and as_toml(mapping),
        "is_guessed": bool(mapping and mapping.guessed),
        "too_much": said(run.summary.get("too_much", "")),
        "may_change": may_change(run),
        "is_busy": is_busy(run),
        "spec": {"places": run.shown},
        "legend": legend_of(run),
    }


def is_busy(run: KeptRun) -> bool:
    """Whether the worker has it, or will have."""
    return run.status in (RunStatus.WAITING, RunStatus.RUNNING)


def may_change(run: ImportRun) -> bool:
    """Whether what its columns hold can be chosen: it wrote nothing, and they are known."""
    return run.status in (RunStatus.READY, RunStatus.FAILED) and bool(run.columns and run.file)


def counts_of(run: KeptRun) -> list[tuple[str, Any, int]]:
    """(name, words, number); nothing before it was read."""
    if not run.summary:
        return []
    return [(name, words, run.summary[name]) for name, words in COUNTS.items() if name in run.summary]


def legend_of(run: KeptRun) -> list[tuple[str, Any]]:
    """What the colours of the map mean."""
    states = {row["state"] for row in run.shown}
    return [(name, words) for name, words in STATES.items() if name in states]


def reasons_of(run: KeptRun) -> list[dict[str, Any]]:
    """Why rows were refused or values not taken, the most frequent first, with an example each."""
    rows = run.issues.values("level", "field", "message", "phrase").annotate(number=Count("pk"))
    found = list(rows.order_by("-number", "level", "field", "message")[:12])
    labels = dict(Level.choices)
    return [
        {
            **row,
            "label": labels[row["level"]],
            "called": field_named(row["field"]),
            "said": said(row["phrase"] or row["message"]),
        }
        for row in found
    ]


def unmapped(run: ImportRun) -> list[tuple[str, int]]:
    """Values that no theme is known for, the most frequent first."""
    rows = run.issues.filter(field="themes", message__startswith=UNKNOWN_THEME)
    counted = rows.values_list("value").annotate(number=Count("pk"))
    return list(counted.order_by("-number", "value")[:MOST_VALUES])
