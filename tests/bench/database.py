"""The database to measure on: made by the project's own commands, kept for the next run of the same code."""

import hashlib
import os
import subprocess
import sys
import time
from contextlib import ExitStack

from psycopg import Connection, sql

from .place import ROOT, Address, log

PREFIX = "sp_bench"
# What decides the rows and their indexes.
DECIDING = ("*/migrations/*.py", "*/*/migrations/*.py", "geo/*sql.py", "initiatives/synthetic*.py")
# One step after the other; what is in one step needs nothing of it, and is made side by side.
STEPS = (
    (("migrate", "--noinput"),),
    (("load_reference",),),
    (("seed_synthetic", "--initiatives", "{number}"), ("seed_synthetic", "--community")),
    # Words for search, where the code keeps them in a table that is filled by command.
    (("seed_synthetic", "--exchanges", "100000"), ("build_lexicon",)),
)


def digest() -> str:
    """Eight signs that change with migrations, SQL functions or the synthetic rows."""
    total = hashlib.sha256()
    for path in sorted(
        {path for pattern in DECIDING for path in ROOT.glob(pattern) if ".venv" not in path.parts}
    ):
        total.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return total.hexdigest()[:8]


def ready(server: Address, number: int, *, reuse: bool, tell=lambda line: None) -> tuple[Address, bool]:
    """The database with that many rows, and whether it was there already; older ones of the same size go."""
    name = f"{PREFIX}_{number}_{digest()}"
    making = f"{name}_making"
    with server.connect() as connection:
        found = [row[0] for row in connection.execute("SELECT datname FROM pg_database")]
        if name in found and reuse:
            return server.named(name), True
        for old in found:
            if old.startswith(f"{PREFIX}_{number}_"):
                tell(f"dropping {old}")
                _drop(connection, old)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        try:
            _fill(server.named(making), number, tell)
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name))
            )
        except BaseException:
            # An interrupted one is not kept: half of the rows would look like all.
            _drop(connection, making)
            raise
    return server.named(name), False


def _drop(connection: Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _fill(address: Address, number: int, tell) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": address.url,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    }
    known = _commands(environment)
    for step in STEPS:
        commands = [
            [word.format(number=number) for word in command] for command in step if command[0] in known
        ]
        begun = time.monotonic()
        _run([[sys.executable, "-m", "django", *words] for words in commands], environment)
        tell(f"{', '.join(map(' '.join, commands))} … {time.monotonic() - begun:.0f} s")
    with address.connect() as connection:
        begun = time.monotonic()
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
        tell(f"vacuum … {time.monotonic() - begun:.0f} s")


def _commands(environment: dict[str, str]) -> list[str]:
    said = subprocess.run(
        [sys.executable, "-m", "django", "help", "--commands"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout.split()


def _run(commands: list[list[str]], environment: dict[str, str]) -> None:
    """All at once; none of them goes on when one fails, or when somebody ends us."""
    with ExitStack() as stack:
        out = stack.enter_context(log("making").open("ab"))
        running = []
        for words in commands:
            process = subprocess.Popen(words, env=environment, cwd=ROOT, stdout=out, stderr=out)
            stack.callback(process.wait)
            stack.callback(process.kill)
            running.append(process)
        for words, process in zip(commands, running, strict=True):
            if process.wait():
                raise RuntimeError(f"{' '.join(words[2:])} failed (log: {log('making').relative_to(ROOT)})")
