"""Addresses of pages, as people write them."""

import re
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_noop as _

from .phrases import LONGER, PhraseError

# The address of a record at its source may be longer than that of a website.
LONGEST, PAGE = 400, 600
# Most addresses are such: what is read here needs no second look, and would come out of it as it is.
PLAIN_URL = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,20}(?:/[A-Za-z0-9/_.~%+-]*)?"
)
url_validator = URLValidator(schemes=["http", "https"])


def normal_url(text: str, longest: int = LONGEST) -> str:
    """An address as http(s)://host/…, host in small letters; PhraseError says what was expected."""
    expected = PhraseError(_("expected an address such as https://example.org"))
    candidate = text.split()[0].strip("<>\"'") if text.split() else ""
    if "://" not in candidate:
        # A scheme without slashes (mailto:, javascript:) is none of ours; a port is.
        if re.match(r"^[a-z][a-z0-9+.-]*:(?!\d)", candidate, re.IGNORECASE):
            raise expected
        candidate = f"http://{candidate.lstrip('/')}"
    if len(candidate) > longest:
        raise PhraseError(LONGER, most=longest, came=len(candidate))
    if PLAIN_URL.fullmatch(candidate):
        return candidate
    try:
        parts = urlsplit(candidate)
        if parts.username or parts.password or "." not in (parts.hostname or ""):
            raise expected
        url = urlunsplit(
            (parts.scheme.lower(), parts.netloc.lower(), parts.path, parts.query, parts.fragment)
        )
        url_validator(url)
    except (ValueError, ValidationError) as error:
        raise expected from error
    return url
