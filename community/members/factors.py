"""Who must sign in with two things, and has or has not."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from .enums import Role
from .models import Member


def has_second_factor(member: Member) -> bool:
    """Whether the member has set one up that signing in asks for: codes on paper alone are none."""
    return get_adapter().is_mfa_enabled(member, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def lacks_second_factor(member: Member) -> bool:
    """Whether the member decides for others, where the site wants a second factor for that, and has none."""
    decides = member.is_staff or member.is_superuser or member.has_role(Role.MODERATOR)
    return settings.REVIEWERS_NEED_SECOND_FACTOR and decides and not has_second_factor(member)
