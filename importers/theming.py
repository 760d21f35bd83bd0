"""The themes of one record: what its source says, else its words, else what holds for the whole file."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from .activity_codes import says_codes
from .mapping import Mapping
from .phrases import Phrase, phrase
from .text import as_text, fold, is_empty
from .themes import Reading, ThemeGuesser
from .yes_no import says


class Found(NamedTuple):
    """Slugs, the first of them the main one; what stood in the columns; `why` where the source did not tell.

    `unknown`: parts of a list beside others that are known; `odd`: answers to a question of yes or no that are neither.
    """

    slugs: tuple[str, ...]
    came: str
    why: Phrase | None = None
    unknown: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


class ThemeFinder:
    """Reads the fixed values of a mapping once."""

    def __init__(self, mapping: Mapping, guesser: ThemeGuesser) -> None:
        self.rule = mapping.themes
        # The words of a record are looked at only where a person did not say how to read it.
        self._by_words = mapping.guessed and mapping.themes.guess and not mapping.themes.strict
        self._guesser = guesser
        self._codes = {column for column in self.rule.columns if says_codes(column)}
        # What is no theme there is kept as a tag or form, and a format says other things as well: nobody must be told.
        others = [mapping.fields[name].columns for name in ("tags", "legal_form") if name in mapping.fields]
        self._silent = set(self.rule.columns if self.rule.strict else sum(others, ()))
        # Files say the same few words again and again.
        self._read = lru_cache(maxsize=20_000)(self._reading)
        self._values = {fold(value): slug for value, slug in mapping.themes.values.items()}

    def find(self, values: dict, texts: dict[str, str], name: str) -> Found:
        """The first column that tells a theme decides; then tags, legal form, name, summary, the file, a default."""
        cells = [
            (column, text)
            for column in self.rule.columns
            if not is_empty(text := as_text(values.get(column)))
        ]
        came = "; ".join(text for _column, text in cells)
        if len(cells) > 1 and (fixed := self._values.get(fold(came))):
            return Found((fixed,), came)
        for column, text in cells:
            reading = self._read(text, column in self._codes)
            if reading.slugs:
                return Found(reading.slugs, came, unknown=() if column in self._silent else reading.unknown)
        slugs, odd = self._checked(values) if self.rule.yes else ((), ())
        if not slugs and self.rule.guess:
            slugs = self._first(texts.get("tags", ""), texts.get("legal_form", ""))
        if slugs:
            return Found(slugs, came, odd=odd)
        return self._of_words(came, name, texts.get("summary", ""))._replace(odd=odd)

    def _of_words(self, came: str, name: str, summary: str) -> Found:
        if self._by_words and (slugs := self._guesser.of_words(name) or self._of_summary(summary)):
            return Found(
                slugs, came, phrase(_("no theme in the source; from its words: %(slug)s"), slug=slugs[0])
            )
        if self.rule.supposed:
            because = Phrase(self.rule.because)
            why = phrase(
                _("no theme in the source; from %(because)s: %(slug)s"),
                because=because,
                slug=self.rule.supposed,
            )
            return Found((self.rule.supposed,), came, why)
        return Found((self.rule.default,) if self.rule.default else (), came)

    def _of_summary(self, summary: str) -> tuple[str, ...]:
        """What its words tell, where all of them are of one theme: sentences speak of many things."""
        slugs = self._guesser.of_words(summary)
        return slugs if len({self._guesser.roots[slug] for slug in slugs}) == 1 else ()

    def _checked(self, values: dict) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The themes of columns that say yes; what says neither yes nor no, with its column."""
        told = [
            (column, slug, text, says(text))
            for column, slug in self.rule.yes.items()
            if not is_empty(text := as_text(values.get(column)))
        ]
        slugs = tuple(dict.fromkeys(slug for _column, slug, _text, is_so in told if is_so))
        return slugs, tuple(f"{column}: {text}" for column, _slug, text, is_so in told if is_so is None)

    def _first(self, *texts: str) -> tuple[str, ...]:
        return next((found for text in texts if text and (found := self._read(text, False).slugs)), ())

    def _reading(self, text: str, is_code: bool) -> Reading:
        slugs: list[str] = []
        unknown: list[str] = []
        for part in text.split(self.rule.split) if self.rule.split else [text]:
            fixed = self._values.get(fold(part))
            if fixed is not None:
                slugs += [fixed] if fixed else []
            elif self.rule.guess and part.strip():
                reading = self._guesser.read(part, is_code)
                slugs += reading.slugs
                unknown += reading.unknown or (() if reading.slugs else (part.strip(),))
            elif part.strip():
                unknown.append(part.strip())
        return Reading(tuple(dict.fromkeys(slugs)), tuple(unknown))
