"""Logs of tools and servers under var/log."""

import shutil
from pathlib import Path
from typing import Any

TAIL = 15
BIG_LOG = 10 * 1024 * 1024
# A server stops when it cannot add the next 16 MB to its journal.
LITTLE = 17 * 1024 * 1024


def open_log(path: Path) -> Any:
    """The log opened to append; over 10 MB it is put aside first."""
    if path.exists() and path.stat().st_size > BIG_LOG:
        path.replace(path.with_name(f"{path.name}.1"))
    return path.open("ab")


def is_full(folder: Path) -> bool:
    """Whether hardly anything fits there: programs have many words for it, or none."""
    return shutil.disk_usage(folder).free < LITTLE


def tail(path: Path, begin: int = 0, lines: int = TAIL) -> list[str]:
    """The last lines of a log, nothing before byte `begin`."""
    with path.open("rb") as log:
        log.seek(max(begin, path.stat().st_size - 64 * 1024))
        return log.read().decode(errors="replace").splitlines()[-lines:]
