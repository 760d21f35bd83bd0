"""Which PostgreSQL is here, and how a private server is made and configured."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from launcher.questions import ask

OLDEST = 15
OLDEST_POSTGIS = (3, 3)
SUPERUSER = "sp"
DATABASE = "social_planet"
PORT = "5432"

SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "cluster_name": DATABASE,
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    # Tile queries are short: compiling them costs more than it saves.
    "jit": "off",
    # Nobody replicates a private cluster; less WAL on a small disk.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "min_wal_size": "80MB",
    "max_wal_size": "512MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %d ",
}


# What libpq reads from the environment and would follow instead of our address.
STRAYS = frozenset(
    f"PG{name}"
    for name in "HOST HOSTADDR PORT USER DATABASE PASSWORD PASSFILE SERVICE OPTIONS DATA TZ".split()  # noqa: SIM905
)


def clean_environment() -> dict[str, str]:
    """The environment without what would lead PostgreSQL's programs elsewhere."""
    return {name: value for name, value in os.environ.items() if name not in STRAYS}


@dataclass(frozen=True)
class Postgres:
    """A server installation; `postgis` is None where the extension is missing."""

    major: int
    bin: Path
    postgis: tuple[int, ...] | None

    @property
    def is_fit(self) -> bool:
        """New enough, with a PostGIS that is new enough."""
        return self.major >= OLDEST and self.postgis is not None and self.postgis >= OLDEST_POSTGIS


def installed() -> list[Postgres]:
    """Server installations, newest first: Debian's folders, else what pg_config names."""
    places = {
        int(p.parent.name): p for p in Path("/usr/lib/postgresql").glob("*/bin") if p.parent.name.isdigit()
    }
    shares = {major: Path(f"/usr/share/postgresql/{major}") for major in places}
    if not places and shutil.which("pg_config"):
        said = _pg_config("--version", "--bindir", "--sharedir")
        major = int(said[0].split()[1].split(".")[0])
        places[major], shares[major] = Path(said[1]), Path(said[2])
    return [
        Postgres(major, folder, _postgis(shares[major]))
        for major, folder in sorted(places.items(), reverse=True)
        if (folder / "postgres").exists() and (folder / "initdb").exists()
    ]


def _pg_config(*options: str) -> list[str]:
    return ask(["pg_config", *options]).stdout.splitlines()


def _postgis(share: Path) -> tuple[int, ...] | None:
    control = share / "extension" / "postgis.control"
    if not control.exists():
        return None
    lines = [
        line
        for line in control.read_text(encoding="utf-8").splitlines()
        if line.startswith("default_version")
    ]
    version = lines[0].split("'")[1] if lines else ""
    numbers = version.split(".")[:2]
    return tuple(int(n) for n in numbers) if all(n.isdigit() for n in numbers) else None


def fit() -> list[Postgres]:
    """Installations that can serve us, newest first."""
    return [one for one in installed() if one.is_fit]


def initdb(postgres: Postgres, folder: Path) -> list[str | Path]:
    """The command that makes an empty cluster; the private socket folder is the lock, so no passwords."""
    return [
        postgres.bin / "initdb",
        f"--username={SUPERUSER}",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-instructions",
        "-D",
        folder,
    ]


def server(postgres: Postgres, data: Path, socket: Path) -> list[str | Path]:
    """The command that serves the cluster on a Unix socket alone."""
    words: list[str | Path] = [
        postgres.bin / "postgres",
        "-D",
        data,
        "-c",
        f"unix_socket_directories={socket}",
    ]
    for name, value in SETTINGS.items():
        words += ["-c", f"{name}={value}"]
    return words


def address(socket: Path) -> str:
    """DATABASE_URL of the private database; the socket folder is the host."""
    return f"postgis://{SUPERUSER}@/{socket}/{DATABASE}"
