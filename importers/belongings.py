"""What the room holds of a member: the imports they started."""

from collections.abc import Collection
from typing import Any

from community.members.belongings import Belonging
from community.models import Member

from .models import ImportRun


def given(member: Member) -> dict[str, Any]:
    """Imports that the member started, newest first."""
    runs = ImportRun.objects.filter(started_by=member)
    return {"runs": list(runs.values("network__slug", "source", "format", "status", "started_at", "summary"))}


def forget(member: Member, known: Collection[str]) -> None:
    """Nothing: a run names nobody but the row of the account, which is emptied."""


def warnings(member: Member) -> list[str]:
    """Nothing is missing without the member: networks are told of by their own room."""
    return []


BELONGING = Belonging("imports.json", given, forget, warnings)
