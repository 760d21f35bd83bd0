"""What goes wrong, said in one line."""

import errno
import os
import signal
from pathlib import Path


class Trouble(Exception):
    """A set-up cannot go on; the message is one line that says what to do."""


class Interrupted(Exception):
    """Ctrl-C, SIGTERM or SIGHUP: stop what was started and leave."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__(number)
        self.number = number

    @property
    def status(self) -> int:
        """Exit status as a shell would give it: 130 after Ctrl-C."""
        return 128 + self.number


FULL = (errno.ENOSPC, errno.EDQUOT)
FULL_WORDS = ("No space left on device", "Disk quota exceeded", "Not enough free disk space")


def in_one_line(error: OSError) -> str:
    """An operating system's error with the file it is about and what to do."""
    where = error.filename or "a file"
    if error.errno in FULL:
        return f"The disk is full ({where}): free some space and run the same command again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        owner = _owner(where)
        return f"Cannot write {where}: {error.strerror}{owner}."
    return f"{where}: {error.strerror or error}"


def _owner(where: str | bytes | int) -> str:
    if not isinstance(where, str):
        return ""
    path = Path(where)
    known = next((p for p in (path, *path.parents) if _visible(p)), None)
    return f" ({known} belongs to {known.owner()})" if known and known.stat().st_uid != os.getuid() else ""


def _visible(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
