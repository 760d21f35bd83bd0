"""The way out of the mails of matches: a signed key of the member, never the address."""

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.urls import reverse

from community.models import Member

_SIGNER = signing.Signer(sep=".", salt="initiatives.exchange.matching")


def way_out(member: Member) -> str:
    """The whole address of the page that ends them, in the active language."""
    return settings.SITE_URL + reverse("exchange:match_letters", args=[_SIGNER.sign(member.pk)])


def member_of(token: str) -> Member | None:
    """Whose mails a token ends, None where the account is gone; Http404 for a forged one."""
    try:
        key = _SIGNER.unsign(token)
    except signing.BadSignature:
        raise Http404("No letter has this link.") from None
    return Member.objects.filter(pk=int(key), is_active=True).first()
