"""How the table of rights is read: its columns, its kinds, its signs; the rows are in the files beside.

Each row says what somebody does, at which door, and what every role gets there:

y  it is done, or read          n  refused, 403
.  nothing is done, nor told    s  asked to sign in
h  it is not there, 404         u  a word without meaning, 400
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

# The columns of groups and of spaces: outside, inside, and who looks after all of them.
GROUP_ROLES = [
    *("nobody", "stranger", "invited", "asking", "former"),
    *("member", "animator"),
    *("moderator", "manager", "admin"),
]
SPACE_ROLES = [
    *("nobody", "stranger", "invited", "former"),
    *("member", "facilitator"),
    *("moderator", "manager", "admin"),
]

# Kinds that are read by the same row. Of spaces there are no open ones; nobody comes into an archived group either way.
SHOWN = ("public", "open")
OLD = ("archived public",)
HIDDEN = ("private",)
OLD_HIDDEN = ("archived private",)
PUBLIC = ("public",)
OPEN = ("open",)

Rows = Mapping[tuple[str, ...], str]


@dataclass(frozen=True)
class Verb:
    """One thing that somebody does, and the doors by which they do it."""

    says: str
    # Name of the page's route; what of a place stands in its address, and behind it.
    door: str
    rows: Rows
    args: tuple[str, ...] = ("slug",)
    query: str = ""
    # A form that is sent; None only reads.
    sends: Callable[[Any], dict] | None = None
    # Words of a place that stand on the page for those who may read them.
    shows: str = ""
    # What has to be so before.
    first: Callable[[Any], object] | None = None
    # The same through the API, where it has a door for this: the route, its rows; most have none.
    api: str = ""
    api_rows: Rows = field(default_factory=dict)
    api_args: tuple[str, ...] = ("slug",)
    # The action below the page; asked directly it gives the same, or what these rows say.
    acts: Callable[[Any, Any], object] | None = None
    act_rows: Rows = field(default_factory=dict)

    @property
    def kinds(self) -> list[str]:
        """Of which it says something."""
        return [kind for kinds in self.rows for kind in kinds]


def row(rows: Rows, kind: str) -> str:
    """The signs of a kind without the spaces between; nothing where there is no such row."""
    return next(("".join(signs.split()) for kinds, signs in rows.items() if kind in kinds), "")
