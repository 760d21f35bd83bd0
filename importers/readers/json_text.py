"""JSON read part by part: a file may be larger than memory, one value of it may not."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.utils.translation import gettext_noop as _

from ..errors import BadFileError
from ..phrases import Phrase, phrase
from .encodings import encoding_of

BLOCK = 1 << 20
# One record with all its texts, in characters.
LONGEST = 32 << 20
BLANK = " \t\r\n"
OTHER = _("text that is not JSON (%(came)s in place of %(wanted)s)")
# JSON has no NaN, Python writes it: such a word stays text and is judged with the row.
DECODER = json.JSONDecoder(parse_constant=str, strict=False)


class JSONText:
    """The text of a file at the place that was read up to; BadFileError where it is no JSON."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: io.TextIOBase = path.open(encoding=encoding_of(path))
        self._text, self._at, self._is_over = "", 0, False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def _more(self) -> bool:
        """Read on, the more the longer the value is that does not end; whether there was more."""
        if self._is_over:
            return False
        self._text = self._text[self._at :]
        self._at = 0
        if len(self._text) > LONGEST:
            raise self.refusal(phrase(_("a value of more than %(most)s characters"), most=LONGEST))
        try:
            block = self._file.read(max(BLOCK, len(self._text)))
        except UnicodeError as error:
            raise self.refusal(_("bytes that are no text in one encoding")) from error
        self._is_over = not block
        self._text += block
        return bool(block)

    def refusal(self, came: str | Phrase) -> BadFileError:
        """What to raise where the text cannot be read."""
        return BadFileError(self.path, came, "JSON")

    def peek(self) -> str:
        """The next character that counts, empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, wanted: str) -> None:
        """Pass over one of the characters that are wanted here."""
        came = self.peek()
        if not came or came not in wanted:
            raise self.refusal(phrase(OTHER, came=came or Phrase(_("its end")), wanted=" ".join(wanted)))
        self._at += 1

    def value(self) -> Any:
        """The value that begins here, whole."""
        self.peek()
        while True:
            try:
                found, end = DECODER.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise self.refusal(_("JSON nested too deeply")) from error
            except json.JSONDecodeError as error:
                if not self._more():
                    raise self.refusal(
                        phrase(_("text that is not JSON (%(error)s)"), error=error.msg)
                    ) from error
                continue
            # A number may go on where the text that was read so far ends.
            if end == len(self._text) and self._more():
                continue
            self._at = end
            return found

    def members(self) -> Iterator[str]:
        """The names of an object, one after the other; who asks reads the value of each before the next."""
        self.take("{")
        if self.peek() == "}":
            self.take("}")
            return
        while True:
            if self.peek() != '"':
                raise self.refusal("text that is not JSON (a member without a name)")
            name = self.value()
            self.take(":")
            yield name
            if self.peek() == "}":
                break
            self.take(",")
        self.take("}")

    def items(self) -> Iterator[Any]:
        """The items of a list."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            if self.peek() == "]":
                break
            self.take(",")
        self.take("]")

    def end(self) -> None:
        """Nothing comes after the document."""
        if self.peek():
            raise self.refusal("text that is not JSON (more after its end)")
