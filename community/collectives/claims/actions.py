"""Saying that a collective is theirs: by an address of its website, or by asking; deciding on it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from territories.enums import CollectiveStatus
from territories.models import Collective

from ...ledger.actions import record
from ...ledger.kinds import Kind
from ...members.enums import CollectiveRole
from ...members.models import Member
from .. import letters, rules
from ..actions import ClosedError, check_right, join, locked
from ..domains import domain_of, is_at
from ..enums import ClaimState, ClaimWay
from ..models import CollectiveClaim
from ..publishing import tell_published


def _new(collective: Collective, by: Member, way: ClaimWay, **values) -> CollectiveClaim:
    """One open claim of a member; ValidationError where there is one, or nothing to claim."""
    check_right(by, "claim_collective", collective)
    stored = locked(collective)
    if rules.facilitates(by, stored):
        raise ValidationError(_("You run this collective already."))
    former = stored.claims.open().filter(member=by).first()
    if former and former.way == ClaimWay.MAIL and former.has_expired:
        # Its link is dead; it only waits for the night to be deleted.
        former.delete()
    elif former:
        raise ValidationError(_("You have asked already: withdraw that first."))
    made = CollectiveClaim(collective=stored, member=by, way=way, **values)
    made.full_clean(validate_constraints=False)
    made.save()
    return made


def _tell_facilitators(claim: CollectiveClaim) -> None:
    for member in rules.facilitators(claim.collective).values_list("member", flat=True):
        letters.announce("ask", claim.pk, member)


@transaction.atomic
def by_mail(collective: Collective, *, by: Member, email: str) -> CollectiveClaim:
    """Have a link sent to an address at the domain of the website; ValidationError where it is not there."""
    domain = domain_of(collective.website)
    if not is_at(email, domain):
        told = _("Expected an address that ends in @%(domain)s.") % {"domain": domain}
        raise ValidationError({"email": told if domain else _("No address can prove this.")})
    claim = _new(collective, by, ClaimWay.MAIL, email=email)
    letters.announce("prove", claim.pk)
    return claim


@transaction.atomic
def by_request(collective: Collective, *, by: Member, message: str) -> CollectiveClaim:
    """Ask those who know the collective."""
    if not message.strip():
        raise ValidationError({"message": _("Say how you belong to it, so that somebody can vouch for you.")})
    claim = _new(collective, by, ClaimWay.REQUEST, message=message.strip())
    _tell_facilitators(claim)
    return claim


def _open(claim: CollectiveClaim) -> CollectiveClaim:
    """The stored one, of a collective that is locked; ClosedError once it is decided or gone."""
    collective = locked(claim.collective)
    stored = CollectiveClaim.objects.open().select_related("member").filter(pk=claim.pk).first()
    if stored is None:
        raise ClosedError
    stored.collective = collective
    return stored


def _close(claim: CollectiveClaim, state: ClaimState, by: Member | None, reason: str) -> CollectiveClaim:
    claim.state, claim.decided_at, claim.decided_by, claim.reason = state, timezone.now(), by, reason.strip()
    # What it proved stands in `confirmed_at`; whose mailbox it was, nobody needs any more.
    claim.email = ""
    claim.full_clean(validate_constraints=False)
    claim.save()
    letters.announce("answer", claim.pk)
    return claim


@transaction.atomic
def confirm(claim: CollectiveClaim, *, by: Member) -> CollectiveClaim:
    """The link of the mail was followed by who asked for it: at once a facilitator where nobody is, else it waits.

    ClosedError where it is too late, or the website is another by now.
    """
    if claim.member_id != by.pk:
        raise PermissionDenied("The link is for the account that asked for it.")
    stored = _open(claim)
    if stored.confirmed_at:
        return stored
    domain = domain_of(stored.collective.website)
    if stored.has_expired or not is_at(stored.email, domain) or not rules.is_published(by, stored.collective):
        raise ClosedError
    stored.confirmed_at = timezone.now()
    if rules.facilitators(stored.collective).exists():
        stored.save(update_fields=["confirmed_at"])
        _tell_facilitators(stored)
        return stored
    join(stored.collective, by, CollectiveRole.FACILITATOR)
    return _close(stored, ClaimState.ACCEPTED, None, "")


@transaction.atomic
def withdraw(claim: CollectiveClaim, *, by: Member) -> None:
    """Take back what waits; a new collective stays with its moderators."""
    check_right(by, "withdraw_claim", claim)
    stored = _open(claim)
    if stored.is_founding:
        raise ClosedError
    stored.delete()


@transaction.atomic
def decide(claim: CollectiveClaim, *, by: Member, accepted: bool, reason: str = "") -> CollectiveClaim:
    """Say yes, or no with a reason; a new collective is published or archived by it. ClosedError, ValidationError."""
    check_right(by, "decide_claim", claim)
    stored = _open(claim)
    if not stored.is_waiting:
        raise ClosedError
    if not accepted and not reason.strip():
        raise ValidationError({"reason": _("Say why, so that nobody is left without an answer.")})
    if not stored.is_founding:
        if accepted:
            join(stored.collective, stored.member, CollectiveRole.FACILITATOR)
    elif stored.collective.status == CollectiveStatus.DRAFT:
        stored.collective.status = CollectiveStatus.PUBLISHED if accepted else CollectiveStatus.ARCHIVED
        stored.collective.save(update_fields=["status"])
        if accepted:
            place = {"collective": stored.collective_id, "territory": stored.collective.territory_id}
            record(Kind.FOUNDED, by=stored.member, room="collectives", key=stored.collective.slug, **place)
            tell_published(stored.collective, by=by)
    return _close(stored, ClaimState.ACCEPTED if accepted else ClaimState.REFUSED, by, reason)
