"""Named transforms that a mapping may ask for: text in, text out; a list part by part."""

import re
from collections.abc import Callable

from .text import fold, html_to_text, one_line

YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
WHOLE_FLOAT = re.compile(r"^(\d+)\.0+$")


def year(text: str) -> str:
    """The year of a date in any usual order; unchanged where there is none."""
    found = YEAR.search(text)
    return found[1] if found else text


def title(text: str) -> str:
    """Capitals at the beginning of words, for names written in capitals only; others stay."""
    return text.title().replace("’S ", "’s ").replace("'S ", "'s ") if text.isupper() else text


def integer(text: str) -> str:
    """Codes that went through a spreadsheet: 8724.0 is 8724."""
    found = WHOLE_FLOAT.match(text.strip()) if "." in text else None
    return found[1] if found else text


def digits(text: str) -> str:
    """Digits only."""
    return re.sub(r"\D", "", text)


def first_word(text: str) -> str:
    """The first word."""
    return text.split(maxsplit=1)[0] if text.split() else ""


def zero_padded(width: int) -> Callable[[str], str]:
    """A transform that gives back lost leading zeros."""

    def pad(text: str) -> str:
        plain = integer(text).strip()
        return plain.zfill(width) if plain.isdigit() else plain

    return pad


TRANSFORMS: dict[str, Callable[[str], str]] = {
    "strip": one_line,
    "lower": str.lower,
    "upper": str.upper,
    "title": title,
    "html_to_text": html_to_text,
    "date": year,
    "year": year,
    "integer": integer,
    "digits": digits,
    "fold": fold,
    "first_word": first_word,
    "zero_padded_5": zero_padded(5),
}
