"""Errors that stop a run before anything is written; a bad row never raises one."""

from pathlib import Path

from django.utils.translation import gettext_noop as _

from .phrases import Phrase, phrase, phrase_of

LONGEST = 300


class BadFileError(Exception):
    """A file that cannot be read at all: which one, what came and what was expected, in one line."""

    def __init__(self, file: object, came: str | Phrase, expected: str | Phrase) -> None:
        # Where it lies is of the server, and of nobody who reads this on a page.
        name, hidden = (file.name, f"{file.parent}/") if isinstance(file, Path) else (str(file), "")
        self.reason = phrase(
            _("%(came)s; expected %(expected)s"),
            came=_in_one_line(phrase_of(came), hidden),
            expected=phrase_of(expected),
        )
        self.phrase = phrase(_("%(file)s: %(reason)s"), file=name, reason=self.reason)
        super().__init__(str(self.phrase))


class AwayError(BadFileError):
    """A file that may be there later: its server gave no answer, or said that it cannot give it now."""


class UnmappedError(BadFileError):
    """A file in which no column was taken for the name: its columns, as they are shown, and what else was guessed."""

    def __init__(
        self, file: object, came: str | Phrase, expected: str | Phrase, columns: list[dict], mapping: dict
    ) -> None:
        super().__init__(file, came, expected)
        self.columns, self.mapping = columns, mapping


class BadMappingError(Exception):
    """A mapping that cannot be used: the key, and what was expected."""

    def __init__(self, key: str, expected: str | Phrase) -> None:
        self.key = key
        self.phrase = phrase(_("mapping, %(key)s: %(expected)s"), key=key, expected=phrase_of(expected))
        super().__init__(str(self.phrase))


class TooMuchError(Exception):
    """A run that would take away or change more of a network's records than is usual; nothing was written."""

    def __init__(self, template: str, number: int, known: int, most: int) -> None:
        """`template` has places for `number`, `known`, and the shares in per cent, `share` and `most`."""
        share = round(100 * number / known)
        self.phrase = phrase(template, number=number, known=known, share=share, most=most)
        super().__init__(str(self.phrase))


class NotUndoneError(Exception):
    """A run that cannot be undone, and why."""


def _in_one_line(came: Phrase, hidden: str) -> Phrase:
    """Libraries tell what went wrong in many lines, and where."""

    def told(text: str) -> str:
        shown = text.replace(hidden, "") if hidden else text
        return " ".join(shown.split())[:LONGEST]

    if not came.values:
        return Phrase(told(came.template))
    values = {name: told(value) if isinstance(value, str) else value for name, value in came.values.items()}
    return Phrase(came.template, values)
