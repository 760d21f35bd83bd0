"""python3 -m launcher.keeper HOME UID COMMAND…: owns the server, stops it when no user is left."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from launcher.leftovers import quit_orphans
from launcher.locks import Lock
from launcher.parents import die_with_parent
from launcher.processes import as_user

READY_WITHIN = 120
FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT


class Keeper:
    """Holds keeper.lock for its whole life."""

    def __init__(self, home: Path, uid: int, command: list[str]) -> None:
        self.data = home / "data"
        self.uid = uid
        self.command = command
        self.lock = Lock(home / "keeper.lock")
        self.users = Lock(home / "users.lock")
        self.guard = Lock(home / "guard.lock")
        self.asked = False
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True

    def keep(self) -> int:
        """Start the server, wait, stop it; exit status."""
        if not self._take_office():
            return _report("another keeper is at work")
        if not quit_orphans(self.data, self.uid):
            return _report(f"a server of an earlier run does not stop; see the processes in {self.data}")
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        server = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            cwd="/",
            start_new_session=True,
            preexec_fn=die_with_parent(FAST),
            **as_user(self.uid),
        )
        if not self._is_ready(server):
            _stop(server)
            return _report(f"exit status {server.returncode}")
        _report("ready")
        while server.poll() is None and not self.asked and not self._is_left():
            time.sleep(0.1)
        _stop(server)
        return 0

    def _take_office(self) -> bool:
        """Hold the lock; whoever only looks whether it is free has it for a moment."""
        for _try in range(100):
            if self.lock.take():
                return True
            time.sleep(0.02)
        return False

    def _is_ready(self, server: subprocess.Popen[Any]) -> bool:
        note = self.data / "postmaster.pid"
        deadline = time.monotonic() + READY_WITHIN
        while server.poll() is None and time.monotonic() < deadline and not self.asked:
            lines = note.read_text(encoding="utf-8").splitlines() if note.exists() else []
            if len(lines) >= 8 and lines[0] == str(server.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(0.02)
        return False

    def _is_left(self) -> bool:
        """Whether nobody uses the server and nobody is about to; both locks stay ours if so."""
        if not self.users.take():
            return False
        if self.guard.take():
            return True
        self.users.drop()
        return False


def _stop(server: subprocess.Popen[Any]) -> None:
    for number in (FAST, IMMEDIATE):
        if server.poll() is None:
            server.send_signal(number)
            try:
                server.wait(45)
            except subprocess.TimeoutExpired:
                continue
    server.wait()


def _report(line: str) -> int:
    """Tell whoever started us, and let go of the pipe."""
    with contextlib.suppress(BrokenPipeError):
        # Whoever asked has gone: the server stops in a moment, as nobody uses it.
        os.write(1, f"{line}\n".encode())
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return 1


if __name__ == "__main__":
    sys.exit(Keeper(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]).keep())
