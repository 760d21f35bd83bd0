"""Why something fits, in the language of the reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _

from community.members import languages
from vocabulary.exchange import CATEGORIES, FIELDS
from vocabulary.models import Theme

from ...models import Exchange
from .lexicon import STEM, Lexicon, lexicon
from .reading import read
from .stems import learn_texts
from .terms import Reason

MOST_WORDS = 4
PLAIN = {
    "both remote": "Both possible remotely",
    "dates": "The dates go together",
    "amount": "The amount is inside the range",
    "area": "The place is in the eligible area",
}


def _marked() -> None:
    # For the catalogues: what PLAIN holds.
    _("Both possible remotely")
    _("The dates go together")
    _("The amount is inside the range")
    _("The place is in the eligible area")


@dataclass(frozen=True)
class Text:
    """Whose words the reasons take up: what no idea names is written as it is there."""

    language: str
    parts: tuple[str, ...]

    @classmethod
    def of(cls, exchange: Exchange) -> "Text":
        """That of an offer or need."""
        return cls(exchange.language, (exchange.title, exchange.text))


def in_words(found: Sequence[tuple[Text, Sequence[Sequence[Reason]]]]) -> list[list[list[str]]]:
    """For each text, each row of reasons as sentences; in as many statements for many texts as for one."""
    if not any(rows for _text, rows in found):
        return [[] for _one in found]
    known = lexicon()
    learn_texts((text.language, part) for text, _rows in found for part in text.parts)
    named = {
        one.values["theme"] for _text, rows in found for row in rows for one in row if "theme" in one.values
    }
    themes = Theme.objects.in_bulk(named)
    said = []
    for text, rows in found:
        spelt = read(known, text.language, *text.parts).spelt
        said.append([[_sentence(one, known, spelt, themes) for one in row] for row in rows])
    return said


def _sentence(reason: Reason, known: Lexicon, spelt: dict[str, str], themes: dict[int, Theme]) -> str:
    values = reason.values
    if reason.kind in PLAIN:
        return gettext(PLAIN[reason.kind])
    if reason.kind == "words":
        return _words(values["keys"], known, spelt)
    if reason.kind == "distance":
        return _distance(values["km"])
    return _named(reason.kind, values, themes)


def _named(kind: str, values: dict[str, Any], themes: dict[int, Theme]) -> str:
    if kind == "category":
        return _("Same category: %(name)s") % {"name": CATEGORIES[values["category"]].name}
    if kind == "same theme":
        return _("Same theme: %(name)s") % {"name": themes[values["theme"]].name}
    if kind == "neighbouring theme":
        return _("Neighbouring theme: %(name)s") % {"name": themes[values["theme"]].name}
    if kind == "languages":
        named = ", ".join(languages.name(code) for code in values["languages"])
        return ngettext(
            "Language in common: %(names)s", "Languages in common: %(names)s", len(values["languages"])
        ) % {"names": named}
    if "number" in values:
        label = FIELDS[values.get("field", "hours_week")].label
        number = number_format(values["number"], decimal_pos=0 if values["number"] % 1 == 0 else 1)
        return f"{label}: {number}"
    field = FIELDS[values["field"]]
    choice = field.choice(values["value"])
    return f"{field.label}: {choice.label if choice else values['value']}"


def _distance(km: float) -> str:
    if km < 1:
        return _("In the same town")
    return _("%(km)s km away") % {"km": number_format(round(km))}


def _words(keys: Sequence[str], known: Lexicon, spelt: dict[str, str]) -> str:
    language = (get_language() or "fr")[:2]
    names = [
        spelt.get(key, key.removeprefix(STEM)) if key.startswith(STEM) else known.name(key, language)
        for key in keys
    ]
    named = list(dict.fromkeys(name for name in names if name))[:MOST_WORDS]
    return ngettext("Word in common: %(words)s", "Words in common: %(words)s", len(named)) % {
        "words": ", ".join(_("“%(word)s”") % {"word": name} for name in named)
    }
