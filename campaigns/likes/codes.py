"""A ballot without an account: a code is mailed to an address, and whoever enters it has the ballot of that address."""

import secrets
import smtplib

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from community.letters.sending import Letter, known, send
from community.models import Member

from ..enums import Phase
from ..models import Ballot, BallotCode, Campaign
from ..models.code import GOOD_FOR
from . import ballots, digests, errors
from .disposable import is_disposable

DIGITS = 6


class CodeGoneError(Exception):
    """There is no such code any more: used, too old, or tried too often."""


class NotSentError(Exception):
    """No mail server took the mail."""


def check_open(campaign: Campaign) -> None:
    """Refuse where nothing can be liked now."""
    now = timezone.now()
    if campaign.phase in (Phase.DRAFT, Phase.CALL, Phase.SELECTION) or now < campaign.likes_from:
        raise errors.early(campaign.likes_from, campaign.time_zone)
    if campaign.phase != Phase.LIKES or now >= campaign.likes_until:
        raise errors.late(campaign.likes_until, campaign.time_zone)


def ask(campaign: Campaign, *, email: str, language: str) -> str:
    """Mail a code; the digest of the address. LikeError when likes are not open, NotSentError.

    An address with an account gets another mail, which says to sign in; the page says the same to both.
    """
    check_open(campaign)
    address = _known_address(campaign, email)
    if _has_account(email):
        _mail(email, language, lambda: _sign_in(campaign, language))
        return address
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    values = {
        "code": digests.of_code(campaign.pk, address, code),
        "tries": 0,
        "expires_at": timezone.now() + GOOD_FOR,
        "is_disposable": is_disposable(email),
    }
    BallotCode.objects.update_or_create(campaign=campaign, address=address, defaults=values)
    # Not by the worker: its tasks are kept for days, and nobody's address is.
    _mail(email, language, lambda: _code(campaign, code))
    return address


def prove(campaign: Campaign, *, address: str, code: str, network: str) -> Ballot | None:
    """The ballot of an address whose code it is; None for a wrong one, CodeGoneError where there is none any more."""
    with transaction.atomic():
        rows = BallotCode.objects.select_for_update(of=("self",))
        found = rows.filter(campaign=campaign, address=address).first()
        if found is None or found.is_over:
            raise CodeGoneError
        if constant_time_compare(found.code, digests.of_code(campaign.pk, address, code)):
            found.delete()
            return ballots.of_address(campaign.pk, address, network, disposable=found.is_disposable)
        found.tries += 1
        found.save(update_fields=["tries"])
    return None


def forget_old() -> int:
    """Delete codes whose time is over; their number."""
    return BallotCode.objects.filter(expires_at__lt=timezone.now()).delete()[0]


def _known_address(campaign: Campaign, email: str) -> str:
    """The digest under which an address has a ballot already, else that of today's key."""
    every = digests.all_of_address(campaign.pk, email)
    found = Ballot.objects.filter(campaign=campaign, address__in=every).values_list("address", flat=True)
    return found.first() or every[0]


def _has_account(email: str) -> bool:
    named = Q()
    for one in {email.strip().lower(), digests.plain(email)}:
        named |= Q(email__iexact=one) | Q(emailaddress__email__iexact=one, emailaddress__verified=True)
    return Member.objects.filter(named, is_active=True).exists()


def _mail(email: str, language: str, write) -> None:
    try:
        send(email, language, write)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError from error


def _code(campaign: Campaign, code: str) -> Letter:
    shown = {"title": campaign.title, "code": code, "minutes": int(GOOD_FOR.total_seconds() // 60)}
    # The number stands in the subject, where a phone shows it.
    subject = _("%(code)s is your code") % {"code": code}
    return Letter(subject, "campaigns/mail/code.txt", shown)


def _sign_in(campaign: Campaign, language: str) -> Letter:
    with translation.override(known(language)):
        link = settings.SITE_URL + reverse(settings.LOGIN_URL)
    shown = {"title": campaign.title, "link": link}
    return Letter(_("You have an account: sign in to like"), "campaigns/mail/sign_in.txt", shown)
