"""Values from the environment that need more than a type: checked, so that what is wrong is said at once."""

from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured


def origin(name: str, address: str) -> str:
    """Scheme and host of a template of tile addresses, as a Content-Security-Policy names them."""
    try:
        parts = urlsplit(address.replace("{s}", "*"))
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("https", "http") or not parts.netloc:
        expected = "an address such as https://tiles.example.org/{z}/{x}/{y}.png"
        raise ImproperlyConfigured(f"{name}: expected {expected}, came “{address[:80]}”.")
    return f"{parts.scheme}://{parts.netloc}"


def number(name: str, text: str) -> int:
    """A whole number from 0 on."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ImproperlyConfigured(f"{name}: expected a whole number from 0 on, came “{text[:80]}”.")
    return int(text)


def time_zone(name: str, text: str) -> str:
    """Where clocks of the site stand: of meetings, and of the hour at which summaries are sent."""
    if text not in available_timezones():
        raise ImproperlyConfigured(f"{name}: expected a zone such as Europe/Paris, came “{text[:80]}”.")
    return text


GEOCODERS = ("ban", "nominatim", "photon")


def geocoder(name: str, text: str) -> tuple[str, str] | None:
    """A service for addresses and where it is, if not at its public address; None where none is named."""
    if not text:
        return None
    service, _colon, base = text.partition(":")
    try:
        parts = urlsplit(base or "https://example.org")
        is_address = parts.scheme in ("https", "http") and bool(parts.hostname) and (parts.port or 1) > 0
        is_address = is_address and not (parts.query or parts.fragment or "@" in parts.netloc)
    except ValueError:
        is_address = False
    if service not in GEOCODERS or not is_address:
        expected = (
            f"one of {', '.join(GEOCODERS)}, if need be with an address: photon:https://photon.example.org"
        )
        raise ImproperlyConfigured(f"{name}: expected {expected}; came “{text[:80]}”.")
    return service, base.rstrip("/")
