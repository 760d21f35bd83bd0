"""What keeps an initiative from living on in another one for now; higher rooms register it as their app is ready."""

from collections.abc import Callable

from ..models import Initiative

Reason = Callable[[Initiative], str]
_reasons: dict[str, Reason] = {}


def register(room: str, reason: Reason) -> None:
    """Add a sentence that a room has against it, in one statement; an empty one says that it has nothing."""
    _reasons[room] = reason


def reason(initiative: Initiative) -> str:
    """The first that stands against it; empty where nothing does."""
    return next((why for asked in _reasons.values() if (why := asked(initiative))), "")
