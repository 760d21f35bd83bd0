"""Texts in one spelling, for comparing; and texts fit to be stored."""

import html
import re
import unicodedata
from functools import lru_cache

import nh3

BREAKS = re.compile(r"<\s*(br|/p|/div|/li|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff]")
# No-break spaces as French and others write them: within quotation marks, before high signs, between a number and what
# it counts. Elsewhere they come from HTML and mean nothing.
UNBROKEN = re.compile(
    r"((?<=«)[\xa0\u202f](?=\S)|(?<=\S)[\xa0\u202f](?=[:;?!»%€])|(?<=\d)[\xa0\u202f](?=\w))"
)
PARTED = re.compile(r"[;|\n]")
NOT_WORD = re.compile(r"[\W_]+")
# What exports write where they have nothing.
EMPTY = {"", "-", "--", "–", "—", "nan", "null", "none", "n/a", "#n/a", "nc", "n.c.", "\\n"}
LONGEST_EMPTY = max(map(len, EMPTY))


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower case, without accents, ß as ss, anything but letters and digits as one space."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ẞ", "ss"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return NOT_WORD.sub(" ", plain.casefold()).strip()


def is_empty(text: str) -> bool:
    """Whether a cell says that there is nothing."""
    return len(text := text.strip()) <= LONGEST_EMPTY and text.casefold() in EMPTY


def one_line(text: str) -> str:
    """White space folded to single blanks, but for those that typography asks for; control characters left out."""
    # What is printable has none of them, and is told so ten times faster.
    return " ".join(text.split()) if text.isprintable() else _folded(CONTROL.sub("", text))


def _folded(text: str) -> str:
    parts = UNBROKEN.split(text)
    parts[::2] = [" ".join(part.split()) for part in parts[::2]]
    return "".join(parts)


def lines(text: str) -> str:
    """Lines stripped, at most one empty one in a row, control characters left out."""
    if text.isprintable():
        return " ".join(text.split())
    stripped = "\n".join(_folded(line) for line in CONTROL.sub("", text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", stripped).strip()


def html_to_text(text: str) -> str:
    """Text of HTML: tags and scripts gone, breaks kept as lines, entities read."""
    if "<" not in text and "&" not in text:
        return text
    return html.unescape(nh3.clean(BREAKS.sub("\n", text), tags=set()))


def as_text(value: object) -> str:
    """A raw value as text: whole floats without `.0`, lists joined by `; `."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list):
        return "; ".join(as_text(part) for part in value)
    return str(value)


def shortened(text: str, length: int) -> str:
    """Text cut at a word, with an ellipsis, to at most that many characters."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    head, blank, _tail = cut.rpartition(" ")
    return (head if blank and len(head) > length // 2 else cut).rstrip(" ,;:") + "…"


@lru_cache(maxsize=10_000)
def listed(text: str, longest: int, most: int) -> tuple[tuple[str, ...], bool]:
    """What a text lists, each once, and whether nothing was too long or too much; few texts are new."""
    parts = PARTED.split(text) if PARTED.search(text) else text.split(",")
    found = [one for one in dict.fromkeys(one_line(part).lstrip("#") for part in parts) if one]
    kept = [one for one in found if len(one) <= longest][:most]
    return tuple(kept), len(kept) == len(found)


def storable(text: str) -> str:
    """Text that PostgreSQL can hold: without NUL and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
