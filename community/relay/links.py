"""The link by which somebody answers a message: nothing is stored that would open it, a signature proves it."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from .models import KEPT_FOR, RelayedMessage

_SIGNER = signing.Signer(sep=".", salt="community.relay")


def address_of(message: RelayedMessage) -> str:
    """The whole address, in the language at hand."""
    return settings.SITE_URL + reverse("member_reply", args=[_SIGNER.sign(str(message.pk))])


def message_of(token: str) -> RelayedMessage | None:
    """The message that a token names; None for a forged one, or where its time is over."""
    try:
        pk = int(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    rows = RelayedMessage.objects.select_related("sender", "receiver")
    kept = rows.filter(pk=pk, at__gt=timezone.now() - KEPT_FOR)
    return kept.filter(sender__is_active=True, receiver__is_active=True).first()
