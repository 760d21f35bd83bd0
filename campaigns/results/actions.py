"""The results of a campaign: counted once, when all likes are in, all lines sealed and all flags decided."""

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from community.models import Member

from ..enums import Act, FlagState, NominationState, Phase
from ..fairness.flags import raise_in
from ..fairness.sealing import seal, written
from ..locks import hold
from ..models import Campaign, LikeLine
from .counting import Candidate, placed

# The last word on each pair of voter and nomination.
_REPLAY = """
SELECT nomination_id, count(*) FROM (
  SELECT DISTINCT ON (voter, nomination_id) nomination_id, act FROM campaigns_likeline
  WHERE campaign_id = %s ORDER BY voter, nomination_id, number DESC
) last WHERE act = %s GROUP BY nomination_id
"""


class NotOverError(Exception):
    """Likes are not over."""


class OpenFlagsError(Exception):
    """So many flags are not decided; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} flags are open.")
        self.count = count


class MismatchError(Exception):
    """The likes that are stored are not those that the log tells of: somebody has written past the actions."""


def publish_results(campaign: Campaign, *, by: Member | None) -> Campaign:
    """Count, say who the laureates are, and publish; a second time nothing happens. `by=None` is the worker.

    NotOverError before likes are over, OpenFlagsError while two people have not decided, MismatchError.
    """
    if by is not None and not by.has_perm("campaigns.run_campaign", campaign):
        raise PermissionDenied("run_campaign is not for this member.")
    # In a transaction of its own: what is odd about the last minutes is kept even though nothing is published then.
    if campaign.phase != Phase.RESULTS:
        raise_in(campaign)
    return _publish(campaign)


@transaction.atomic
def _publish(campaign: Campaign) -> Campaign:
    hold(campaign.pk)
    stored = Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=campaign.pk)
    if stored.phase == Phase.RESULTS:
        return stored
    is_past = stored.phase == Phase.LIKES and stored.likes_until <= timezone.now()
    if not (is_past or stored.phase == Phase.COUNTING):
        raise NotOverError
    if count := stored.flags.filter(state=FlagState.OPEN).count():
        raise OpenFlagsError(count)
    seal(stored)
    _count(stored)
    stored.phase = Phase.RESULTS
    stored.save(update_fields=["phase"])
    return stored


def last_seal(campaign: Campaign) -> tuple[int, str]:
    """Number and seal of the last line; of a log without lines 0 and the slug."""
    rows = LikeLine.objects.filter(campaign=campaign, number__isnull=False).order_by("-number")
    return rows.values_list("number", "seal").first() or (0, campaign.slug)


def _count(campaign: Campaign) -> None:
    valid = Count("likes", filter=Q(likes__voided_at=None))
    rows = list(
        campaign.nominations.filter(state=NominationState.SELECTED)
        .select_related("initiative")
        .only("state", "theme", "answered_at", "initiative__uuid")
        .annotate(valid=valid)
        .order_by("pk")
    )
    logged = _logged(campaign)
    for row in rows:
        if row.valid != logged.get(row.pk, 0):
            raise MismatchError(
                f"Nomination {row.pk}: {row.valid} likes, {logged.get(row.pk, 0)} in the log."
            )
    candidates = [
        Candidate(row.pk, str(row.initiative.uuid), row.theme_id, accepted_at(row), row.valid) for row in rows
    ]
    _number, last = last_seal(campaign)
    found = placed(candidates, tie_rule=campaign.tie_rule, laureates_each=campaign.laureates_each, seal=last)
    by_key = {row.pk: row for row in rows}
    for one in found:
        row = by_key[one.candidate.nomination]
        row.likes_counted, row.place = one.candidate.likes, one.place
        if one.is_laureate:
            row.state = NominationState.LAUREATE
    campaign.nominations.bulk_update(rows, ["likes_counted", "place", "state"])


def accepted_at(nomination) -> str:
    """When its people accepted it, as the tally writes instants; of one that was never asked, last of all."""
    return written(nomination.answered_at) if nomination.answered_at else "~"


def _logged(campaign: Campaign) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_REPLAY, [campaign.pk, Act.LIKE])
        return dict(cursor.fetchall())
