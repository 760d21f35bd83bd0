"""How programs say for whom they act: `Authorization: Bearer sp_…`."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from . import tokens
from .models import Member

SCHEME = "Bearer"


class BearerAuthentication(BaseAuthentication):
    """A member by one of their access tokens (RFC 6750)."""

    def authenticate(self, request: Request) -> tuple[Member, None] | None:
        """The member, None without the header; AuthenticationFailed for a token that is none.

        PermissionDenied where its member decides for others without a second factor, as with a session.
        """
        scheme, _space, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        one = tokens.found(token.strip())
        if one is None:
            raise AuthenticationFailed(
                "This access token is not known; expected one from your account's page."
            )
        if tokens.lacks_second_factor(one):
            raise PermissionDenied(
                "You decide for others here: set up a second factor, then this token is good again."
            )
        return one.member, None

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return SCHEME
