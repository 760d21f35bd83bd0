"""Links that end yearly questions without signing in: a signed fingerprint, never the address."""

import re

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from .sending import known

_SIGNER = signing.Signer(sep=".", salt="community.letters")
FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def token_of(fingerprint: str) -> str:
    """What stands in the address of the page."""
    return _SIGNER.sign(fingerprint)


def fingerprint_of(token: str) -> str | None:
    """The fingerprint that a token names; None for a forged one."""
    try:
        found = _SIGNER.unsign(token)
    except signing.BadSignature:
        return None
    return found if FINGERPRINT.fullmatch(found) else None


def address_of(fingerprint: str, language: str) -> str:
    """The whole address of the page, in the language of the letter."""
    with translation.override(known(language)):
        return settings.SITE_URL + reverse("letters", args=[token_of(fingerprint)])
