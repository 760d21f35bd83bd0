"""The link of a mail by which somebody renews an offer or need without signing in."""

import re

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from community.letters.sending import known
from community.models import Member

from ..models import Exchange

_SIGNER = signing.Signer(sep=".", salt="initiatives.exchange")
NAMED = re.compile(r"(\d+)-(\d+)")


def token_of(exchange: Exchange, member: Member) -> str:
    """What stands in the address of the page; it renews as this member, as long as they may."""
    return _SIGNER.sign(f"{exchange.pk}-{member.pk}")


def named(token: str) -> tuple[Exchange, Member] | None:
    """What a token renews, and as whom; None for a forged one, or where one of the two is gone."""
    try:
        found = NAMED.fullmatch(_SIGNER.unsign(token))
    except signing.BadSignature:
        return None
    rows = Exchange.objects.select_related("initiative", "collective", "author")
    exchange = found and rows.filter(pk=int(found[1])).first()
    member = found and Member.objects.filter(pk=int(found[2]), is_active=True).first()
    return (exchange, member) if exchange and member else None


def renewing(exchange: Exchange, member: Member) -> str:
    """The whole address of the page, in the language of who gets the mail."""
    with translation.override(known(member.language)):
        return settings.SITE_URL + reverse("exchange:renewing", args=[token_of(exchange, member)])
