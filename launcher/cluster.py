"""The private PostGIS cluster: joined by whoever needs it, stopped when the last one has left.

Each user holds a shared lock on `users.lock`. A keeper process owns the server and stops it once it can
have that lock alone, so a user that is killed is noticed too. `guard.lock` makes joining and stopping
happen one at a time; the keeper holds `keeper.lock` while it lives.
"""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from launcher import making, postgres, signals
from launcher.errors import Trouble
from launcher.home import Home, choose
from launcher.locks import Lock, held
from launcher.logs import is_full, open_log, tail
from launcher.paths import Checkout
from launcher.steps import complain

STOPS_WITHIN = 60


class Cluster:
    """One checkout's cluster as seen by one of its users."""

    def __init__(self, checkout: Checkout, home: Home | None = None) -> None:
        checkout.make_var()
        self.home = home or choose(checkout)
        self.home.make()
        self.root = checkout.root
        self.log = checkout.logs / "postgres.log"
        self.guard = Lock(self.home.folder / "guard.lock")
        self.users = Lock(self.home.folder / "users.lock")
        self.keeper = Lock(self.home.folder / "keeper.lock")
        self._started: subprocess.Popen[Any] | None = None

    def join(self) -> str:
        """Make sure that the server runs for as long as we are here; the database's address."""
        tell = "waiting for another start or stop of the private database …"
        with held(self.guard, lambda: complain(tell)):
            self.users.wait(shared=True)
            if self.keeper.is_free:
                self._start()
            return postgres.address(self.socket())

    def leave(self) -> None:
        """Go; if nobody else is there, wait until the server has stopped."""
        self.users.drop()
        deadline = time.monotonic() + STOPS_WITHIN
        while not self.keeper.is_free and self._is_emptying() and time.monotonic() < deadline:
            time.sleep(0.05)
        if self._started and self.keeper.is_free:
            self._started.wait()

    def _is_emptying(self) -> bool:
        """Whether no user is left: nobody holds the lock, or the keeper has it alone."""
        alone = self.users.take()
        self.users.drop()
        return alone or not self.users.is_free

    @property
    def is_running(self) -> bool:
        """Whether a server is kept."""
        return not self.keeper.is_free

    def socket(self) -> Path:
        """The socket folder that the running server named itself."""
        return Path((self.home.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[4])

    def _start(self) -> None:
        if self._started:
            # An earlier keeper of ours, which has done its work.
            self._started.wait()
        installation = making.installation(self.home)
        if not (self.home.data / "PG_VERSION").exists():
            making.make(self.home, installation, self.log)
        words = postgres.server(installation, self.home.data, self.home.socket())
        with open_log(self.log) as log:
            begin = self.log.stat().st_size
            self._started = subprocess.Popen(
                [sys.executable, "-m", "launcher.keeper", self.home.folder, str(self.home.uid), *words],
                cwd=Path(__file__).resolve().parents[1],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env=postgres.clean_environment(),
                start_new_session=True,
            )
        with signals.waiting():
            said = self._started.stdout.readline().decode().strip()
        self._started.stdout.close()
        if said != "ready":
            self._started.wait()
            self._explain(begin, said)
        making.make_database(installation, self.socket(), self.log)

    def _explain(self, begin: int, said: str) -> None:
        lines = tail(self.log, begin)
        if any("No space left on device" in line for line in lines) or is_full(self.home.folder):
            raise Trouble(
                "The disk is full: the database cannot start. Free some space and run the same command again."
            )
        for line in lines:
            complain(f"  {line}")
        raise Trouble(f"The private database did not start: {said or 'its keeper ended'} (log: {self.log})")
