"""What the room holds of a member: the imports they started, and those they are told of."""

from collections.abc import Collection
from typing import Any

from community.members.belongings import Belonging
from community.models import Member

from .models import BoundaryRun, ImportRun, ImportSource


def given(member: Member) -> dict[str, Any]:
    """Imports that the member started, newest first; addresses whose failures they want to know."""
    runs = ImportRun.objects.filter(started_by=member)
    boundaries = BoundaryRun.objects.filter(started_by=member)
    sources = ImportSource.objects.filter(people=member)
    return {
        "runs": list(runs.values("network__slug", "source", "format", "status", "started_at", "summary")),
        "boundaries": list(boundaries.values("scheme", "source", "status", "started_at", "summary")),
        "sources": list(sources.values("network__slug", "address", "schedule")),
    }


def forget(member: Member, known: Collection[str]) -> None:
    """Nobody writes to them any more; a run names nobody but the row of the account, which is emptied."""
    ImportSource.people.through.objects.filter(member=member).delete()


def warnings(member: Member) -> list[str]:
    """Nothing is missing without the member: networks are told of by their own room."""
    return []


BELONGING = Belonging("imports.json", given, forget, warnings)
