"""What the kernel tells about processes; a pid with its moment of birth names one for good."""

import os
from collections.abc import Iterator
from pathlib import Path

PARENT, GROUP, BEGUN = 1, 2, 19


def fields(pid: int) -> list[str]:
    """What /proc says after the name: state, parent, group …; nothing of a zombie or of nobody."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return []
    # The name in brackets may hold anything, spaces and brackets too.
    found = said.rpartition(")")[2].split()
    return [] if found[0] in "ZX" else found


def started_at(pid: int) -> str | None:
    """When a process began, in clock ticks since boot; None if there is none or it is a zombie."""
    found = fields(pid)
    return found[BEGUN] if found else None


def note(pid: int) -> str:
    """How a process is written down."""
    return f"{pid} {started_at(pid)}"


def is_alive(note: str) -> bool:
    """Whether it is still the process that was written down."""
    pid, _, begun = note.partition(" ")
    return pid.isdigit() and started_at(int(pid)) == begun


def everybody() -> Iterator[int]:
    """All pids, ours aside."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            yield int(entry.name)


def is_at(pid: int, uid: int, folder: Path) -> bool:
    """Whether it runs as that user in that folder."""
    process = Path(f"/proc/{pid}")
    try:
        return process.stat().st_uid == uid and (process / "cwd").readlink() == folder
    except OSError:
        # Gone in the meantime, or another user's.
        return False


def family(note: str, folder: Path) -> list[int]:
    """The process that was written down and what it left in its group, at work in the folder."""
    leader, _, begun = note.partition(" ")
    if not leader.isdigit() or not begun.isdigit():
        return []
    if fields(int(leader)) and not is_alive(note):
        # The number has gone to somebody else.
        return []
    found = [int(leader)] if is_alive(note) else []
    for pid in everybody():
        said = fields(pid) if pid != int(leader) else []
        if (
            said
            and said[GROUP] == leader
            and int(said[BEGUN]) >= int(begun)
            and is_at(pid, os.getuid(), folder)
        ):
            found.append(pid)
    return found


def servers_of(data: Path, uid: int) -> list[int]:
    """PostgreSQL's processes of that user at work in a data folder."""
    return [pid for pid in everybody() if is_at(pid, uid, data) and _name(pid).startswith(b"postgres")]


def _name(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().partition(b"\0")[0].rpartition(b"/")[2]
    except OSError:
        return b""
