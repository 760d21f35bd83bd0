"""Links by which somebody who suggested a change says that the address is theirs."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from community.letters.sending import known

from ..models import Proposal

_SIGNER = signing.Signer(sep=".", salt="initiatives.proposal.address")
# An address that nobody has confirmed by then is forgotten.
WITHIN = timedelta(days=30)


def token_of(proposal: Proposal) -> str:
    """What stands in the address of the page."""
    return _SIGNER.sign(f"{proposal.pk}-{proposal.letterbox_id}")


def proposal_of(token: str) -> Proposal | None:
    """The proposal that a token names, while its address is kept; None for a forged one, or one that is gone."""
    try:
        pk, letterbox = map(int, _SIGNER.unsign(token).split("-"))
    except (signing.BadSignature, ValueError):
        return None
    found = Proposal.objects.select_related("initiative", "letterbox").filter(pk=pk, letterbox=letterbox)
    return found.exclude(email="").first()


def address_of(proposal: Proposal) -> str:
    """The whole address of the page, in the language of its letters."""
    with translation.override(known(proposal.language)):
        return settings.SITE_URL + reverse("answers", args=[token_of(proposal)])
