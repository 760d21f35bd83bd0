"""A like given or taken back: asked for twice it is once, and no cap is passed whoever presses at the same time.

Each is one transaction, that of its statements (`sql.py`); a ballot is made in one of its own before.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models import Member
from geo.statements import prepared, prepared_together

from ..models import Ballot, Nomination
from . import errors, sql
from .ballots import is_theirs, make
from .enums import Outcome

# What stood against a like may go away before it is asked why: somebody presses on another device.
TRIES = 4


def like(nomination: Nomination, *, by: Member | Ballot, network: str = "") -> bool:
    """Like a nomination; whether it is new. LikeError with a sentence; PermissionDenied.

    `network` is the digest of where a member asks from, kept with their ballot when this is their first like.
    """
    _check_may_like(nomination, by)
    statements = _statements(by)
    is_first = nomination.campaign.frozen_at is None
    asked = (statements.hold, statements.first_like if is_first else statements.like)
    for _time in range(TRIES):
        held, written = _ask(asked, nomination, by)
        if not held and isinstance(by, Member):
            make(nomination.campaign_id, by, network)
            held, written = _ask(asked, nomination, by)
        if written:
            return True
        if not _would_be_new(statements, nomination, by):
            return False
    raise errors.AgainError(_("Something changed in this moment. Please press once more."))


def unlike(nomination: Nomination, *, by: Member | Ballot) -> bool:
    """Take a like back; whether there was one. LikeError with a sentence."""
    statements = _statements(by)
    _held, told = _ask((statements.hold, statements.unlike), nomination, by)
    # Who has no ballot has given nothing.
    return bool(told) and _came(*told[0])


def _statements(by: Member | Ballot) -> sql.Statements:
    return sql.OF_MEMBER if isinstance(by, Member) else sql.OF_BALLOT


def _values(nomination: Nomination, by: Member | Ballot) -> dict[str, int]:
    return {"campaign": nomination.campaign_id, "nomination": nomination.pk, "key": by.pk}


def _ask(statements: tuple[str, str], nomination: Nomination, by: Member | Ballot) -> list[list[tuple]]:
    """Hold the ballot, and act; rows of both."""
    return prepared_together(statements, **_values(nomination, by))


def _would_be_new(statements: sql.Statements, nomination: Nomination, by: Member | Ballot) -> bool:
    """Why no like was written: False where it is there already, True if it would be written now; LikeError else."""
    told = prepared(statements.why, **_values(nomination, by))
    if not told:
        raise errors.NotSelectedError(_not_selected())
    return _came(*told[0])


def _check_may_like(nomination: Nomination, by: Member | Ballot) -> None:
    if isinstance(by, Ballot):
        if by.campaign_id != nomination.campaign_id:
            raise PermissionDenied("This ballot is of another campaign.")
        is_verified, is_own = True, is_theirs(by, nomination)
    else:
        asked = {"member": by.pk, "initiative": nomination.initiative_id, "today": timezone.localdate()}
        found = prepared(sql.MAY, **asked)
        if not found:
            raise PermissionDenied("An account that is closed likes nothing.")
        is_verified, is_own = found[0]
    if is_own:
        raise errors.OwnError(_("This is an initiative of your own: the likes of others count."))
    if not is_verified:
        raise errors.UnverifiedError(_("Confirm your e-mail address first: then your likes count."))


def _came(outcome: str, likes_from: datetime, likes_until: datetime, zone: str, most: int | None) -> bool:
    """Whether something changed; an error for what was refused."""
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


def _not_selected() -> str:
    return _("This initiative is not among the selected ones.")
