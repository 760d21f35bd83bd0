"""Ways that higher rooms offer from the page of an initiative, as links; they register them when their app is ready."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .models import Initiative


@dataclass(frozen=True)
class Way:
    """A link: its words, where it leads, its icon."""

    words: str
    address: str
    icon: str


Offer = Callable[[Initiative, object], Iterable[Way]]
_offers: dict[str, Offer] = {}


def register(room: str, offer: Offer) -> None:
    """Add what a room offers from a published initiative to a reader, in one statement at most."""
    _offers[room] = offer


def of(initiative: Initiative, reader) -> list[Way]:
    """All of them for a reader."""
    return [way for offer in _offers.values() for way in offer(initiative, reader)]
