"""Links that show and correct a submission without an account: nothing is stored, a signature proves them."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from ..models import Submission

_SIGNER = signing.Signer(sep=".", salt="initiatives.submission")
# For the browser in which the form was sent: whether the mail is on its way, and no more. Who may do more than that
# has shown, by the link of the mail, that they read it.
_WAITING = signing.Signer(sep=".", salt="initiatives.submission.waiting")
# An address that nobody has confirmed by then is forgotten, and the draft with it.
CONFIRM_WITHIN = timedelta(days=7)


def token_of(submission: Submission) -> str:
    """What stands in the address of a submission's page."""
    return _SIGNER.sign(str(submission.initiative.uuid))


def waiting_token_of(submission: Submission) -> str:
    """What stands in the address of the page that waits for the mail."""
    return _WAITING.sign(str(submission.initiative.uuid))


def submission_of(token: str) -> Submission | None:
    """The submission that a token names, with its initiative; None for a forged one, or one that is gone."""
    return _named(_SIGNER, token)


def waiting_of(token: str) -> Submission | None:
    """The submission whose mail is waited for with that token; None likewise."""
    return _named(_WAITING, token)


def _named(signer: signing.Signer, token: str) -> Submission | None:
    try:
        uuid = signer.unsign(token)
    except signing.BadSignature:
        return None
    return Submission.objects.select_related("initiative").filter(initiative__uuid=uuid).first()


def address_of(submission: Submission) -> str:
    """The whole address of a submission's page, in the language of its mails."""
    with translation.override(submission.language):
        return settings.SITE_URL + reverse("submission", args=[token_of(submission)])


def has_expired(submission: Submission) -> bool:
    """Whether it is too late to confirm the address."""
    return not submission.is_confirmed and timezone.now() > submission.handed_in_at + CONFIRM_WITHIN
