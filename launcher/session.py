"""A launcher at work in a checkout: whatever it starts is recorded and ends with it."""

import os
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from launcher import logs, processes, signals
from launcher.cluster import Cluster
from launcher.errors import Trouble
from launcher.leftovers import Record
from launcher.locks import Lock
from launcher.paths import Checkout
from launcher.postgres import clean_environment
from launcher.steps import complain, step

GRACE = 12


class Session:
    """Its processes, and its place in the private database."""

    def __init__(self, checkout: Checkout) -> None:
        checkout.make_var()
        self.checkout = checkout
        # Held while something is installed, migrated or loaded: one set-up at a time.
        self.setting_up = Lock(checkout.var / "setup.lock")
        self.env = dict(os.environ)
        self.env.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings.dev")
        self._cluster: Cluster | None = None
        self._started: dict[str, tuple[subprocess.Popen[Any], Path]] = {}

    def __enter__(self) -> Self:
        self.record = Record(self.checkout)
        processes.listeners.append(self.record.add)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signals.settle()
        if self._started or self._cluster:
            with step("Stopping"):
                self._stop()
        processes.listeners.remove(self.record.add)
        self.record.close()

    @property
    def needs_cluster(self) -> bool:
        """Whether no other database is given."""
        return not os.environ.get("DATABASE_URL")

    def join_cluster(self) -> None:
        """Start the private database or share the running one, until the end."""
        self._cluster = Cluster(self.checkout)
        self.env = {**clean_environment(), **self.env, "DATABASE_URL": self._cluster.join()}
        for name in set(os.environ) - set(clean_environment()):
            self.env.pop(name, None)

    def wait_for_turn(self) -> None:
        """Hold `setting_up`; the caller drops it."""
        self.setting_up.wait(tell=lambda: complain("waiting for another set-up in this checkout …"))

    def manage(self, *words: str, trouble: str) -> None:
        """Run a manage.py command to its end, its output in the log."""
        argv = [self.checkout.python, self.checkout.root / "manage.py", *words]
        processes.run(argv, self.checkout.logs / "manage.log", trouble, cwd=self.checkout.root, env=self.env)

    def start(self, name: str, *words: str) -> None:
        """Start a long-lived process of the project's Python, its output in a log of its name."""
        log = self.checkout.logs / f"{name.replace(' ', '-')}.log"
        with logs.open_log(log) as out:
            argv = [self.checkout.python, *words]
            process = processes.start(
                argv, out, cwd=self.checkout.root, env=self.env | {"PYTHONUNBUFFERED": "1"}
            )
        self._started[name] = (process, log)
        self.record.add(name, process.pid)

    def look(self) -> None:
        """Trouble if one of the processes, or the private database, has ended by itself."""
        if self._cluster and not self._cluster.is_running:
            raise Trouble(f"The private database has ended (log: {self._cluster.log})")
        for name, (process, log) in self._started.items():
            if process.poll() is not None:
                self.show_log(name)
                raise Trouble(f"The {name} has ended (exit status {process.returncode}; log: {log})")

    def show_log(self, name: str) -> None:
        """The last lines that a process wrote."""
        for line in logs.tail(self._started[name][1]):
            complain(f"  {line}")

    def watch(self) -> None:
        """Stay until a signal comes or a process ends."""
        while True:
            with signals.waiting():
                time.sleep(0.2)
            self.look()

    def _stop(self) -> None:
        running = [process for process, _log in self._started.values()]
        for process in running:
            processes.ask(process)
        for process in running:
            processes.end(process, grace=GRACE)
            processes.sweep(process)
        if self._cluster:
            self._cluster.leave()
