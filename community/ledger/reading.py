"""The ledger in words."""

from typing import NamedTuple

from .kinds import Kind
from .querysets import ContributionQuerySet


class Sum(NamedTuple):
    """All lines of one kind."""

    label: str
    number: int
    points: int


def described(rows: ContributionQuerySet) -> list[Sum]:
    """Lines by kind, most points first."""
    return [Sum(str(Kind(row["kind"]).label), row["number"], row["points"]) for row in rows.summed()]
