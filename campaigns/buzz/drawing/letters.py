"""Words in lines that fit: first smaller, then broken, so that the longest name stands whole."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

MORE = "…"
BREAKING = re.compile(r"[ \t\r\n\f\v]+")


class Face(StrEnum):
    """The two voices of the site: a serif names things, a sans says the rest."""

    TITLE = "NotoSerif-Regular"
    TEXT = "NotoSans-Regular"
    STRONG = "NotoSans-Bold"

    @property
    def path(self) -> Path:
        """Its file."""
        return settings.BASE_DIR / "fixtures/fonts" / f"{self}.ttf"


Measure = Callable[[str, float], float]


@dataclass(frozen=True)
class Fitted:
    """Lines, and the size at which they fit."""

    lines: list[str]
    size: float

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.size * 1.22

    @property
    def height(self) -> float:
        """Of all of them."""
        return self.leading * len(self.lines)


@cache
def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """A face at a size in pixels."""
    return ImageFont.truetype(face.path, size)


def in_pixels(face: Face) -> Measure:
    """How wide a text is in a picture."""
    return lambda text, size: font(face, round(size)).getlength(text)


@cache
def _missing(face: Face) -> bytes:
    return bytes(font(face, 20).getmask("\U0010ffff"))


@cache
def _has(face: Face, letter: str) -> bool:
    return letter.isspace() or bytes(font(face, 20).getmask(letter)) != _missing(face)


def _words(text: str) -> list[str]:
    """Parted where a line may break: French has a space before a colon that is none of these."""
    return [word for word in BREAKING.split(text) if word]


def drawable(text: str, face: Face) -> str:
    """A text in one line without what the face has no letter for, such as little pictures."""
    composed = unicodedata.normalize("NFC", text)
    kept = (letter for letter in composed if letter.isprintable() or letter.isspace())
    return " ".join(_words("".join(letter for letter in kept if _has(face, letter))))


def fitted(text: str, measure: Measure, width: float, height: float, sizes: Sequence[float]) -> Fitted:
    """At the first of these sizes at which it fits; at the last one, what is too much is left out with an ellipsis."""
    found = Fitted([], sizes[-1])
    for size in sizes:
        found = Fitted(
            _lines(text, lambda part, size=size: measure(part, size) <= width, size == sizes[-1]), size
        )
        if (
            found.lines
            and found.height <= height
            and all(measure(line, size) <= width for line in found.lines)
        ):
            return found
    most = max(1, int(height // found.leading))
    lines = found.lines[:most]
    while len(found.lines) > most and lines[-1] and measure(lines[-1] + MORE, found.size) > width:
        lines[-1] = lines[-1][:-1].rstrip()
    return Fitted([*lines[:-1], lines[-1] + MORE] if len(found.lines) > most else lines, found.size)


def _lines(text: str, fits: Callable[[str], bool], may_break: bool) -> list[str]:
    """Words as long as they fit; one that fits no line is broken at the smallest size alone."""
    lines: list[str] = []
    for word in _words(text):
        if lines and fits(f"{lines[-1]} {word}"):
            lines[-1] = f"{lines[-1]} {word}"
            continue
        lines.append(word)
        while may_break and not fits(lines[-1]) and len(lines[-1]) > 1:
            cut = _longest(lines[-1], fits)
            lines[-1:] = [lines[-1][:cut], lines[-1][cut:]]
    return lines


def _longest(word: str, fits: Callable[[str], bool]) -> int:
    """How many letters of a word fit; halved again and again."""
    low, high = 1, len(word)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(word[:middle]) else (low, middle)
    return low
