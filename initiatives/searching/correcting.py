"""What may have been meant where nothing matches: words of the lexicon that are spelt alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from geo.search import folded

from ..models import Word
from ..models.lexicon import LONGEST_WORD
from ..querysets import InitiativeQuerySet
from .completing import spellings

MOST = 3
# Proposals that are tried against the rows; ways to read the only word, and each of several.
TRIED = 8
ALONE, EACH = 8, 3
# So many words with EACH readings can all be put together.
LONGEST_QUERY = 6


@dataclass(frozen=True)
class Reading:
    """A way to read one typed word: the words it becomes, with how many mistakes, how much they are used."""

    words: tuple[str, ...]
    mistakes: int
    uses: int


def most_mistakes(word: str) -> int:
    """Letters that may be wrong in a word of that length: none in two, one in four, two in eight, else three."""
    return next((most for length, most in ((2, 0), (4, 1), (8, 2)) if len(word) <= length), 3)


def swapped(word: str) -> list[str]:
    """The word with two neighbouring letters changed places, in every way."""
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]


def parted(word: str) -> list[tuple[str, str]]:
    """The word as two, in every way that leaves no piece shorter than two letters."""
    return [(word[:at], word[at:]) for at in range(2, len(word) - 1)]


def readings(words: list[str]) -> list[list[Reading]]:
    """For each folded word the ways to read it, the likeliest first; itself where the lexicon has it."""
    pieces = {piece for word in words for pair in parted(word) for piece in pair}
    asked = {*words, *pieces, *(other for word in words for other in swapped(word))}
    known = dict(Word.objects.filter(word__in=asked).values_list("word", "uses"))
    number = ALONE if len(words) == 1 else EACH
    return [_readings(word, known, number) for word in words]


def _readings(word: str, known: dict[str, int], number: int) -> list[Reading]:
    found = {(word,): Reading((word,), 0, known[word])} if word in known else {}
    for other in swapped(word):
        if other in known:
            found.setdefault((other,), Reading((other,), 1, known[other]))
    for pair in parted(word):
        if all(piece in known for piece in pair):
            found.setdefault(pair, Reading(pair, 1, min(known[piece] for piece in pair)))
    most = most_mistakes(word)
    if most:
        rows = Word.objects.like(word, most).order_by("mistakes", "-uses", "word")
        for other, uses, mistakes in rows.values_list("word", "uses", "mistakes")[:number]:
            found.setdefault((other,), Reading((other,), mistakes, uses))
    return sorted(found.values(), key=lambda one: (one.mistakes, -one.uses, one.words))[:number]


def _proposals(words: list[str]) -> Iterator[list[str]]:
    """Other words for all of a query, fewest mistakes first, then those that are used most."""
    ways = [one for one in product(*readings(words)) if any(reading.mistakes for reading in one)]
    ways.sort(key=lambda one: (sum(r.mistakes for r in one), -min(r.uses for r in one)))
    if len(words) > 1:
        # "co operative" where everyone writes "cooperative".
        yield ["".join(words)]
    for one in ways:
        yield [word for reading in one for word in reading.words]


def corrections(typed: str, matching: Callable[[str], InitiativeQuerySet]) -> list[str]:
    """Up to three other spellings of what was typed; each matches something.

    `matching` gives the rows of a text under the other filters. Nothing is proposed for a text without letters,
    nor for one of more than six words.
    """
    words = folded(typed).split()
    if not 1 <= len(words) <= LONGEST_QUERY or any(len(word) > LONGEST_WORD for word in words):
        return []
    found: list[str] = []
    for _try, proposal in zip(range(TRIED), _proposals(words)):
        for spelt in spellings(proposal, matching(" ".join(proposal))):
            found += [text for text in [" ".join(spelt)] if text not in found]
        if len(found) == MOST:
            break
    return found
