"""What was measured with what."""

import importlib.metadata
import os
import platform
import re
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime

from .place import ROOT, Address
from .serving import VENV

OURS = ("Django", "psycopg", "granian", "numpy", "djangorestframework", "djangorestframework-gis")
TOOLS = (("pgbench", "-V"), ("wrk", "-v"), ("nginx", "-v"), ("ogr2ogr", "--version"))
OTHERS = ("tipg", "pygeoapi")


def facts(address: Address) -> dict[str, str]:
    """Day, machine and versions, without the names of hosts or folders."""
    with address.connect() as connection:
        server, postgis = connection.execute("SELECT version(), postgis_lib_version()").fetchone()
        buffers = connection.execute("SHOW shared_buffers").fetchone()[0]
    machine = f"{os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.release()}"
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "code": _said(["git", "describe", "--always", "--dirty"]) or "unknown",
        "machine": machine,
        "database": f"{server.split(' on ')[0]}, PostGIS {postgis}, shared buffers {buffers}",
        "server": f"Python {platform.python_version()}, " + ", ".join(_named(OURS)),
        "others": ", ".join(_other(name) for name in OTHERS),
        "tools": ", ".join(_tool(name, option) for name, option in TOOLS),
    }


def _named(packages: Sequence[str]) -> list[str]:
    return [f"{name} {importlib.metadata.version(name)}" for name in packages]


def _other(package: str) -> str:
    question = f"import importlib.metadata as m; print(m.version({package!r}))"
    return f"{package} {_said([str(VENV / 'python'), '-c', question])}"


def _tool(name: str, option: str) -> str:
    """Name and the first number that looks like a version; Debian keeps nginx out of the PATH of users."""
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
    said = subprocess.run([name, option], env=environment, capture_output=True, text=True, check=False)
    found = re.search(r"\d+\.\d+(\.\d+)?", said.stdout + said.stderr)
    return f"{name} {found[0] if found else '?'}"


def _processor() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123
        return next(
            (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
        )


def _said(words: list[str]) -> str:
    said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return said.stdout.strip()
