"""Links that end letters of one kind without signing in: a signed fingerprint, never the address."""

import re

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from .enums import Kind
from .sending import known

_SIGNER = signing.Signer(sep=".", salt="community.letters")
# Links of the first kind are about, without a mark.
MARKS = {Kind.YEARLY: "", Kind.DESK: "-desk"}
NAMED = re.compile(r"([0-9a-f]{64})(|-desk)")


def token_of(fingerprint: str, kind: Kind) -> str:
    """What stands in the address of the page."""
    return _SIGNER.sign(fingerprint + MARKS[kind])


def named(token: str) -> tuple[str, Kind] | None:
    """The fingerprint and the kind that a token names; None for a forged one."""
    try:
        found = NAMED.fullmatch(_SIGNER.unsign(token))
    except signing.BadSignature:
        return None
    return (found[1], next(kind for kind, mark in MARKS.items() if mark == found[2])) if found else None


def address_of(fingerprint: str, language: str, kind: Kind = Kind.YEARLY) -> str:
    """The whole address of the page, in the language of the letter."""
    with translation.override(known(language)):
        return settings.SITE_URL + reverse("letters", args=[token_of(fingerprint, kind)])
