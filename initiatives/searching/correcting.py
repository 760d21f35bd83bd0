"""What may have been meant where nothing matches: words of the lexicon that are spelt alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from django.db.models import TextField, Value

from geo.search import folded

from ..models.lexicon import LONGEST_WORD
from ..querysets import InitiativeQuerySet
from .completing import Leading
from .remembering import remembered

MOST = 3
# Proposals that are tried against the rows; ways to read the only word, and each of several.
TRIED = 8
ALONE, EACH = 8, 3
# So many words with EACH readings can all be put together.
LONGEST_QUERY = 6


KNOWN = "SELECT word, uses, spelling FROM initiatives_word WHERE word = ANY(%(words)s)"
# Looks among words that share enough groups of three letters or the first letter; lengths are cheaper to compare.
ALIKE = """
SELECT near.word, near.uses, w.spelling, near.mistakes FROM (
  SELECT word, uses, levenshtein_less_equal(word, %(word)s::text, %(most)s::int) AS mistakes FROM (
    SELECT word, uses FROM initiatives_word
    WHERE word %% %(word)s::text AND left(word, 1) <> left(%(word)s::text, 1)
    UNION ALL
    SELECT word, uses FROM initiatives_word
    WHERE word ~>=~ left(%(word)s::text, 1) AND word ~<~ (left(%(word)s::text, 1) || chr(1114111))) AS candidate
  WHERE CASE WHEN abs(char_length(word) - char_length(%(word)s::text)) <= %(most)s::int
    THEN levenshtein_less_equal(word, %(word)s::text, %(most)s::int) <= %(most)s::int END
  ORDER BY mistakes, uses DESC, word LIMIT %(number)s::int) AS near
JOIN initiatives_word w ON w.word = near.word ORDER BY near.mistakes, near.uses DESC, near.word
"""


@dataclass(frozen=True)
class Reading:
    """A way to read one typed word: the words it becomes, with how many mistakes, how much they are used."""

    words: tuple[str, ...]
    spelt: tuple[str, ...]
    mistakes: int
    uses: int


@dataclass(frozen=True)
class Known:
    """What the lexicon says of a word."""

    uses: int
    spelling: str


def most_mistakes(word: str) -> int:
    """Letters that may be wrong in a word of that length: none in two, one in four, two in eight, else three."""
    return next((most for length, most in ((2, 0), (4, 1), (8, 2)) if len(word) <= length), 3)


def swapped(word: str) -> list[str]:
    """The word with two neighbouring letters changed places, in every way."""
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]


def parted(word: str) -> list[tuple[str, str]]:
    """The word as two, in every way that leaves no piece shorter than two letters."""
    return [(word[:at], word[at:]) for at in range(2, len(word) - 1)]


def lookup(words: list[str]) -> dict[str, Known]:
    """Those of the folded words, of their pieces, of all of them together, that the lexicon has."""
    pieces = {piece for word in words for pair in parted(word) for piece in pair}
    asked = {*words, *pieces, *(other for word in words for other in swapped(word)), "".join(words)}
    return {word: Known(uses, spelling) for word, uses, spelling in remembered(KNOWN, words=sorted(asked))}


def readings(words: list[str], doubted: set[str], known: dict[str, Known]) -> list[list[Reading]]:
    """For each folded word the ways to read it, the likeliest first; itself alone where it is not doubted."""
    number = ALONE if len(words) == 1 else EACH
    alike = {word: _alike(word, number) for word in doubted}
    return [_readings(word, alike.get(word), known, number) for word in words]


def _alike(word: str, number: int) -> list[Reading]:
    most = most_mistakes(word)
    rows = remembered(ALIKE, word=word, most=most, number=number) if most else []
    return [Reading((other,), (spelling,), mistakes, uses) for other, uses, spelling, mistakes in rows]


def _reading(words: tuple[str, ...], mistakes: int, known: dict[str, Known]) -> Reading:
    found = [known[word] for word in words]
    return Reading(words, tuple(one.spelling for one in found), mistakes, min(one.uses for one in found))


def _readings(word: str, alike: list[Reading] | None, known: dict[str, Known], number: int) -> list[Reading]:
    found = {(word,): _reading((word,), 0, known)} if word in known else {}
    if alike is None:
        return list(found.values())
    for other in swapped(word):
        if other in known:
            found.setdefault((other,), _reading((other,), 1, known))
    for pair in parted(word):
        if all(piece in known for piece in pair):
            found.setdefault(pair, _reading(pair, 1, known))
    for reading in alike:
        found.setdefault(reading.words, reading)
    return sorted(found.values(), key=lambda one: (one.mistakes, -one.uses, one.words))[:number]


def _proposals(ways_of_each: list[list[Reading]]) -> Iterator[str]:
    """Other texts for all of a query, fewest mistakes first, then those that are used most."""
    ways = [one for one in product(*ways_of_each) if any(reading.mistakes for reading in one)]
    ways.sort(key=lambda one: (sum(r.mistakes for r in one), -min(r.uses for r in one)))
    for one in ways:
        yield " ".join(word for reading in one for word in reading.spelt)


def corrected(words: list[str], leading: Leading) -> list[str]:
    """Up to three other spellings of folded words; `leading` says which texts match something.

    A word that the lexicon has is doubted only where the others explain nothing. Nothing is proposed for no word, nor
    for more than six.
    """
    if not 1 <= len(words) <= LONGEST_QUERY or any(len(word) > LONGEST_WORD for word in words):
        return []
    known = lookup(words)
    together = "".join(words)
    # "co operative" where everyone writes "cooperative".
    joined = [known[together].spelling if together in known else together] if len(words) > 1 else []
    missing = {word for word in words if word not in known}
    for doubted in (missing, set(words)):
        texts = list(dict.fromkeys([*joined, *_proposals(readings(words, doubted, known))]))[:TRIED]
        found = leading(texts, MOST) if doubted and texts else []
        if found or doubted == set(words):
            return found
    return []


def corrections(typed: str, matching: Callable[[str], InitiativeQuerySet]) -> list[str]:
    """The same for what was typed; `matching` gives the rows of a text under the other filters."""

    def leading(texts: list[str], most: int) -> list[str]:
        rows = [matching(text).order_by().values_list(Value(text, TextField()))[:1] for text in texts]
        return [text for (text,) in rows[0].union(*rows[1:], all=True)[:most]]

    return corrected(folded(typed).split(), leading)
