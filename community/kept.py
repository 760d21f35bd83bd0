"""One kind of thing that is kept for a time, and the rooms that have some beside community's own (`retention.py`)."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.functional import Promise


class Kept(NamedTuple):
    """One kind of thing: in words for how long it is kept and why, and what deletes it and says how many there were."""

    what: str
    label: str | Promise
    how_long: str | Promise
    why: str | Promise
    delete: Callable[[], int]
    # It commits as it goes, where one transaction would hold many rows for long.
    in_parts: bool = False


Source = Callable[[], Iterable[Kept]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add what a higher room keeps, when its app is ready; it is asked once all others are."""
    _sources.append(source)


def registered() -> list[Kept]:
    """What all of them keep."""
    return [kept for source in _sources for kept in source()]
