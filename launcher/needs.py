"""What the machine has to offer, found by looking for files and programs."""

import ctypes.util
import importlib.util
import os
import pwd
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from launcher import browser, postgres
from launcher.paths import Checkout

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


@dataclass(frozen=True)
class Need:
    """A missing thing and the packages that bring it; `server` asks for PostgreSQL with PostGIS."""

    thing: str
    packages: tuple[str, ...] = ()
    server: bool = False


NGINX = Need("nginx", ("nginx",))


def missing(checkout: Checkout, *, database: bool, browser_tests: bool) -> list[Need]:
    """What is not there yet."""
    needs = []
    if database and not _has_server():
        needs.append(Need("PostgreSQL with PostGIS", server=True))
    if not (shutil.which("ogrinfo") and all(map(ctypes.util.find_library, ("gdal", "geos_c")))):
        needs.append(Need("GDAL", ("gdal-bin",)))
    if not shutil.which("msgfmt"):
        needs.append(Need("gettext", ("gettext",)))
    if not checkout.has_python and not importlib.util.find_spec("ensurepip"):
        needs.append(
            Need("Python's venv", (f"python{sys.version_info.major}.{sys.version_info.minor}-venv",))
        )
    if browser_tests and not browser.find():
        fonts = () if FONT.exists() else ("fonts-dejavu-core",)
        needs.append(Need("Chromium", ("chromium", *fonts)))
    if browser_tests and not _has_program("nginx"):
        needs.append(NGINX)
    return needs


def missing_to_measure() -> list[Need]:
    """What `make bench` runs beside the rest; pgbench comes with every server of Debian and Ubuntu."""
    programs = (
        ("pgbench", Need("pgbench", ("postgresql-contrib",))),
        ("wrk", Need("wrk", ("wrk",))),
        ("nginx", NGINX),
    )
    return [need for program, need in programs if not _has_program(program)]


def _has_program(name: str) -> bool:
    # Debian keeps servers out of the PATH of ordinary users.
    return bool(shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin"))


def _has_server() -> bool:
    return bool(postgres.fit()) and (os.getuid() != 0 or _has_postgres_user())


def _has_postgres_user() -> bool:
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return False
    return True
