"""A like given or taken back: asked for twice it is once, and no cap is passed whoever presses at the same time."""

import uuid

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from community.models import Member
from geo.statements import prepared

from ..models import Ballot, Nomination
from . import errors, sql
from .ballots import is_theirs, make
from .enums import Outcome


def like(nomination: Nomination, *, by: Member | Ballot, network: str = "") -> bool:
    """Like a nomination; whether it is new. LikeError with a sentence; PermissionDenied.

    `network` is the digest of where a member asks from, kept with their ballot when this is their first like.
    """
    _check_may_like(nomination, by)
    return _ask(sql.LIKE, nomination, by, network)


def unlike(nomination: Nomination, *, by: Member | Ballot) -> bool:
    """Take a like back; whether there was one. LikeError with a sentence."""
    return _ask(sql.UNLIKE, nomination, by, None)


def _check_may_like(nomination: Nomination, by: Member | Ballot) -> None:
    if isinstance(by, Ballot):
        if by.campaign_id != nomination.campaign_id:
            raise PermissionDenied("This ballot is of another campaign.")
        is_own = is_theirs(by, nomination)
    else:
        if not by.is_active:
            raise PermissionDenied("An account that is closed likes nothing.")
        # The rule itself: whoever may do all would like their own, too.
        is_own = not rules.has_perm("campaigns.like", by, nomination)
    if is_own:
        raise errors.OwnError(_("This is an initiative of your own: the likes of others count."))
    if isinstance(by, Member) and not by.emailaddress_set.filter(verified=True).exists():
        raise errors.UnverifiedError(_("Confirm your e-mail address first: then your likes count."))


@transaction.atomic
def _ask(statement: str, nomination: Nomination, by: Member | Ballot, network: str | None) -> bool:
    """Within one transaction: hold the ballot, ask, say what came of it. Without `network` no ballot is made."""
    campaign = nomination.campaign_id
    held = _held(campaign, by)
    if held is None and network is not None and isinstance(by, Member):
        make(campaign, by, network)
        held = _held(campaign, by)
    # Who has no ballot has nothing to take back; the answer is the same as for any other that is not there.
    ballot, voter = held or (0, uuid.UUID(int=0))
    rows = prepared(statement, campaign=campaign, nomination=nomination.pk, ballot=ballot, voter=voter)
    if not rows:
        raise errors.NotSelectedError(_not_selected())
    outcome, likes_from, likes_until, zone, most = rows[0]
    if outcome == Outcome.EARLY:
        raise errors.early(likes_from, zone)
    if outcome == Outcome.LATE:
        raise errors.late(likes_until, zone)
    if outcome == Outcome.NOT_SELECTED:
        raise errors.NotSelectedError(_not_selected())
    if outcome == Outcome.VOID:
        raise errors.VoidError(_("This like was declared void; it cannot be given again or taken back."))
    if outcome == Outcome.CAP:
        raise errors.cap(most)
    if outcome == Outcome.THEME_CAP:
        raise errors.theme_cap(most)
    return outcome == Outcome.DONE


def _held(campaign: int, by: Member | Ballot) -> tuple[int, uuid.UUID] | None:
    statement = sql.HOLD_OF_MEMBER if isinstance(by, Member) else sql.HOLD
    rows = prepared(statement, campaign=campaign, key=by.pk)
    return rows[0][:2] if rows else None


def _not_selected() -> str:
    return _("This initiative is not among the selected ones.")
