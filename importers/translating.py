"""Texts in further languages as our own exports write them: of each language a name, a summary, a description."""

from django.utils.translation import gettext_noop as _
from msgspec import DecodeError, json

from .phrases import Phrase, phrase
from .text import html_to_text, lines, one_line, shortened, storable

# As the tables take them.
NAME, SUMMARY, DESCRIPTION = 200, 400, 20_000
DECODER = json.Decoder(dict[str, dict[str, str | None]])


def translations_of(text: str, own: str) -> tuple[str | None, list[Phrase]]:
    """Translations of a JSON text as JSON, without that into its `own` language, and what could not be taken."""
    try:
        given = DECODER.decode(text)
    except (DecodeError, UnicodeEncodeError) as error:
        return None, [phrase(_("expected texts by language as JSON: %(error)s"), error=str(error))]
    kept, missed = {}, []
    for language, texts in given.items():
        if not (2 <= len(language) <= 3 and language.isascii() and language.isalpha() and language.islower()):
            missed.append(
                phrase(_("expected a language code such as fr, came “%(came)s”"), came=language[:20])
            )
        elif language != own and any(found := _cleaned(texts)):
            kept[language] = dict(zip(("name", "summary", "description"), found))
    return json.encode(kept).decode() if kept else None, missed


def _cleaned(texts: dict[str, str | None]) -> tuple[str, str, str]:
    name, summary, description = (
        storable(html_to_text(texts.get(part) or "")) for part in ("name", "summary", "description")
    )
    return (
        shortened(one_line(name), NAME),
        shortened(one_line(summary), SUMMARY),
        shortened(lines(description), DESCRIPTION),
    )
