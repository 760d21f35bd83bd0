"""What a killed launcher left behind: found by record, ended only when it is surely ours."""

import os
import signal
import time
from pathlib import Path

from launcher import stamps
from launcher.paths import Checkout

PATIENCE = 30


def started_at(pid: int) -> str | None:
    """When a process began, in clock ticks since boot; None if there is none or it is a zombie."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name in brackets may hold anything, spaces and brackets too.
    fields = said.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else fields[19]


class Record:
    """A launcher's own note of the processes that it started."""

    def __init__(self, checkout: Checkout) -> None:
        self.path = checkout.running / f"{os.getpid()}.json"
        self.said = {"launcher": f"{os.getpid()} {started_at(os.getpid())}"}
        stamps.write(self.path, self.said)

    def add(self, name: str, pid: int) -> None:
        """Note a process."""
        self.said[name] = f"{pid} {started_at(pid)}"
        stamps.write(self.path, self.said)

    def close(self) -> None:
        """Everything has ended."""
        self.path.unlink(missing_ok=True)


def _is_alive(note: str) -> bool:
    pid, _, begun = note.partition(" ")
    return pid.isdigit() and started_at(int(pid)) == begun


def launchers(checkout: Checkout) -> list[int]:
    """Launchers at work in this checkout, us aside."""
    notes = [stamps.read(path).get("launcher", "") for path in sorted(checkout.running.glob("*.json"))]
    return [
        int(note.split()[0]) for note in notes if _is_alive(note) and not note.startswith(f"{os.getpid()} ")
    ]


def clear(checkout: Checkout) -> list[str]:
    """End what dead launchers left running; the names of what was ended."""
    ended = []
    for path in sorted(checkout.running.glob("*.json")):
        notes = stamps.read(path)
        if _is_alive(notes.pop("launcher", "")):
            continue
        for name, note in notes.items():
            if _is_alive(note):
                _end(int(note.split()[0]))
                ended.append(name)
        path.unlink(missing_ok=True)
    return ended


def _end(pid: int) -> None:
    """Ask the group that it leads, insist after ten seconds."""
    begun = started_at(pid)
    for number, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
        try:
            os.killpg(pid, number)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + patience
        while started_at(pid) == begun and time.monotonic() < deadline:
            time.sleep(0.05)


def servers_of(data: Path, uid: int) -> list[int]:
    """PostgreSQL's processes of that user at work in a data folder."""
    found = []
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            ours = process.stat().st_uid == uid and (process / "cwd").readlink() == data
            name = (process / "cmdline").read_bytes().partition(b"\0")[0].rpartition(b"/")[2]
        except OSError:
            # Gone in the meantime, or another user's.
            continue
        if ours and name.startswith(b"postgres"):
            found.append(int(process.name))
    return found


def quit_orphans(data: Path, uid: int) -> bool:
    """Stop a server that lost its keeper; whether the data folder is free."""
    begun = time.monotonic()
    asked = False
    while pids := servers_of(data, uid):
        patience = PATIENCE - (time.monotonic() - begun)
        if patience < 0:
            return False
        if not asked:
            _signal(_postmaster(data, pids), signal.SIGINT)
            asked = True
        if patience < PATIENCE / 3:
            for pid in pids:
                _signal(pid, signal.SIGQUIT)
        time.sleep(0.1)
    return True


def _postmaster(data: Path, pids: list[int]) -> int | None:
    """The one that the others follow; they end by themselves when it is gone."""
    note = data / "postmaster.pid"
    first = note.read_text(encoding="utf-8").partition("\n")[0] if note.exists() else ""
    return int(first) if first.isdigit() and int(first) in pids else None


def _signal(pid: int | None, number: int) -> None:
    if pid is None:
        return
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
