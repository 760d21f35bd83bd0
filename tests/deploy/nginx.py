"""deploy/nginx.conf at work as an ordinary process: in a folder of its own, on a free port of the loopback."""

import getpass
import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.processes import end, start

CONF = Path(__file__).parents[2] / "deploy" / "nginx.conf"
STARTS_WITHIN = 10
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def written(folder: Path, *, port: int, upstream: int) -> Path:
    """The configuration with this machine's places; ValueError if one of the production's is not found."""
    places = {
        "user www-data;": f"user {getpass.getuser()};",
        "pid /run/nginx.pid;": f"pid {folder}/nginx.pid;",
        "error_log /var/log/nginx/error.log warn;": f"error_log {folder}/error.log warn;",
        "http {": "http {\n" + "".join(f"    {name}_temp_path {folder}/{name};\n" for name in TEMPORARY),
        "access_log /var/log/nginx/access.log": f"access_log {folder}/access.log",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};",
        "/var/cache/nginx/social-planet": f"{folder}/cache",
        "listen 80 default_server;": f"listen 127.0.0.1:{port} default_server;",
        "/srv/social-planet/var/static/": f"{folder}/static/",
        "/srv/social-planet/var/media/": f"{folder}/media/",
    }
    text = CONF.read_text(encoding="utf-8")
    for production, here in places.items():
        if text.count(production) != 1:
            raise ValueError(
                f"deploy/nginx.conf: expected {production!r} once, found {text.count(production)}"
            )
        text = text.replace(production, here)
    conf = folder / "nginx.conf"
    conf.write_text(text, encoding="utf-8")
    return conf


def program() -> str:
    """Path of nginx, which Debian keeps out of an ordinary user's PATH; LookupError if it is missing."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not found:
        raise LookupError("nginx is missing: `make test` and `make bench` install it")
    return found


def words(folder: Path, conf: Path) -> list[str]:
    """The command, without its action."""
    return [program(), "-p", str(folder), "-c", str(conf), "-e", f"{folder}/error.log"]


def complaints(folder: Path, conf: Path) -> str:
    """What `nginx -t` says against the configuration; empty if nothing."""
    said = subprocess.run(
        [*words(folder, conf), "-t"], capture_output=True, text=True, check=False, timeout=30
    )
    return said.stderr if said.returncode or "warn" in said.stderr else ""


@contextmanager
def running(folder: Path, *, upstream: int) -> Iterator[int]:
    """nginx before the server on port `upstream`; gives its port, RuntimeError if it does not start."""
    port = free_port()
    conf = written(folder, port=port, upstream=upstream)
    with (folder / "nginx.out").open("wb") as out:
        process = start([*words(folder, conf), "-g", "daemon off;"], out, cwd=folder)
    try:
        _wait_for(process, port, folder)
        yield port
    finally:
        end(process)


def _wait_for(process: subprocess.Popen, port: int, folder: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=STARTS_WITHIN)
            connection.connect()
            connection.close()
            return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise RuntimeError(f"nginx did not start: {(folder / 'nginx.out').read_text(encoding='utf-8')}")
