"""Ask a website whether it is there, without being led to a place that is not public."""

import ipaddress
import re
import socket
import ssl
import time
from contextlib import ExitStack
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

PORTS = frozenset({80, 443})
SECONDS = 10
MOST_REDIRECTS = 5
MOST_BYTES = 64 * 1024
REDIRECTS = (301, 302, 303, 307, 308)
HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
UNICAST = ipaddress.ip_network("2000::/3")


class RefusedError(Exception):
    """An address that we do not ask."""


def is_alive(status: int) -> bool:
    """Whether an answer means that somebody is there; some refuse programs, others are busy."""
    return 0 < status < 500 and status not in (404, 410)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public network; IPv6 that wraps an IPv4 address is judged by that."""
    ip = ipaddress.ip_address(address)
    if ip.version == 6:
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip not in UNICAST or ip.sixtofour is not None or ip.teredo is not None:
            return False
    return ip.is_global and not ip.is_multicast


def addresses(host: str, port: int) -> list[str]:
    """All IP addresses of a name; RefusedError if one of them is not public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ips = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not ips or not all(is_public(ip) for ip in ips):
        raise RefusedError(f"{host} is not public.")
    return ips


def _target(url: str) -> tuple[SplitResult, str, int]:
    """An address in parts, with host and port; RefusedError where we do not go."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if parts.scheme not in ("http", "https") or port not in PORTS or "@" in parts.netloc:
        raise RefusedError("Only plain addresses of the web.")
    if not HOST.fullmatch(host):
        raise RefusedError("No name of a host.")
    return parts, host, port


def _request(method: str, parts: SplitResult, host: str, port: int) -> bytes:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    name = f"[{host}]" if ":" in host else host
    if port != (443 if parts.scheme == "https" else 80):
        name += f":{port}"
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: {name}",
        f"User-Agent: {settings.SITE_NAME} (+{settings.SITE_URL})",
        "Accept: */*",
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _head(ip: str, secure: bool, host: str, port: int, asking: bytes) -> bytes:
    """The head of the answer of that very address, all within the seconds; its body is never read."""
    until = time.monotonic() + SECONDS

    def left() -> float:
        if (seconds := until - time.monotonic()) <= 0:
            raise TimeoutError
        return seconds

    with ExitStack() as open_ones:
        link = open_ones.enter_context(socket.create_connection((ip, port), timeout=left()))
        if secure:
            link.settimeout(left())
            context = ssl.create_default_context()
            link = open_ones.enter_context(context.wrap_socket(link, server_hostname=host))
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
    parts, host, port = _target(url)
    asking = _request(method, parts, host, port)
    failure: OSError | None = None
    for ip in addresses(host, port)[:2]:
        try:
            head = _head(ip, parts.scheme == "https", host, port, asking).decode("latin-1")
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
