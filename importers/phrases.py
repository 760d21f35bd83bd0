"""What a run says of a file and of its rows: English in a terminal, on pages the language of whoever reads it.

A phrase is a template, marked for translation where it is written, and what stands in it. What a source says itself, a
name or a value, is put into a template and never translated.
"""

from collections.abc import Sequence
from typing import Any, Union

import msgspec
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from .text import shortened, storable

LONGEST = 300
# Of the names in a message: what is said around them has to find room as well.
NAMED = 220
# Said in several places.
ONE_OF, AT_MOST = _("one of %(known)s"), _("at most %(most)s")
BAD_XML = _("XML that cannot be read (%(error)s)")
POINT_WITHIN = _("a %(kind)s: a point within it was taken")
SYSTEM = _("expected a system such as EPSG:2154, came “%(came)s”")
NO_END = _("no end after %(minutes)s minutes")
LONGER = _("expected at most %(most)s characters, came %(came)s")
# Texts stand as they are; numbers are written as people of a language write them; lists hold words of our own.
Value = Union[str, int, list[str], "Phrase"]


class Phrase(msgspec.Struct, frozen=True):
    """A template of English words, and the values of its places; without any it is plain text, per cents and all."""

    template: str
    values: dict[str, Value] = {}

    def __str__(self) -> str:
        if not self.values:
            return self.template
        return self.template % {name: _in_english(value) for name, value in self.values.items()}

    def said(self) -> str:
        """The same in the language that is active."""
        words = gettext(self.template) if self.template else ""
        if not self.values:
            return words
        return words % {name: _said(value) for name, value in self.values.items()}


def phrase(template: str, /, **values: Value) -> Phrase:
    """A phrase; mark its template with gettext_noop."""
    return Phrase(template, values)


def phrase_of(words: str | Phrase) -> Phrase:
    """What is plain text as a phrase."""
    return words if isinstance(words, Phrase) else Phrase(words)


def longer(text: str, most: int) -> Phrase:
    """That a text has more than so many characters."""
    return Phrase(LONGER, {"most": most, "came": len(text)})


def enumerated(names: Sequence[str]) -> Phrase:
    """As many names as a message has room for, each of them whole, and how many more there are."""
    told: list[str] = []
    for name in names:
        if told and len(", ".join([*told, name])) > NAMED:
            break
        told.append(shortened(name, NAMED))
    if more := len(names) - len(told):
        return phrase(_("%(names)s and %(more)s more"), names=", ".join(told), more=more)
    return phrase("%(names)s", names=", ".join(told))


def kept(words: str | Phrase) -> dict[str, Any]:
    """A phrase as JSON that PostgreSQL can hold, no text in it longer than LONGEST."""
    phrase = phrase_of(words)
    values = {name: _kept(value) for name, value in phrase.values.items()}
    return {"template": storable(phrase.template)[:LONGEST], "values": values}


def said(kept: str | dict[str, Any]) -> str:
    """What was kept, in the language that is active; plain text of earlier days as it stands, where nobody knows it."""
    return (Phrase(kept) if isinstance(kept, str) else msgspec.convert(kept, Phrase)).said()


class PhraseError(ValueError):
    """A value that cannot be read, and what was expected in its place."""

    def __init__(self, template: str, /, **values: Value) -> None:
        self.phrase = Phrase(template, values)
        super().__init__(str(self.phrase))


def _kept(value: Value) -> Any:
    if isinstance(value, Phrase):
        return kept(value)
    return storable(value)[:LONGEST] if isinstance(value, str) else value


def _in_english(value: Value) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _said(value: Value) -> str:
    if isinstance(value, Phrase):
        return value.said()
    if isinstance(value, list):
        return ", ".join(gettext(word) for word in value)
    return number_format(value, use_l10n=True, force_grouping=True) if isinstance(value, int) else value
