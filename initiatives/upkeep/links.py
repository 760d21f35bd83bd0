"""Links that answer for an initiative without an account: a signature proves them, and they expire."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from ..models import UpkeepRequest

_SIGNER = signing.Signer(sep=".", salt="initiatives.upkeep")
ANSWER_WITHIN = timedelta(days=60)


def token_of(asked: UpkeepRequest) -> str:
    """What stands in the address of a question."""
    return _SIGNER.sign(str(asked.pk))


def request_of(token: str) -> UpkeepRequest | None:
    """The question that a token names; None for a forged one, or one that is gone."""
    try:
        pk = int(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return UpkeepRequest.objects.select_related("initiative", "submission", "member").filter(pk=pk).first()


def has_expired(asked: UpkeepRequest) -> bool:
    """Whether it is too late to answer."""
    return timezone.now() > asked.asked_at + ANSWER_WITHIN


def language_of(asked: UpkeepRequest) -> str:
    """The language of the one who was asked; French where the site does not speak it."""
    language = asked.submission.language if asked.submission else asked.member.language
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def address_of(asked: UpkeepRequest) -> str:
    """The whole address of a question, in the language of its mail."""
    with translation.override(language_of(asked)):
        return settings.SITE_URL + reverse("still", args=[token_of(asked)])
