"""Servers for the time of a measurement: ours as in production, and those of others on the same database."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from launcher.processes import end, start
from tests.deploy.nginx import free_port

from .place import HERE, ROOT, VAR, Address, log

WORKERS, THREADS = 2, 8
ANSWERS_WITHIN = 60
VENV = VAR / "venv" / "bin"
PYGEOAPI = HERE / "pygeoapi.yml"


def environment(address: Address, settings: str = "tests.bench.settings") -> dict[str, str]:
    """What the site's processes are told."""
    return {**os.environ, "DATABASE_URL": address.url, "DJANGO_SETTINGS_MODULE": settings}


@contextmanager
def site(
    address: Address, *, workers: int = WORKERS, settings: str = "tests.bench.settings"
) -> Iterator["Server"]:
    """granian as deploy/granian.service starts it."""
    port = free_port()
    words = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    words += [
        "--workers",
        str(workers),
        "--blocking-threads",
        str(THREADS),
        "--no-ws",
        "--log-level",
        "warning",
    ]
    words += ["geoportal.wsgi:application"]
    with serving("site", words, port, environment(address, settings), "/healthz") as server:
        yield server


@contextmanager
def tipg(address: Address) -> Iterator["Server"]:
    """tipg with as many workers, on the table of initiatives alone."""
    port = free_port()
    told = {
        **os.environ,
        "DATABASE_URL": address.plain,
        "TIPG_DB_SCHEMAS": '["public"]',
        "TIPG_DB_TABLES": '["public.initiatives_initiative"]',
        "TIPG_DB_SPATIAL_EXTENT": "false",
        "TIPG_DB_DATETIME_EXTENT": "false",
        "TIPG_CATALOG_TTL": "86400",
    }
    words = [str(VENV / "uvicorn"), "tipg.main:app", "--port", str(port), "--workers", str(WORKERS)]
    with serving("tipg", [*words, "--log-level", "warning"], port, told, "/healthz") as server:
        yield server


@contextmanager
def pygeoapi(address: Address) -> Iterator["Server"]:
    """pygeoapi under gunicorn with as many workers, on the same table."""
    port = free_port()
    words = address.words
    given = {
        "PYGEOAPI_CONFIG": str(PYGEOAPI),
        "PYGEOAPI_OPENAPI": str(VAR / "openapi.yml"),
        "BENCH_PORT": str(port),
        "BENCH_HOST": words.get("host", ""),
        "BENCH_DATABASE": words["dbname"],
        "BENCH_USER": words.get("user", ""),
        "BENCH_PASSWORD": words.get("password", "none"),
    }
    told = {**os.environ, **given}
    subprocess.run(
        [VENV / "pygeoapi", "openapi", "generate", PYGEOAPI, "--output-file", given["PYGEOAPI_OPENAPI"]],
        env=told,
        capture_output=True,
        check=True,
        timeout=ANSWERS_WITHIN,
    )
    command = [str(VENV / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    command += [
        "--worker-class",
        "gthread",
        "--threads",
        "4",
        "--log-level",
        "warning",
        "pygeoapi.flask_app:APP",
    ]
    with serving("pygeoapi", command, port, told, "/conformance?f=json") as server:
        yield server


class Server:
    """A running server: its port and its processes."""

    def __init__(self, port: int, process: subprocess.Popen) -> None:
        self.port = port
        self.process = process

    def get(self, path: str, *, timeout: float = 60, **headers: str) -> bytes:
        """The body of a good answer; RuntimeError for another."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status >= 300:
            raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")
        return body

    def family(self) -> list[int]:
        """Process ids of the server and all below it."""
        found = [self.process.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(word) for word in task.read_text(encoding="ascii").split()]
        return found


@contextmanager
def serving(
    name: str, words: Sequence[str], port: int, told: Mapping[str, str], path: str
) -> Iterator[Server]:
    """A server until the end of the block; RuntimeError with its last words if it does not answer."""
    with log(name).open("wb") as out:
        process = start(words, out, cwd=ROOT, env=told)
    server = Server(port, process)
    try:
        _wait(server, name, path)
        yield server
    finally:
        # granian passes SIGTERM on to its workers and waits for them.
        end(process, signal.SIGTERM, grace=10)


def _wait(server: Server, name: str, path: str) -> None:
    deadline = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            server.get(path, timeout=5)
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    raise RuntimeError(
        f"{name} does not answer: {log(name).read_text(encoding='utf-8', errors='replace')[-800:]}"
    )
