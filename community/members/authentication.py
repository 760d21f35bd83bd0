"""How programs say for whom they act: `Authorization: Bearer sp_…`."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from .models import Member
from .tokens import member_of

SCHEME = "Bearer"


class BearerAuthentication(BaseAuthentication):
    """A member by one of their access tokens (RFC 6750)."""

    def authenticate(self, request: Request) -> tuple[Member, None] | None:
        """The member, None without the header; AuthenticationFailed for a token that is none."""
        scheme, _space, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        member = member_of(token.strip())
        if member is None:
            raise AuthenticationFailed(
                "This access token is not known; expected one from your account's page."
            )
        return member, None

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return SCHEME
