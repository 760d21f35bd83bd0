"""An empty cluster and its database, made once."""

from pathlib import Path

from launcher import postgres
from launcher.errors import Trouble
from launcher.home import Home
from launcher.processes import run
from launcher.questions import ask


def installation(home: Home) -> postgres.Postgres:
    """The PostgreSQL that can serve this home: the one that made its data, else the newest."""
    fit = postgres.fit()
    if not fit:
        raise Trouble("PostgreSQL 15 or newer with PostGIS 3.3 or newer is missing: run `make run` first.")
    kept = home.data / "PG_VERSION"
    if not kept.exists():
        return fit[0]
    major = int(kept.read_text(encoding="utf-8"))
    for one in fit:
        if one.major == major:
            return one
    raise Trouble(
        f"{home.data} was made by PostgreSQL {major}, which is not installed (found: {fit[0].major}): "
        f"install PostgreSQL {major} with PostGIS, or delete the data with `make reset`."
    )


def make(home: Home, installation: postgres.Postgres, log: Path) -> None:
    """An empty cluster, put in place when complete."""
    folder = home.fresh()
    run(
        postgres.initdb(installation, folder),
        log,
        "PostgreSQL could not make a database folder",
        uid=home.uid,
        cwd="/",
        env=postgres.clean_environment() | {"LC_ALL": "C.UTF-8"},
    )
    folder.rename(home.data)


def make_database(installation: postgres.Postgres, socket: Path, log: Path) -> None:
    """The one database, if it is not there."""
    psql: list[str | Path] = [installation.bin / "psql", "-XAtq", "-h", socket, "-p", postgres.PORT]
    psql += ["-U", postgres.SUPERUSER, "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-c"]
    answer = ask([*psql, "SELECT datname FROM pg_database"], env=postgres.clean_environment())
    if answer.returncode != 0:
        complaint = (answer.stderr.strip().splitlines() or ["no answer"])[-1]
        raise Trouble(f"The private database does not answer: {complaint} (log: {log})")
    if postgres.DATABASE not in answer.stdout.splitlines():
        create = [*psql, f"CREATE DATABASE {postgres.DATABASE}"]
        run(create, log, "The database could not be created", env=postgres.clean_environment())
