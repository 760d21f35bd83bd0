"""What looks odd among likes, found by the worker and raised once; people decide what it means.

While a flag is open, ballots that come later join it. Once it is decided, a network or a throw-away service is raised
anew only for ballots that were not decided on.
"""

from datetime import timedelta

from django.db import connection, transaction

from ..enums import FlagKind, FlagState, Phase
from ..models import Campaign
from .flags_sql import BURSTS, JOIN, NETWORKS, RAISE, THROW_AWAY

# Likes for one nomination within so many minutes: this many at least, and so many times its usual.
MINUTES, LEAST, TIMES = 10, 30, 8
# Ballots of one network: a household or an office may have as many.
NEIGHBOURS = 10


def raise_all() -> int:
    """Look at all campaigns in which likes count; the number of new flags."""
    return sum(raise_in(campaign) for campaign in Campaign.objects.filter(phase__in=UNDER_WAY))


UNDER_WAY = (Phase.LIKES, Phase.COUNTING)


@transaction.atomic
def raise_in(campaign: Campaign) -> int:
    """Raise what is odd in one campaign, and add to open flags what belongs there; the number of new ones."""
    values = {
        "campaign": campaign.pk,
        "open": FlagState.OPEN,
        "span": timedelta(minutes=MINUTES),
        "least": LEAST,
        "times": TIMES,
        "neighbours": NEIGHBOURS,
    }
    new = 0
    with connection.cursor() as cursor:
        for kind, found in (
            (FlagKind.BURST, BURSTS),
            (FlagKind.NETWORK, NETWORKS),
            (FlagKind.DISPOSABLE, THROW_AWAY),
        ):
            cursor.execute(RAISE.format(found=found), {**values, "kind": kind})
            new += cursor.rowcount
            cursor.execute(JOIN.format(found=found), {**values, "kind": kind})
    return new
