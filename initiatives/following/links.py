"""The way out of the mail of one thing that somebody follows."""

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.urls import reverse

from ..models import Follow

_SIGNER = signing.Signer(sep=".", salt="initiatives.following")


def way_out(follow: Follow) -> str:
    """The whole address of the page that ends it, in the active language."""
    return settings.SITE_URL + reverse("follow_letters", args=[_SIGNER.sign(follow.pk)])


def follow_of(token: str) -> Follow | None:
    """What a token ends, None where it has ended; Http404 for a forged one."""
    try:
        key = _SIGNER.unsign(token)
    except signing.BadSignature:
        raise Http404("No letter has this link.") from None
    rows = Follow.objects.select_related("initiative").filter(member__is_active=True)
    return rows.filter(pk=int(key)).first()
