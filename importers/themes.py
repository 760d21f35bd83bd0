"""Which theme a source's own category means: exact values first, then words within; never a catch-all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from vocabulary.loading import read

from .text import fold

PARTS = re.compile(r"\s*(?:;|\||\s/\s|\n)\s*")
NACE = re.compile(r"^(?:[A-U])?(\d{2})(?:[. ]?\d{1,2})?[. ]?[A-Z]?$")
NATIONAL = re.compile(r"^[A-Z]+0?[78]?[-: ]", re.IGNORECASE)
OSM = re.compile(r"^[a-z_:]+=[^=]+$")

# Shorter words are too often parts of other names.
SHORTEST = 4
# What a title says of the file and who collected it, not of what is in it.
ABOUT_FILES = re.compile(
    r"\b(?:open|ouverte?s?|abiertos?|offene?|aperti|data|donnees|datos|daten|dati|opendata|goods|services"
    r"|networks?|reseaux?|red|redes|rete|reti|netzwerke?|federations?|federacion|verband|trade|other"
    r"|works?|mode|fair|lets|wise|casa|cura|pace)\b"
)


def _one_of_many(word: str) -> str:
    """A word without the ending of its plural, roughly, and the same for its singular."""
    if word.endswith("aux") and not word.endswith("eaux"):
        word = f"{word[:-3]}al"
    word = word[:-1] if len(word) > SHORTEST and word[-1] in "sx" else word
    # Italian writes the sound of a hard c: biblioteca, biblioteche.
    word = f"{word[:-2]}e" if word.endswith(("che", "ghe")) else word
    return word[:-1] if len(word) > SHORTEST and word[-1] in "aeio" else word


def _keys(words: list[str]) -> set[str]:
    """Words as one, each or only the last without its ending."""
    return {_one_of_many("".join(words)), _one_of_many("".join(map(_one_of_many, words)))}


@dataclass(frozen=True)
class Theme:
    """A theme or subtheme, and the words by which it is known."""

    pk: int
    parent_id: int | None
    slug: str
    names: dict[str, str]
    synonyms: dict[str, list[str]]
    source_values: list[str]
    osm: list[str]
    nace: list[str]


class ThemeGuesser:
    """Puts their words in order once; `themes(value)` gives slugs, subthemes before themes, the best first."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        """Where several know a word, the last one of them has it."""
        vocabulary = read("themes.json")
        self._whole_only = {fold(word) for word in vocabulary["whole_value_only"]}
        self._several = {fold(row["value"]): tuple(row["themes"]) for row in vocabulary["several_themes"]}
        self._whole: dict[str, str] = {}
        self._within: dict[str, str] = {}
        self._osm: dict[str, str] = {}
        self._nace: dict[str, list[str]] = {}
        essglobal = {code: slug for code, slug in vocabulary["essglobal_default"].items() if slug}
        slugs = {theme.pk: theme.slug for theme in themes}
        # The theme of each subtheme; a theme is its own.
        self.roots = {theme.slug: slugs[theme.parent_id or theme.pk] for theme in themes}
        for theme in themes:
            self._add(theme)
        self._whole.update({fold(code): slug for code, slug in essglobal.items()})
        self._whole.update({fold(theme.slug): theme.slug for theme in themes})
        self._titles = self._as_titles()
        self.themes = lru_cache(maxsize=50_000)(self._themes)

    def _as_titles(self) -> dict[str, str]:
        """Names as titles write them: in one word or several, one or many of them."""
        named = {**self._whole, **self._within}
        return {
            key: slug for name, slug in named.items() if len(name) >= SHORTEST for key in _keys(name.split())
        }

    def of_title(self, title: str) -> str:
        """The slug that a title of many things names (`repaircafes_amsterdam`); empty where it names none."""
        found: list[tuple[bool, int, str]] = []
        for run in ABOUT_FILES.split(fold(title)):
            words = run.split()
            for first in range(len(words)):
                for last in range(first + 1, min(len(words), first + 6) + 1):
                    for key in _keys(words[first:last]):
                        if slug := self._titles.get(key):
                            found.append((self.roots[slug] != slug, len(key), slug))
        return max(found, default=(False, 0, ""))[2]

    def _add(self, theme: Theme) -> None:
        names = [*theme.names.values(), *(word for words in theme.synonyms.values() for word in words)]
        for name in names:
            folded = fold(name)
            self._whole[folded] = theme.slug
            if folded not in self._whole_only and len(folded) > 4:
                self._within[folded] = theme.slug
        for value in theme.source_values:
            self._whole.setdefault(fold(value), theme.slug)
        for tag in theme.osm:
            self._osm.setdefault(tag, theme.slug)
        if theme.parent_id:
            return
        for code in theme.nace:
            self._nace.setdefault(code[1:], []).append(theme.slug)

    def _themes(self, value: str) -> tuple[str, ...]:
        """Slugs for one value as a source wrote it; empty where nothing is sure."""
        whole = self._one(value)
        if whole:
            return whole
        parts = [part for part in PARTS.split(value) if part.strip()]
        if len(parts) > 1:
            found = [slug for part in parts for slug in self._one(part) or self._by_words(part)]
        else:
            by_comma = [self._one(part) for part in value.split(",")]
            known = len(by_comma) > 1 and all(by_comma)
            found = [slug for slugs in by_comma for slug in slugs] if known else list(self._by_words(value))
        return tuple(dict.fromkeys(found))

    def _one(self, value: str) -> tuple[str, ...]:
        folded = fold(value)
        if folded in self._several:
            return self._several[folded]
        if folded in self._whole:
            return (self._whole[folded],)
        if OSM.match(value.strip()) and value.strip() in self._osm:
            return (self._osm[value.strip()],)
        return self._by_nace(value)

    def _by_nace(self, value: str) -> tuple[str, ...]:
        """A code of a branch proposes a theme only where its division belongs to one alone."""
        code = NACE.match(NATIONAL.sub("", value.strip(), count=1))
        slugs = self._nace.get(code[1], []) if code else []
        return tuple(slugs) if len(slugs) == 1 else ()

    def _by_words(self, value: str) -> tuple[str, ...]:
        """Longest known runs of words within a longer value, each word used once."""
        words = fold(value).split()[:60]
        found, place = [], 0
        while place < len(words):
            for length in range(min(6, len(words) - place), 0, -1):
                slug = self._within.get(" ".join(words[place : place + length]))
                if slug:
                    found.append(slug)
                    place += length
                    break
            else:
                place += 1
        return tuple(dict.fromkeys(found))
