"""What one column header means, by word stems and spelling distance; values are judged elsewhere."""

import math
import re
from difflib import SequenceMatcher
from functools import lru_cache

from ..text import fold
from .asking import ASKING, DOING, LAST_RESORT, NAMES, PERSONS, YOURS
from .words import FILLERS, OWNERS, STEMS

CAMEL = re.compile(r"(?<=[a-zäöüéèàç])(?=[A-ZÄÖÜÉ])")
NUMBER = re.compile(r"(?<=[a-z])\d+$|^\d+$")
UNKNOWN = "ignore"
# Below this a header is not told from chance.
SURE = 0.75
LONG_WORD = 6
CLOSE = 0.82
# A short stem inside a longer header says little: the words it leaves over count against it.
LEFT_OVER = 0.35
# “tel_structure” is a telephone: whose it is says nothing of what it is.
OWNER = 1.0
OWNER_LEFT_OVER = 0.1
# What a word of a question adds to a stem that has it: two of them say something together.
ASKED = 0.5
# Hardly anything, yet enough for what is left over of an owner.
DONE = 0.01
ID_AT_AN_END = 1.0
# At most so much for a stem that only values can confirm.
DOUBTFUL = 1.0
# How much less is thought of a name or contact that is a person's.
PERSONAL = 1.5
# Nested values that are clear by themselves: what they are nested in says nothing.
INNERMOST = ("latitude", "longitude", "postcode", "country", "locality")
NESTED = re.compile(r"[\w@:-]+(?:\.[\w@:-]+)+")
BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]?")
# French registers write short words as one.
GLUED = re.compile(
    r"\b(lib|libelle|nom|num|numero|type|code?)"
    r"(voie|rue|com|commune|ville|dep|departement|reg|region|postal|structure|asso)\b"
)
# In French, a question; in English a comment.
FRENCH_HOW = re.compile(r"^comment (?=(?:s|se|vous|nous|votre|avez|est|on|peut)\b)")


Stem = tuple[str, list[str]]


@lru_cache(maxsize=1)
def _stems() -> tuple[list[Stem], list[Stem]]:
    """(field, stem) of those that are clear, and of those of last resort."""
    return tuple(
        [(name, stem.split("+")) for name, text in table.items() for stem in text.split()]
        for table in (STEMS, LAST_RESORT)
    )


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Words that stand in a stem as they are: none of them is another one misspelt."""
    parts = (part for rows in _stems() for _name, stem in rows for part in stem if part[-1] != "*")
    return ASKING.union(DOING, parts)


def innermost(header: str) -> str:
    """The last name of a nested one (`address.city`), else the header."""
    return header.rpartition(".")[2] if NESTED.fullmatch(header) else header


def words_of(header: str) -> list[str]:
    """Folded words of a header: camel case parted, numbers and words such as “of the” left out."""
    folded = GLUED.sub(r"\1 \2", FRENCH_HOW.sub("", fold(CAMEL.sub(" ", header))))
    words = [NUMBER.sub("", word) for word in folded.split()]
    words = [word for word in words if word]
    telling = [word for word in words if word not in FILLERS]
    return telling or words


def is_owner(word: str) -> bool:
    """Whether a word says whose a value is, in the plural or genitive as well."""
    return word in OWNERS or word.removesuffix("s") in OWNERS


def _costs(header: str, words: list[str]) -> list[float]:
    """What each word costs that a stem leaves over: all in brackets no more than one word outside."""
    outside = set(words_of(BRACKETS.sub(" ", header)))
    remarks = [word for word in words if word not in outside]

    def cost(word: str) -> float:
        if word in ASKING or word in DOING:
            return DONE if word in DOING else 0.0
        usual = OWNER_LEFT_OVER if is_owner(word) else LEFT_OVER
        return usual if word in outside else min(usual, LEFT_OVER / len(remarks))

    return [cost(word) for word in words]


def _matches(stem: str, word: str) -> float:
    """How well a word fits a stem: 1 exact, less for another ending or a typing error, 0 not at all."""
    if stem.endswith("*"):
        root = stem[:-1]
        if word.startswith(root):
            return 0.97
        if word in _known():
            return 0.0
        return _distance(root, word[: len(root)]) if len(root) >= LONG_WORD else _swapped(root, word)
    if stem == word:
        return 1.0
    if word in _known():
        return 0.0
    return _distance(stem, word) if len(stem) >= LONG_WORD else _swapped(stem, word)


def _distance(stem: str, word: str) -> float:
    if abs(len(stem) - len(word)) > 2 or stem[0] != word[0]:
        return 0.0
    ratio = SequenceMatcher(None, stem, word, autojunk=False).ratio()
    return ratio * 0.9 if ratio >= CLOSE else 0.0


def _swapped(stem: str, word: str) -> float:
    """Two letters exchanged in a short word: “naem”, “emial”."""
    same = 4 <= len(stem) == len(word) and stem[0] == word[0] and sorted(stem) == sorted(word)
    return 0.7 if same else 0.0


def score(stem: list[str], words: list[str], costs: list[float], most: float) -> float:
    """How well a stem of one or more words explains a header; 0 where a word of it is missing.

    `most` it can say where no word is left over.
    """
    total, used = 0.0, set()
    for part in stem:
        best, at = 0.0, -1
        for place, word in enumerate(words):
            if place not in used and (fit := _matches(part, word)) > best:
                best, at = fit, place
        if not best:
            return 0.0
        used.add(at)
        total += best * (ASKED if part in ASKING or part in DOING else 1 + min(len(part.rstrip("*")), 8) / 8)
    left = sum(cost for place, cost in enumerate(costs) if place not in used)
    total = min(total, most)
    return total - left - (OWNER if left and len(stem) == 1 and is_owner(words[max(used)]) else 0)


@lru_cache(maxsize=5_000)
def field_scores(header: str) -> dict[str, float]:
    """Every field the header may mean for an initiative; up to DOUBTFUL only where values agree."""
    return _without_persons(words_of(header), meanings(header))


@lru_cache(maxsize=5_000)
def meanings(header: str) -> dict[str, float]:
    """What the header may mean, with how well, whether an initiative's or a person's."""
    if (last := innermost(header)) != header:
        inner = meanings(last)
        clear = {name: inner[name] for name in INNERMOST if inner.get(name, 0.0) > DOUBTFUL}
        if clear:
            return clear
    words = words_of(header)
    costs = _costs(header, words)
    scores: dict[str, float] = {}
    for rows, most in zip(_stems(), (math.inf, DOUBTFUL)):
        for name, stem in rows:
            fit = score(stem, words, costs, most)
            if fit > scores.get(name, 0.0):
                scores[name] = fit
    if words and "id" in (words[0], words[-1]):
        scores["external_id"] = max(scores.get("external_id", 0.0), ID_AT_AN_END)
    return scores


def _without_persons(words: list[str], scores: dict[str, float]) -> dict[str, float]:
    telling = [word for word in words if word not in ASKING]
    is_yours = len(telling) == 1 and telling[0] in NAMES and YOURS.intersection(words)
    if is_yours or any(word.startswith(PERSONS) for word in telling):
        scores = {
            name: score - PERSONAL if name in ("name", "email", "phone") else score
            for name, score in scores.items()
        }
        scores["ignore"] = max(scores.get("ignore", 0.0), DOUBTFUL)
    return scores


def field_of(header: str) -> str:
    """The one field a header means most; `ignore` where nothing is known."""
    scores = field_scores(header)
    return max(scores, key=scores.__getitem__) if scores else UNKNOWN
