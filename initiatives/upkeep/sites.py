"""Ask a website whether it is there, without being led to a place that is not public."""

import re
import socket
import ssl
import time
from contextlib import ExitStack
from urllib.parse import urljoin

from django.conf import settings

from .. import outgoing
from ..outgoing import MOST_REDIRECTS, REDIRECTS, RefusedError, Target

SECONDS = 10
MOST_BYTES = 64 * 1024


def is_alive(status: int) -> bool:
    """Whether an answer means that somebody is there; some refuse programs, others are busy."""
    return 0 < status < 500 and status not in (404, 410)


def _request(method: str, target: Target) -> bytes:
    lines = [
        f"{method} {target.path} HTTP/1.1",
        f"Host: {target.name}",
        f"User-Agent: {settings.SITE_NAME} (+{settings.SITE_URL})",
        "Accept: */*",
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _head(ip: str, target: Target, asking: bytes) -> bytes:
    """The head of the answer of that very address, all within the seconds; its body is never read."""
    until = time.monotonic() + SECONDS

    def left() -> float:
        if (seconds := until - time.monotonic()) <= 0:
            raise TimeoutError
        return seconds

    with ExitStack() as open_ones:
        link = open_ones.enter_context(socket.create_connection((ip, target.port), timeout=left()))
        if target.is_secure:
            link.settimeout(left())
            context = ssl.create_default_context()
            link = open_ones.enter_context(context.wrap_socket(link, server_hostname=target.host))
        link.settimeout(left())
        link.sendall(asking)
        read = b""
        while b"\r\n\r\n" not in read and len(read) < MOST_BYTES:
            link.settimeout(left())
            more = link.recv(min(4096, MOST_BYTES - len(read)))
            if not more:
                break
            read += more
    return read.partition(b"\r\n\r\n")[0]


def _once(method: str, url: str) -> tuple[int, str]:
    """Status of an address and where it leads, if it leads on."""
    target = outgoing.target(url)
    asking = _request(method, target)
    failure: OSError | None = None
    for ip in outgoing.addresses(target.host, target.port)[:2]:
        try:
            head = _head(ip, target, asking).decode("latin-1")
        except OSError as error:
            failure = error
            continue
        if (status := re.match(r"HTTP/1\.[01] (\d{3})", head)) is None:
            raise RefusedError("That is no answer of the web.")
        leads = re.search(r"^location:[ \t]*(\S+)", head, re.I | re.M)
        number = int(status[1])
        return number, urljoin(url, leads[1]) if leads and number in REDIRECTS else ""
    raise failure or OSError


def _followed(method: str, url: str) -> int:
    for _hop in range(MOST_REDIRECTS + 1):
        status, url = _once(method, url)
        if not url:
            return status
    raise RefusedError("It leads on and on.")


def probe(website: str) -> int:
    """The status that a website answers with, redirects followed; 0 where there is none or we may not ask."""
    status = 0
    for method in ("HEAD", "GET"):
        try:
            status = _followed(method, website)
        except (RefusedError, OSError, ValueError):
            status = 0
        # Some know no HEAD.
        if is_alive(status) and status != 405:
            break
    return status
