"""Keyed digests of addresses and networks: enough to see two alike, of no use to whoever reads the table.

Each campaign has keys of its own, derived from SECRET_KEY, so that nobody is followed from one to the next.
"""

import ipaddress

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# Whoever has one address there has all of them.
IPV4, IPV6 = 24, 48


def _digest(campaign: int, kind: str, value: str, secret: str | None = None) -> str:
    return salted_hmac(f"campaigns.{kind}.{campaign}", value, secret=secret, algorithm="sha256").hexdigest()


def plain(email: str) -> str:
    """An address as its mailbox: in small letters, without what stands after a plus."""
    name, _at, domain = email.strip().lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


def of_address(campaign: int, email: str) -> str:
    """The digest of an address."""
    return _digest(campaign, "address", plain(email))


def all_of_address(campaign: int, email: str) -> list[str]:
    """The same with former keys, too, so that a new key makes no new voter."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_digest(campaign, "address", plain(email), secret=key) for key in keys]


def of_network(campaign: int, request: HttpRequest) -> str:
    """The digest of the network that asks: 256 neighbours of an IPv4 address, a site of IPv6."""
    text = get_adapter().get_client_ip(request)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        # What a proxy writes for an address that it does not know.
        return _digest(campaign, "network", text)
    address = getattr(address, "ipv4_mapped", None) or address
    width = IPV4 if address.version == 4 else IPV6
    return _digest(campaign, "network", str(ipaddress.ip_network((address, width), strict=False)))


def of_code(campaign: int, address: str, code: str) -> str:
    """The digest of a code that was mailed to an address."""
    return _digest(campaign, "code", f"{address} {code}")
