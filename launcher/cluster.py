"""The private PostGIS cluster: joined by whoever needs it, stopped when the last one has left.

Each user holds a shared lock on `users.lock`. A keeper process owns the server and stops it once it can
have that lock alone, so a user that is killed is noticed too. `guard.lock` makes joining and stopping
happen one at a time; the keeper holds `keeper.lock` while it lives.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from launcher import postgres, signals
from launcher.errors import Trouble
from launcher.home import Home, choose
from launcher.locks import Lock, held
from launcher.paths import Checkout
from launcher.processes import open_log, run, tail
from launcher.steps import complain

STOPS_WITHIN = 60
# What libpq reads from the environment and would follow instead of our address.
STRAYS = (
    "HOST",
    "HOSTADDR",
    "PORT",
    "USER",
    "DATABASE",
    "PASSWORD",
    "PASSFILE",
    "SERVICE",
    "OPTIONS",
    "DATA",
    "TZ",
)


def clean_environment() -> dict[str, str]:
    """The environment without what would lead PostgreSQL's programs elsewhere."""
    return {
        name: value for name, value in os.environ.items() if name not in {f"PG{stray}" for stray in STRAYS}
    }


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

    def _installation(self) -> postgres.Postgres:
        fit = postgres.fit()
        if not fit:
            raise Trouble(
                "PostgreSQL 15 or newer with PostGIS 3.3 or newer is missing: run `make run` first."
            )
        kept = self.home.data / "PG_VERSION"
        if not kept.exists():
            return fit[0]
        major = int(kept.read_text(encoding="utf-8"))
        for one in fit:
            if one.major == major:
                return one
        raise Trouble(
            f"{self.home.data} was made by PostgreSQL {major}, which is not installed (found: {fit[0].major}): "
            f"install PostgreSQL {major} with PostGIS, or delete the data with `make reset`."
        )

    def _start(self) -> None:
        installation = self._installation()
        if not (self.home.data / "PG_VERSION").exists():
            self._make(installation)
        words = postgres.server(installation, self.home.data, self.home.socket())
        with open_log(self.log) as log:
            begin = self.log.stat().st_size
            self._started = subprocess.Popen(
                [sys.executable, "-m", "launcher.keeper", self.home.folder, str(self.home.uid), *words],
                cwd=Path(__file__).resolve().parents[1],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env=clean_environment(),
                start_new_session=True,
            )
        with signals.waiting():
            said = self._started.stdout.readline().decode().strip()
        self._started.stdout.close()
        if said != "ready":
            self._started.wait()
            self._explain(begin, said)
        self._make_database(installation)

    def _explain(self, begin: int, said: str) -> None:
        lines = tail(self.log, begin)
        if any("No space left on device" in line for line in lines):
            raise Trouble(
                "The disk is full: the database cannot start. Free some space and run the same command again."
            )
        for line in lines:
            complain(f"  {line}")
        raise Trouble(f"The private database did not start: {said or 'its keeper ended'} (log: {self.log})")

    def _make(self, installation: postgres.Postgres) -> None:
        """An empty cluster, put in place when complete."""
        home = self.home
        if home.making.exists():
            shutil.rmtree(home.making)
        home.private(home.making)
        run(
            postgres.initdb(installation, home.making),
            self.log,
            "PostgreSQL could not make a database folder",
            uid=home.uid,
            cwd="/",
            env=clean_environment() | {"LC_ALL": "C.UTF-8"},
        )
        home.making.rename(home.data)

    def _make_database(self, installation: postgres.Postgres) -> None:
        ask = [
            installation.bin / "psql",
            "-XAtq",
            "-h",
            self.socket(),
            "-p",
            postgres.PORT,
            "-U",
            postgres.SUPERUSER,
        ]
        ask += ["-d", "postgres", "-v", "ON_ERROR_STOP=1", "-c"]
        exists = f"SELECT 1 FROM pg_database WHERE datname = '{postgres.DATABASE}'"
        answer = subprocess.run(
            [*ask, exists], env=clean_environment(), capture_output=True, text=True, check=False
        )
        if answer.returncode != 0:
            raise Trouble(f"The private database does not answer: {answer.stderr.strip().splitlines()[-1:]}")
        if not answer.stdout.strip():
            create = [*ask, f"CREATE DATABASE {postgres.DATABASE}"]
            run(create, self.log, "The database could not be created", env=clean_environment())
