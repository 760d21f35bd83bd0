"""How two versions differ, as a reader may see them: value by value, word by word in texts."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from ..content import FIELDS, PARTS
from .describing import Seen, Told

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Pairs of equal words beyond which a comparison would take seconds: then the texts stand one after the other.
MOST_PAIRS = 500_000
ORDER = {name: place for place, name in enumerate(("status", "slug", *FIELDS, *PARTS))}


@dataclass(frozen=True)
class Piece:
    """Some words: `kind` is same, removed or added."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One value that differs between two versions; None where there was or is none."""

    name: str
    before: Told | None
    after: Told | None

    @property
    def label(self) -> str:
        """What the value is called."""
        return (self.after or self.before).label

    @property
    def kind(self) -> str:
        """How it is shown: text, list, plain or hidden."""
        return (self.after or self.before).kind

    @property
    def language(self) -> str:
        """The language of a text, as far as it is known."""
        return (self.after or self.before).language

    @cached_property
    def pieces(self) -> list[Piece]:
        """A text with what was taken away and what came."""
        return pieces(*(one.value if one else "" for one in (self.before, self.after)))

    @property
    def removed(self) -> list[str]:
        """What is in the list no more."""
        return self._only(self.before, self.after)

    @property
    def added(self) -> list[str]:
        """What is new in the list."""
        return self._only(self.after, self.before)

    @property
    def is_order(self) -> bool:
        """Whether a list has the same in another order."""
        return not (self.removed or self.added)

    @staticmethod
    def _only(one: Told | None, other: Told | None) -> list[str]:
        return list((Counter(one.value if one else ()) - Counter(other.value if other else ())).elements())


def differences(before: Seen, after: Seen) -> list[Difference]:
    """Values that differ, in the order in which forms have them; texts of translations come last."""
    names = sorted({*after.told, *before.told}, key=lambda name: (ORDER.get(name, len(ORDER)), name))
    pairs = ((name, before.told.get(name), after.told.get(name)) for name in names)
    return [
        Difference(name, old, new)
        for name, old, new in pairs
        if (old.value if old else None) != (new.value if new else None)
    ]


def pieces(before: str, after: str) -> list[Piece]:
    """A text word by word."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    start = next((n for n, (a, b) in enumerate(zip(old, new)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - start
    end = next(
        (n for n, (a, b) in enumerate(zip(reversed(old[start:]), reversed(new[start:]))) if a != b), most
    )
    middle = _middle(old[start : len(old) - end], new[start : len(new) - end])
    found = [("same", old[:start]), *middle, ("same", old[len(old) - end :])]
    return [Piece(kind, "".join(words)) for kind, words in found if words]


def _middle(old: list[str], new: list[str]) -> list[tuple[str, list[str]]]:
    counts = Counter(new)
    if sum(counts[word] for word in old if not word.isspace()) > MOST_PAIRS:
        return [("removed", old), ("added", new)]
    matcher = SequenceMatcher(str.isspace, old, new)
    found = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", old[a:b]))
        else:
            found += [("removed", old[a:b]), ("added", new[c:d])]
    return found
