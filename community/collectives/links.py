"""Links of mails: nothing is stored that would open them, a signature proves them."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from ..inviting.links import Links
from .models import CollectiveClaim, Invitation

_CLAIM = signing.Signer(sep=".", salt="community.collective_claim")
# Where the session keeps the page of an invitation while somebody makes an account: its name and the token.
KEPT = "invited_to"
_LINKS = Links("community.invitation")


def claim_token(claim: CollectiveClaim) -> str:
    """What stands in the address that confirms a claim; another address of the mail makes another link."""
    return _CLAIM.sign(f"{claim.pk}-{claim.made_at.timestamp():.0f}")


def invitation_token(invitation: Invitation) -> str:
    """What stands in the address of an invitation; each mail has its own."""
    return _LINKS.token(invitation)


def claim_of(token: str) -> CollectiveClaim | None:
    """The claim that a token names; None for a forged one, or one that is gone."""
    try:
        pk, _dash, _time = _CLAIM.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    rows = CollectiveClaim.objects.select_related("collective", "member").defer("collective__perimeter")
    found = rows.filter(pk=int(pk)).first()
    return found if found and claim_token(found) == token else None


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a token names; None for a forged one, one of a former mail, or one that is gone."""
    rows = Invitation.objects.select_related("collective").defer("collective__perimeter")
    return _LINKS.find(token, rows)


def language_of(code: str) -> str:
    """A language that the site speaks; French where it does not speak that one."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def whole(name: str, *args, language: str) -> str:
    """The whole address of a page, in a language."""
    with translation.override(language):
        return settings.SITE_URL + reverse(name, args=args)
