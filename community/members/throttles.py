"""How often the API answers: readers by token, else by address; changes by member."""

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.conf import settings
from rest_framework.authentication import get_authorization_header
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from geo import counting

from . import tokens
from .authentication import SCHEME

if TYPE_CHECKING:
    # It reads the settings, which name this module.
    from rest_framework.views import APIView

SPAN = 60
# Whoever has one IPv6 address has all of its network.
WIDTH = 64


def _network(address: str) -> str:
    """What stands for an address: itself, or the network of an IPv6 one."""
    try:
        one = ip_address(address)
    except ValueError:
        return address
    return str(one if one.version == 4 else ip_network((one, WIDTH), strict=False))


class SharedThrottle(BaseThrottle):
    """So many requests a minute, counted by all processes together, told in the headers of each answer."""

    def counted(self, request: Request) -> tuple[str, int]:
        """The name that is counted and how many a minute it has, 0 for as many as it likes."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count the request; False beyond the limit."""
        name, limit = self.counted(request)
        if not limit:
            return True
        taken = counting.take(name, SPAN)
        self.rest = taken.rest
        view.headers["RateLimit-Limit"] = str(limit)
        view.headers["RateLimit-Remaining"] = str(max(0, limit - taken.number))
        view.headers["RateLimit-Reset"] = str(taken.rest)
        return taken.number <= limit

    def wait(self) -> int:
        """Seconds until it is allowed again."""
        return self.rest


class ReadingThrottle(SharedThrottle):
    """Who reads: a token that is good counts by itself, everyone else by where they are."""

    def counted(self, request: Request) -> tuple[str, int]:
        """By token or address; a change is counted by its own."""
        if request.method not in SAFE_METHODS:
            return "", 0
        scheme, _space, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        token = tokens.found(secret.strip()) if scheme.lower() == SCHEME.lower() else None
        if token is not None:
            return f"token {token.pk}", settings.API_READS_BY_TOKEN
        if not settings.API_READS_BY_ADDRESS:
            return "", 0
        address = get_adapter().get_client_ip(request)
        return f"address {_network(address)}", settings.API_READS_BY_ADDRESS


class WritingThrottle(SharedThrottle):
    """Who changes something, by member."""

    def counted(self, request: Request) -> tuple[str, int]:
        """By member; nobody is refused for another reason before."""
        return (f"member {request.user.pk}", settings.API_WRITES) if request.user else ("", 0)
