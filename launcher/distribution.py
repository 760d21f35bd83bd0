"""What this Debian or Ubuntu offers."""

import platform

from launcher.errors import Trouble
from launcher.postgres import OLDEST, installed
from launcher.questions import ask


def server_packages() -> list[str]:
    """PostGIS for the server that is here, else the distribution's own server with its PostGIS."""
    majors = [one.major for one in installed() if one.major >= OLDEST]
    major = majors[0] if majors else _default_major()
    if major is None:
        return ["postgresql", "postgresql-postgis"]
    if major < OLDEST:
        raise Trouble(
            f"This system offers PostgreSQL {major}; {OLDEST} or newer is needed: install one, or set DATABASE_URL."
        )
    return [f"postgresql-{major}", f"postgresql-{major}-postgis-3"]


def _default_major() -> int | None:
    said = ask(["apt-cache", "depends", "postgresql"]).stdout
    found = [
        line.rpartition("postgresql-")[2].strip()
        for line in said.splitlines()
        if "Depends: postgresql-" in line
    ]
    return int(found[0]) if found and found[0].isdigit() else None


def is_ubuntu() -> bool:
    """Whether this is Ubuntu or made from it."""
    try:
        lines = platform.freedesktop_os_release()
    except OSError:
        return False
    return "ubuntu" in (lines.get("ID", ""), *lines.get("ID_LIKE", "").split())
