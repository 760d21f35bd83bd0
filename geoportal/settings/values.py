"""Values from the environment that need more than a type: checked, so that what is wrong is said at once."""

from urllib.parse import urlsplit

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
