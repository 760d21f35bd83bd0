"""Access tokens: made, told once, found again by their fingerprint."""

import hashlib
import secrets

from django.utils import timezone

from . import factors
from .models import AccessToken, Member

# So that a token that leaked is known for what it is.
PREFIX = "sp_"
SECRET_BYTES = 32
MOST = 20


class TooManyTokensError(Exception):
    """A member has as many tokens as one may have."""


def fingerprint(token: str) -> str:
    """SHA-256 of a token, hexadecimal; tokens are random, so nothing slower is needed to keep them."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue(member: Member, name: str) -> str:
    """A new token of a member, told here and never again; TooManyTokensError beyond twenty."""
    if member.access_tokens.count() >= MOST:
        raise TooManyTokensError
    token = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    AccessToken.objects.create(
        member=member,
        name=name,
        fingerprint=fingerprint(token),
        has_second_factor=factors.has_second_factor(member),
    )
    return token


def found(token: str) -> AccessToken | None:
    """The token with its active member, or None; the day of use is noted."""
    one = (
        AccessToken.objects.select_related("member")
        .filter(fingerprint=fingerprint(token), member__is_active=True)
        .first()
    )
    if one is None:
        return None
    today = timezone.localdate()
    if one.last_used_on != today:
        AccessToken.objects.filter(pk=one.pk).update(last_used_on=today)
    return one


def member_of(token: str) -> Member | None:
    """The active member whose token it is, or None."""
    one = found(token)
    return one.member if one else None


def lacks_second_factor(token: AccessToken) -> bool:
    """Whether the member decides for others and neither has a second factor nor had one when it was made.

    Who made a token before they were given that role would go on with the password alone.
    """
    return not token.has_second_factor and factors.lacks_second_factor(token.member)
