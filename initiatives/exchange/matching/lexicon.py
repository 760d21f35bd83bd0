"""The lexicon: by which words of a language an idea or a theme is known, as stems."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from vocabulary.ideas import IDEAS, SILENT
from vocabulary.loading import read
from vocabulary.models import Theme
from vocabulary.names import LANGUAGES, in_language

from .stems import DICTIONARIES, learn, words_of

# Behind this mark stands the slug of a theme, behind the other one a stem that no idea knows.
THEME, STEM = "*", "="
# A synonym that is as short means other things too.
SHORTEST_SYNONYM = 4
# German writes words together: a stem of so many letters is looked for inside longer words, and where the stem is
# shorter ("Gart") the word itself, which shall be longer than "Essen" in "Interessen".
SHORTEST_PART, SHORTEST_WHOLE = 5, 6
WITHOUT_ACCENTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
PARTS = re.compile(r"[,;:/()]| et | and | & | y | und | e ")


@dataclass
class Tongue:
    """What is known in one language."""

    language: str
    # The stems of each phrase with what they mean, by the first one; the longest first.
    phrases: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()
    # What may stand inside a longer word, with what it means, the longest first.
    parts: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    def inside(self, word: str) -> set[str]:
        """What the parts of a compound mean; what lies within a longer part means nothing of its own."""
        found: set[str] = set()
        whole = rest = word.translate(WITHOUT_ACCENTS)
        for part, meanings in self.parts:
            if len(part) < len(whole) and part in rest:
                found |= meanings
                rest = rest.replace(part, " ")
        return found

    def at(self, stems: Sequence[str], place: int) -> tuple[set[str], int]:
        """What is meant at a place, and by how many stems at most."""
        found: set[str] = set()
        longest = 0
        for phrase, meanings in self.phrases.get(stems[place], ()):
            if tuple(stems[place : place + len(phrase)]) == phrase:
                found |= meanings
                longest = max(longest, len(phrase))
        return found, longest


@dataclass(frozen=True)
class Lexicon:
    """All languages; `version` tells one vocabulary from another."""

    version: str
    tongues: dict[str, Tongue]
    themes: dict[str, dict[str, str]]

    def name(self, key: str, language: str) -> str:
        """What an idea or a theme is called; empty for a stem."""
        if key.startswith(THEME):
            return in_language(self.themes.get(key[1:], {}), language)
        return in_language(IDEAS[key].names, language) if key in IDEAS else ""


def lexicon() -> Lexicon:
    """The ideas of the vocabulary and the themes as they are now: whoever edits these changes words too."""
    rows = Theme.objects.order_by("slug").values_list("slug", "names", "synonyms")
    return _made(tuple((slug, _pairs(names), _pairs(synonyms)) for slug, names, synonyms in rows))


Pairs = tuple[tuple[str, tuple[str, ...]], ...]


def _pairs(texts: dict[str, str | list[str]]) -> Pairs:
    return tuple(
        (language, (found,) if isinstance(found, str) else tuple(found))
        for language, found in sorted(texts.items())
        if language in LANGUAGES
    )


@lru_cache(maxsize=2)
def _made(themes: tuple[tuple[str, Pairs, Pairs], ...]) -> Lexicon:
    ambiguous = frozenset(read("themes.json")["whole_value_only"])
    meant: dict[str, list[tuple[str, str]]] = {language: [] for language in DICTIONARIES}
    for idea in IDEAS.values():
        for language, words in idea.words.items():
            meant[language] += [(word, idea.slug) for word in words]
    for slug, names, synonyms in themes:
        for language, (name,) in names:
            # A word alone ("cooperatives") is part of what other themes are about too.
            parts = [part for part in PARTS.split(name) if " " in part.strip()]
            meant[language] += [(part, THEME + slug) for part in (name, *parts)]
        for language, words in synonyms:
            meant[language] += [
                (word, THEME + slug)
                for word in words
                if len(word) >= SHORTEST_SYNONYM and word not in ambiguous
            ]
    version = sha256(repr((sorted(meant.items()), sorted(SILENT.items()))).encode()).hexdigest()[:16]
    tongues = {language: _tongue(language, pairs) for language, pairs in meant.items()}
    return Lexicon(version, tongues, {slug: {key: one for key, (one,) in names} for slug, names, _ in themes})


def _tongue(language: str, pairs: Iterable[tuple[str, str]]) -> Tongue:
    pairs = list(pairs)
    known = learn(
        language,
        [one for word, _key in pairs for one in words_of(word)]
        + [one for word in SILENT[language] for one in words_of(word)],
    )
    meanings: dict[tuple[str, ...], set[str]] = {}
    for word, key in pairs:
        stems = tuple(known[one] for one in words_of(word) if known[one])
        if stems:
            meanings.setdefault(stems, set()).add(key)
    tongue = Tongue(language)
    for stems in sorted(meanings, key=lambda stems: (-len(stems), stems)):
        tongue.phrases.setdefault(stems[0], []).append((stems, frozenset(meanings[stems])))
    if language == "de":
        tongue.parts = _parts(pairs, known)
    tongue.silent = frozenset(known[one] for word in SILENT[language] for one in words_of(word))
    return tongue


def _parts(pairs: list[tuple[str, str]], known: dict[str, str]) -> list[tuple[str, frozenset[str]]]:
    found: dict[str, set[str]] = {}
    for word, key in pairs:
        stems = [(known[one], one.translate(WITHOUT_ACCENTS)) for one in words_of(word) if known[one]]
        if len(stems) == 1:
            stem, whole = stems[0]
            part = stem if len(stem) >= SHORTEST_PART else whole
            if len(part) >= (SHORTEST_PART if part == stem else SHORTEST_WHOLE):
                found.setdefault(part, set()).add(key)
    return sorted(
        ((part, frozenset(keys)) for part, keys in found.items()), key=lambda one: (-len(one[0]), one[0])
    )
