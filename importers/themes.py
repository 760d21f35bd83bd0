"""Which theme a source's own category means: exact values first, then words within; never a catch-all."""

import re
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from vocabulary.loading import read
from vocabulary.values import SILENT, VALUES

from .activity_codes import division
from .endings import SHORTEST, keys, singular
from .text import fold

PARTS = re.compile(r"\s*(?:;|\||\s/\s|\n)\s*")
# What parts a list only where something in it is known by itself: names of themes hold it too.
WEAK = re.compile(r"\s*(?:[,()>/]|:\s|\s[&+–—-]\s)\s*")
# And where all of it is known: “Food and housing”.
AND = re.compile(r"\s(?:and|et|und|y|e|ed)\s", re.IGNORECASE)
# “Ré-emploi” is no work, “re-use” no use.
AGAIN = re.compile(r"\br[eé]-(?=\w)", re.IGNORECASE)
LETTER = re.compile(r"[^\W\d_]")
# Commas part sentences as well: what has longer parts is none of a list.
LONGEST_PART = 8
# So many parts may belong to one name: “Vrac, consigne, zéro déchet”.
MOST_OF_ONE = 4
OSM = re.compile(r"^[a-z_:]+=[^=]+$")
# What ends a part of a name: no word goes on behind it.
STOPS = re.compile(r"\s[-–—/|]\s|[,;:()\[\]«»“”\"]")

# What a title says of the file and who collected it, not of what is in it.
ABOUT_FILES = re.compile(
    r"\b(?:open|ouverte?s?|abiertos?|offene?|aperti|data|donnees|datos|daten|dati|opendata|goods|services"
    r"|networks?|reseaux?|red|redes|rete|reti|netzwerke?|federations?|federacion|verband|trade|other"
    r"|works?|mode|fair|lets|wise|casa|cura|pace)\b"
)


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

    def words(self) -> list[str]:
        """Its names and synonyms."""
        return [*self.names.values(), *(word for words in self.synonyms.values() for word in words)]


class Reading(NamedTuple):
    """Slugs, the best first; parts of a list of which nothing is known, where others of it are."""

    slugs: tuple[str, ...]
    unknown: tuple[str, ...] = ()


class ThemeGuesser:
    """Puts their words in order once; `themes(value)` gives slugs, subthemes before themes, the best first."""

    def __init__(self, themes: Sequence[Theme], fixed: AnyMapping[str, str] | None = None) -> None:
        """Where several know a word, the last one of them has it; `fixed`: what values mean that a person told."""
        vocabulary = read("themes.json")
        self._fixed = {fold(value): slug for value, slug in (fixed or {}).items()}
        self._whole_only = {fold(word) for word in vocabulary["whole_value_only"]}
        self._several = {fold(row["value"]): tuple(row["themes"]) for row in vocabulary["several_themes"]}
        self._silent = {fold(word) for word in SILENT}
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
        # By names, synonyms and what else is written in a column of themes; codes of sources are not inflected.
        self._named = self._as_named(themes)
        # Single words as they are, several without the endings of their plurals.
        self._runs = {_run(name): slug for name, slug in self._within.items()}
        self._begins = {run.split(" ", 1)[0] for run in self._runs if " " in run}
        self._silent_runs = {_run(word) for word in self._silent}
        self.read = lru_cache(maxsize=50_000)(self._read)

    def themes(self, value: str) -> tuple[str, ...]:
        """Slugs for one value as a source wrote it; empty where nothing is sure."""
        return self.read(value).slugs

    def of_title(self, title: str) -> str:
        """The slug that a title of many things names (`repaircafes_amsterdam`); empty where it names none."""
        found: list[tuple[bool, int, str]] = []
        for run in ABOUT_FILES.split(fold(title)):
            words = run.split()
            for first in range(len(words)):
                for last in range(first + 1, min(len(words), first + 6) + 1):
                    for key in keys(words[first:last]):
                        if slug := self._titles.get(key):
                            found.append((self.roots[slug] != slug, len(key), slug))
        return max(found, default=(False, 0, ""))[2]

    def of_words(self, text: str) -> tuple[str, ...]:
        """Slugs that the words of a name or summary tell, subthemes first; words that many names have tell none."""
        found = [slug for part in STOPS.split(text) for slug in self._by_words(part, self._silent_runs)]
        return tuple(dict.fromkeys(sorted(found, key=lambda slug: self.roots[slug] == slug)))

    def of_header(self, header: str) -> str:
        """The slug of a theme that a header names, as a whole or in each of its parts; empty where it names none."""
        if whole := self._name(header):
            return whole
        found = [self._name(part) for text in PARTS.split(header) for part in WEAK.split(text)]
        return found[0] if all(found) else ""

    @cached_property
    def _titles(self) -> dict[str, str]:
        """Names as titles write them: in one word or several, one or many of them."""
        named = {**self._whole, **self._within}
        return {
            key: slug for name, slug in named.items() if len(name) >= SHORTEST for key in keys(name.split())
        }

    @cached_property
    def _endless(self) -> dict[str, str]:
        # What says nothing inside names is too much like other words: “communs”, “commune”.
        return _without_endings(
            {name: slug for name, slug in self._named.items() if name not in self._silent}
        )

    def _as_named(self, themes: Iterable[Theme]) -> dict[str, str]:
        named = {fold(word): theme.slug for theme in themes for word in theme.words()}
        others = {fold(word): slug for slug in self.roots for word in VALUES.get(slug, ())}
        return {**others, **named}

    def _add(self, theme: Theme) -> None:
        for name in theme.words():
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

    def _read(self, value: str, is_code: bool = False) -> Reading:
        """What a value means; `is_code`: the header of its column says that it is a code of a branch."""
        whole = self._one(value, is_code)
        if whole is not None:
            return Reading(whole)
        parts = [part for part in PARTS.split(value) if part.strip()]
        if len(parts) < 2:
            return self._listed(value, is_code)
        readings = [self._read(part, is_code) for part in parts]
        slugs = tuple(dict.fromkeys(slug for reading in readings for slug in reading.slugs))
        missed = [
            reading.unknown or (() if reading.slugs else (part,)) for part, reading in zip(parts, readings)
        ]
        return Reading(slugs, tuple(part for some in missed for part in some) if slugs else ())

    def _listed(self, value: str, is_code: bool) -> Reading:
        """Parts of a list that are known by themselves, else the words within all of it."""
        parts = WEAK.split(value)
        slugs: list[str] = []
        unknown: list[str] = []
        if len(parts) > 1 and all(len(part.split()) <= LONGEST_PART for part in parts):
            slugs, unknown = self._sure(parts, is_code)
        if not slugs and len(parts := AND.split(value)) > 1:
            both = [self._one(part, is_code) for part in parts]
            slugs = [slug for some in both for slug in some] if all(both) else []
        if slugs:
            return Reading(tuple(dict.fromkeys(slugs)), tuple(unknown))
        return Reading(self._by_words(value))

    def _sure(self, parts: list[str], is_code: bool) -> tuple[list[str], list[str]]:
        """Slugs and unknown parts; no slugs where none of the parts is known as it stands."""
        slugs: list[str] = []
        unknown: list[str] = []
        is_known, place = False, 0
        while place < len(parts):
            for end in range(min(len(parts), place + MOST_OF_ONE), place, -1):
                known = self._one(", ".join(parts[place:end]), is_code)
                if known is not None:
                    # Three letters mean other things in other languages: “Electricity, gas, steam”.
                    is_known |= len(fold(parts[place])) >= SHORTEST
                    break
            else:
                end, known = place + 1, self._by_words(parts[place])
                unknown += [parts[place]] if LETTER.search(parts[place]) and not known else []
            slugs += known
            place = end
        return (slugs, unknown) if is_known else ([], [])

    def _name(self, text: str) -> str:
        """The slug of what is named, in the singular or plural; empty where it is nothing."""
        folded = fold(text)
        if found := self._named.get(folded):
            return found
        if len(folded) <= SHORTEST:
            return ""
        return next((slug for key in keys(folded.split()) if (slug := self._endless.get(key))), "")

    def _one(self, value: str, is_code: bool) -> tuple[str, ...] | None:
        """Slugs of a value as it stands, none where a person told that it means nothing; None if it is unknown."""
        folded = fold(value)
        if folded in self._fixed:
            return (self._fixed[folded],) if self._fixed[folded] else ()
        if folded in self._several:
            return self._several[folded]
        if found := self._whole.get(folded) or self._name(value):
            return (found,)
        if OSM.match(value.strip()) and value.strip() in self._osm:
            return (self._osm[value.strip()],)
        # A code of a branch proposes a theme only where its division belongs to one alone.
        slugs = self._nace.get(division(value, is_said=is_code), [])
        return tuple(slugs) if len(slugs) == 1 else None

    def _by_words(self, value: str, silent: Collection[str] = ()) -> tuple[str, ...]:
        """Longest known runs of words within a longer value, each word used once."""
        words = fold(AGAIN.sub("re", value)).split()[:60]
        shorter = [singular(word) for word in words]
        found, place = [], 0
        while place < len(words):
            # Few words begin anything: most are passed over at once.
            longest = min(6, len(words) - place) if shorter[place] in self._begins else 1
            for length in range(longest, 0, -1):
                run = words[place] if length == 1 else " ".join(shorter[place : place + length])
                if slug := self._runs.get(run):
                    found += [] if run in silent else [slug]
                    place += length
                    break
            else:
                place += 1
        return tuple(dict.fromkeys(found))


def _run(name: str) -> str:
    """A folded name as it is looked for within longer texts."""
    words = name.split()
    return name if len(words) < 2 else " ".join(map(singular, words))


def _without_endings(named: AnyMapping[str, str]) -> dict[str, str]:
    """Names by their keys; what would mean two themes is left out."""
    found: dict[str, set[str]] = {}
    for name, slug in named.items():
        for key in keys(name.split()) if len(name) >= SHORTEST else ():
            found.setdefault(key, set()).add(slug)
    return {key: slugs.pop() for key, slugs in found.items() if len(slugs) == 1}
