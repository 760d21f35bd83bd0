"""The log of likes, sealed afterwards: each line by SHA-256 over the seal before it and what it says.

Lines are written without a number, so that no like waits for another. The worker notes the likes that have no line,
and numbers what is there by id. A line that was begun earlier and committed later is sealed with the next ones; the
lines on one like stay in their order, as its row is locked by whoever writes one.
"""

import hashlib
import json
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from ..models import Campaign, Like, LikeLine
from .noting import note

BATCH = 5_000
_SEAL = """
UPDATE campaigns_likeline l SET number = s.number, seal = s.seal
FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS s (id, number, seal) WHERE l.id = s.id
"""


def written(at: datetime) -> str:
    """An instant as the tally has it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def seal_of(before: str, line: tuple[int, str, str, str, str, str]) -> str:
    """The seal of a line (number, voter, nomination, act, reason, at) behind the seal of the one before."""
    return hashlib.sha256((before + json.dumps(line)).encode()).hexdigest()


def seal(campaign: Campaign) -> int:
    """Seal all lines that are there, batch by batch; their number."""
    total = 0
    while sealed := _batch(campaign.pk):
        total += sealed
    return total


def seal_new() -> int:
    """Seal what is new in all campaigns; the number of lines."""
    lines = LikeLine.objects.filter(campaign=OuterRef("pk"), seal="")
    likes = Like.objects.filter(ballot__campaign=OuterRef("pk"), is_logged=False)
    return sum(seal(campaign) for campaign in Campaign.objects.filter(Exists(lines) | Exists(likes)))


@transaction.atomic
def _batch(campaign: int) -> int:
    # Two workers take turns; likes lock no campaign, but for the first.
    slug = Campaign.objects.select_for_update(of=("self",), no_key=True).only("slug").get(pk=campaign).slug
    note(campaign)
    before = LikeLine.objects.filter(campaign=campaign, number__isnull=False).order_by("-number").first()
    number, last = (before.number, before.seal) if before else (0, slug)
    rows = LikeLine.objects.filter(campaign=campaign, seal="").order_by("id")
    found = rows.values_list("id", "voter", "nomination__initiative__uuid", "act", "reason", "at")[:BATCH]
    keys, numbers, seals = [], [], []
    for key, voter, initiative, act, reason, at in found:
        number += 1
        last = seal_of(last, (number, str(voter), str(initiative), act, reason, written(at)))
        keys.append(key)
        numbers.append(number)
        seals.append(last)
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(_SEAL, [keys, numbers, seals])
    return len(keys)
