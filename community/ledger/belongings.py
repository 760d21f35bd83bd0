"""What the ledger holds of a member."""

from typing import Any

from ..members.models import Member


def given(member: Member) -> dict[str, Any]:
    """Each line, newest first."""
    names = ("kind", "at", "room", "key", "weight", "collective__slug", "territory__code")
    return {"contributions": list(member.contributions.values(*names))}


def forget(member: Member) -> None:
    """What they did stays done, by nobody."""
    member.contributions.update(member=None)
