"""What one column header means, by word stems and spelling distance; values are judged elsewhere."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from .guessing_words import FILLERS, OWNERS, STEMS
from .text import fold

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
ID_AT_AN_END = 1.0
# Where a nested value (`address.location.lat`) is one of these, what it is nested in says nothing.
INNERMOST = {
    "lat",
    "latitude",
    "lng",
    "lon",
    "long",
    "longitude",
    "city",
    "town",
    "ville",
    "locality",
    "country",
    "postcode",
}


@lru_cache(maxsize=1)
def _stems() -> list[tuple[str, list[str]]]:
    rows = []
    for name, text in STEMS.items():
        rows += [(name, stem.split("+")) for stem in text.split()]
    return rows


def words_of(header: str) -> list[str]:
    """Folded words of a header: camel case parted, numbers and words such as “of the” left out."""
    words = [NUMBER.sub("", word) for word in fold(CAMEL.sub(" ", header)).split()]
    words = [word for word in words if word]
    telling = [word for word in words if word not in FILLERS]
    return telling or words


def _matches(stem: str, word: str) -> float:
    """How well a word fits a stem: 1 exact, less for another ending or a typing error, 0 not at all."""
    if stem.endswith("*"):
        root = stem[:-1]
        if word.startswith(root):
            return 0.97
        return _distance(root, word[: len(root)]) if len(root) >= LONG_WORD else _swapped(root, word)
    if stem == word:
        return 1.0
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


def score(stem: list[str], words: list[str]) -> float:
    """How well a stem of one or more words explains a header; 0 where a word of it is missing."""
    total, used = 0.0, set()
    for part in stem:
        best, at = 0.0, -1
        for place, word in enumerate(words):
            if place not in used and (fit := _matches(part, word)) > best:
                best, at = fit, place
        if not best:
            return 0.0
        used.add(at)
        total += best * (1 + min(len(part.rstrip("*")), 8) / 8)
    left = len(words) - len(used)
    return total - LEFT_OVER * left - (OWNER if left and len(stem) == 1 and words[max(used)] in OWNERS else 0)


@lru_cache(maxsize=5_000)
def field_scores(header: str) -> dict[str, float]:
    """Every field the header may mean, with how well."""
    words = words_of(header)
    if "." in header and words and words[-1] in INNERMOST:
        words = words[-1:]
    scores: dict[str, float] = {}
    for name, stem in _stems():
        fit = score(stem, words)
        if fit > scores.get(name, 0.0):
            scores[name] = fit
    if words and "id" in (words[0], words[-1]):
        scores["external_id"] = max(scores.get("external_id", 0.0), ID_AT_AN_END)
    return scores


def field_of(header: str) -> str:
    """The one field a header means most; `ignore` where nothing is known."""
    scores = field_scores(header)
    return max(scores, key=scores.__getitem__) if scores else UNKNOWN
