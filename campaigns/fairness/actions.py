"""What two people decide on a flag: the same, and the likes are kept or declared void; else it stays open."""

import rules
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from community.models import Member

from ..enums import Act, FlagKind, FlagState
from ..locks import hold
from ..models import LikeFlag
from ..models.campaign import LONGEST_REASON
from .flags import MINUTES
from .noting import note

WORDS = (FlagState.KEPT, FlagState.VOIDED)
_VOID = """
WITH void AS (
  UPDATE campaigns_like l SET voided_at = clock_timestamp(), void_reason = %(reason)s
  FROM campaigns_likeflag_ballots fb, campaigns_ballot b
  WHERE fb.likeflag_id = %(flag)s AND l.ballot_id = fb.ballot_id AND b.id = l.ballot_id AND l.voided_at IS NULL
    AND (%(nomination)s::bigint IS NULL OR l.nomination_id = %(nomination)s
         AND l.at >= %(since)s::timestamptz AND l.at < %(since)s::timestamptz + make_interval(mins => %(minutes)s))
  RETURNING l.nomination_id, b.voter
)
INSERT INTO campaigns_likeline (campaign_id, voter, nomination_id, act, reason, at, seal)
SELECT %(campaign)s, voter, nomination_id, %(void)s, %(reason)s, clock_timestamp(), '' FROM void
"""


class ClosedError(Exception):
    """Two people have decided already."""


@transaction.atomic
def decide(flag: LikeFlag, *, by: Member, says: str, reason: str) -> LikeFlag:
    """Say that the likes are kept, or void; the second who says the same decides. ClosedError, ValidationError.

    Nobody decides alone, nor on likes of their own. Where two differ the flag stays open, until one of them thinks
    again or a third person agrees with one. The reason is published in the tally.
    """
    # Likes under way end first, so that none of those that are looked at escapes.
    hold(flag.campaign_id)
    stored = LikeFlag.objects.select_for_update(of=("self",)).get(pk=flag.pk)
    # The rule itself: whoever may do all would decide on their own likes, too.
    if not rules.has_perm("campaigns.decide_flag", by, stored):
        raise PermissionDenied("decide_flag is not for this member.")
    if stored.state != FlagState.OPEN:
        raise ClosedError
    reason = _checked(says, reason)
    other = _agrees(stored, by, says)
    if other is None:
        _note(stored, by, says, reason)
    else:
        stored.first_by_id, stored.second_by, stored.first_says = other, by, says
        stored.state, stored.decided_at = says, timezone.now()
        stored.reason = reason
    stored.save(update_fields=["first_by", "second_by", "first_says", "state", "decided_at", "reason"])
    if stored.state == FlagState.VOIDED:
        _void(stored)
    return stored


def is_disputed(flag: LikeFlag) -> bool:
    """Whether two people have said the opposite of each other."""
    return flag.state == FlagState.OPEN and flag.second_by_id is not None


def _checked(says: str, reason: str) -> str:
    if says not in WORDS:
        raise ValidationError({"says": _("Choose what becomes of these likes.")})
    # One line, as it stands in a table.
    reason = " ".join(reason.split())
    if not reason:
        raise ValidationError({"reason": _("Say why: everyone can read it in the tally.")})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": _("At most %(most)d characters.") % {"most": LONGEST_REASON}})
    return reason


def _agrees(flag: LikeFlag, by: Member, says: str) -> int | None:
    """Who else has said the same; with two words on it the second is the opposite of the first."""
    word_of = {flag.first_by_id: flag.first_says}
    if flag.second_by_id is not None:
        word_of[flag.second_by_id] = next(word for word in WORDS if word != flag.first_says)
    return next((one for one, word in word_of.items() if one not in (None, by.pk) and word == says), None)


def _note(flag: LikeFlag, by: Member, says: str, reason: str) -> None:
    """Keep the word of one who is alone with it so far."""
    if flag.first_by_id in (None, by.pk):
        flag.first_by, flag.first_says = by, says
    else:
        flag.second_by = by
    flag.reason = reason


def _void(flag: LikeFlag) -> None:
    """All likes of its ballots; of a burst only those that made it one."""
    # What is declared void has its line first.
    note(flag.campaign_id)
    nomination, since = None, None
    if flag.kind == FlagKind.BURST:
        key, _space, piece = flag.key.partition(" ")
        nomination, since = int(key), parse_datetime(piece)
    values = {
        "flag": flag.pk,
        "campaign": flag.campaign_id,
        "reason": flag.reason,
        "nomination": nomination,
        "since": since,
        "minutes": MINUTES,
        "void": Act.VOID,
    }
    with connection.cursor() as cursor:
        cursor.execute(_VOID, values)
