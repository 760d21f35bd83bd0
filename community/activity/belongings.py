"""What the stream holds of a member: which lines came of what they did; it names nobody."""

from typing import Any

from ..members.models import Member


def given(member: Member) -> dict[str, Any]:
    """Each line, newest first."""
    return {"activities": list(member.activities.values("kind", "at", "room", "key"))}


def forget(member: Member) -> None:
    """What happened stays, by nobody."""
    member.activities.update(by=None)
