"""Where a program of ours may go by itself: public addresses of the web, whatever a name leads to."""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

PORTS = frozenset({80, 443})
HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
UNICAST = ipaddress.ip_network("2000::/3")
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5


class RefusedError(Exception):
    """An address that we do not ask."""


@dataclass(frozen=True)
class Target:
    """An address of the web that may be asked, once its name is looked up."""

    parts: SplitResult
    host: str
    port: int

    @property
    def is_secure(self) -> bool:
        """Whether it is asked by TLS."""
        return self.parts.scheme == "https"

    @property
    def name(self) -> str:
        """As the header Host has it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.is_secure else 80) else f"{name}:{self.port}"

    @property
    def path(self) -> str:
        """What is asked for, safe within a line."""
        path = quote(self.parts.path or "/", safe="/%:@!$&'()*+,;=~")
        query = quote(self.parts.query, safe="/%:@!$&'()*+,;=~?")
        return f"{path}?{query}" if query else path


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
    """All IP addresses of a name; RefusedError if one of them is not public.

    One of these has to be connected to: a name looked up again may lead elsewhere.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ips = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not ips or not all(is_public(ip) for ip in ips):
        raise RefusedError(f"{host} is not public.")
    return ips


def target(url: str) -> Target:
    """An address in parts; RefusedError where we do not go."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise RefusedError("No address of the web.") from error
    if parts.scheme not in ("http", "https") or port not in PORTS or "@" in parts.netloc:
        raise RefusedError("Only plain addresses of the web.")
    if not HOST.fullmatch(host):
        raise RefusedError("No name of a host.")
    return Target(parts, host, port)
