"""The themes of one record: what its source says, else its words, else what holds for the whole file."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from .mapping import Mapping
from .phrases import Phrase, phrase
from .text import as_text, fold, is_empty
from .themes import ThemeGuesser


class Found(NamedTuple):
    """Slugs, the first of them the main one; what stood in the columns; `why` where the source did not tell."""

    slugs: tuple[str, ...]
    came: str
    why: Phrase | None = None


class ThemeFinder:
    """Reads the fixed values of a mapping once."""

    def __init__(self, mapping: Mapping, guesser: ThemeGuesser) -> None:
        self.rule = mapping.themes
        # The words of a record are looked at only where a person did not say how to read it.
        self._by_words = mapping.guessed and mapping.themes.guess and not mapping.themes.strict
        self._guesser = guesser
        # Files say the same few words again and again.
        self._slugs = lru_cache(maxsize=20_000)(self._told)
        self._values = {fold(value): slug for value, slug in mapping.themes.values.items()}

    def find(self, values: dict, texts: dict[str, str], name: str) -> Found:
        """The first column that tells a theme decides; then tags, legal form, name, summary, the file, a default."""
        cells = [text for column in self.rule.columns if not is_empty(text := as_text(values.get(column)))]
        came = "; ".join(cells)
        if len(cells) > 1 and (fixed := self._values.get(fold(came))):
            return Found((fixed,), came)
        told = [texts.get("tags", ""), texts.get("legal_form", "")] if self.rule.guess else []
        if slugs := self._first([*cells, *told]):
            return Found(slugs, came)
        if self._by_words and (slugs := self._first([name, texts.get("summary", "")])):
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

    def _first(self, texts: list[str]) -> tuple[str, ...]:
        return next((found for text in texts if (found := self._slugs(text))), ())

    def _told(self, text: str) -> tuple[str, ...]:
        slugs: list[str] = []
        for part in text.split(self.rule.split) if self.rule.split else [text]:
            fixed = self._values.get(fold(part))
            if fixed is not None:
                slugs += [fixed] if fixed else []
            elif self.rule.guess and part:
                slugs += self._guesser.themes(part)
        return tuple(dict.fromkeys(slugs))
