"""What a killed launcher left behind: found by record, ended only when it is surely ours."""

import os
import signal
import time
from pathlib import Path

from launcher import proc, stamps
from launcher.paths import Checkout

PATIENCE = 30


class Record:
    """A launcher's own note of the processes that it started."""

    def __init__(self, checkout: Checkout) -> None:
        self.path = checkout.running / f"{os.getpid()}.json"
        self.said = {"launcher": proc.note(os.getpid())}
        stamps.write(self.path, self.said)

    def add(self, name: str, pid: int) -> None:
        """Note a process."""
        self.said[name] = proc.note(pid)
        stamps.write(self.path, self.said)

    def close(self) -> None:
        """Everything has ended."""
        self.path.unlink(missing_ok=True)


def launchers(checkout: Checkout) -> list[int]:
    """Launchers at work in this checkout, us aside."""
    notes = [stamps.read(path).get("launcher", "") for path in sorted(checkout.running.glob("*.json"))]
    pids = [int(note.split()[0]) for note in notes if proc.is_alive(note)]
    return [pid for pid in pids if pid != os.getpid()]


def at_work(checkout: Checkout) -> list[int]:
    """Those of them that have started something, rather than wait for their turn."""
    found = []
    for pid in launchers(checkout):
        notes = stamps.read(checkout.running / f"{pid}.json")
        if any(proc.is_alive(note) for name, note in notes.items() if name != "launcher"):
            found.append(pid)
    return found


def clear(checkout: Checkout) -> list[str]:
    """End what dead launchers left running; the names of what was ended."""
    ended = []
    for path in sorted(checkout.running.glob("*.json")):
        notes = stamps.read(path)
        if proc.is_alive(notes.pop("launcher", "")):
            continue
        ended += [name for name, note in notes.items() if _end(note, checkout.root)]
        path.unlink(missing_ok=True)
    return ended


def _end(note: str, root: Path) -> bool:
    """Ask a process and what it started, insist after ten seconds; whether there was anything."""
    found = False
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + 10
        for pid in proc.family(note, root):
            found = True
            _signal(pid, number)
        while proc.family(note, root) and time.monotonic() < deadline:
            time.sleep(0.05)
    return found


def quit_orphans(data: Path, uid: int) -> bool:
    """Stop a server that lost its keeper; whether the data folder is free."""
    begun = time.monotonic()
    asked = False
    while pids := proc.servers_of(data, uid):
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
