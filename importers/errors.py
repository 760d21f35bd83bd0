"""Errors that stop a run before anything is written; a bad row never raises one."""

from pathlib import Path


class BadFileError(Exception):
    """A file that cannot be read at all: which one, what came and what was expected, in one line."""

    def __init__(self, file: object, came: str, expected: str) -> None:
        # Where it lies is of the server, and of nobody who reads this on a page.
        name = file.name if isinstance(file, Path) else file
        super().__init__(f"{name}: {came}; expected {expected}")


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
