"""Errors that stop a run before anything is written; a bad row never raises one."""

from pathlib import Path

LONGEST = 300


class BadFileError(Exception):
    """A file that cannot be read at all: which one, what came and what was expected, in one line."""

    def __init__(self, file: object, came: str, expected: str) -> None:
        name = file
        if isinstance(file, Path):
            # Where it lies is of the server, and of nobody who reads this on a page.
            name, came = file.name, came.replace(f"{file.parent}/", "")
        # Libraries tell what went wrong in many lines.
        self.reason = f"{' '.join(came.split())[:LONGEST]}; expected {expected}"
        super().__init__(f"{name}: {self.reason}")


class AwayError(BadFileError):
    """A file that may be there later: its server gave no answer, or said that it cannot give it now."""


class UnmappedError(BadFileError):
    """A file in which no column was taken for the name: its columns, as they are shown, and what else was guessed."""

    def __init__(self, file: object, came: str, expected: str, columns: list[dict], mapping: dict) -> None:
        super().__init__(file, came, expected)
        self.columns, self.mapping = columns, mapping


class BadMappingError(Exception):
    """A mapping that cannot be used: the key, and what was expected."""

    def __init__(self, key: str, expected: str) -> None:
        super().__init__(f"mapping, {key}: {expected}")
        self.key = key


class TooMuchError(Exception):
    """A run that would take away or change more of a network's records than is usual; nothing was written."""

    def __init__(self, told: str, number: int, known: int, most: int) -> None:
        share = round(100 * number / known)
        super().__init__(
            f"{number} of {known} records {told} ({share} %); expected at most {most} %, or to be told so"
        )


class NotUndoneError(Exception):
    """A run that cannot be undone, and why."""
