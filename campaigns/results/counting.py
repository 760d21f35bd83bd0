"""Who comes first in each theme: pure, as `campaigns/fairness/recompute.py` does it from the files of a campaign."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from ..enums import TieRule


@dataclass(frozen=True)
class Candidate:
    """A selected nomination with its valid likes; `accepted` is the instant as the tally writes it."""

    nomination: int
    initiative: str
    theme: int
    accepted: str
    likes: int


@dataclass(frozen=True)
class Placed:
    """Its place within its theme, and whether that makes it a laureate."""

    candidate: Candidate
    place: int
    is_laureate: bool


def lot(seal: str, initiative: str) -> str:
    """The lot of an initiative: nobody knows it before the last line of the log is sealed."""
    return hashlib.sha256((seal + initiative).encode()).hexdigest()


def placed(candidates: Iterable[Candidate], *, tie_rule: str, laureates_each: int, seal: str) -> list[Placed]:
    """All candidates with their places; who has no like is no laureate."""
    rows = list(candidates)

    def rank(one: Candidate) -> tuple[int, str]:
        ties = {TieRule.ALL: "", TieRule.ACCEPTED: one.accepted, TieRule.LOT: lot(seal, one.initiative)}
        return -one.likes, ties[TieRule(tie_rule)]

    found = []
    for one in rows:
        before = sum(rank(other) < rank(one) for other in rows if other.theme == one.theme)
        found.append(Placed(one, before + 1, before < laureates_each and one.likes > 0))
    return found
