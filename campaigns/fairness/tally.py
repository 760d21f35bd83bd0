"""The log and the results as files, for whoever wants to count again: only once the results are published."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..enums import CHOSEN, NominationState
from ..models import Campaign, LikeLine
from ..results.actions import accepted_at, last_seal
from .sealing import written

COLUMNS = ("number", "voter", "nomination", "theme", "act", "reason", "at", "seal")
SCRIPT = Path(__file__).with_name("recompute.py")
AT_ONCE = 2_000


class _Echo:
    """What the writer of the CSV module writes to: it gives each line back."""

    def write(self, line: str) -> str:
        """The line."""
        return line


def lines(campaign: Campaign) -> Iterator[str]:
    """tally.csv, line by line: pseudonyms, no members."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    rows = LikeLine.objects.filter(campaign=campaign, number__isnull=False).order_by("number")
    found = rows.values_list(
        "number",
        "voter",
        "nomination__initiative__uuid",
        "nomination__theme__theme__slug",
        "act",
        "reason",
        "at",
        "seal",
    )
    for *first, at, seal in found.iterator(chunk_size=AT_ONCE):
        yield writer.writerow([*first, written(at), seal])


def results(campaign: Campaign) -> dict[str, Any]:
    """results.json: the rule, what was published, and the end of the log."""
    rows = campaign.nominations.select_related("initiative", "theme__theme").only(
        "state",
        "place",
        "likes_counted",
        "answered_at",
        "initiative__uuid",
        "initiative__name",
        "theme__theme__slug",
    )
    every = list(rows.order_by("pk"))
    number, seal = last_seal(campaign)
    chosen = (row for row in every if row.state in CHOSEN)
    return {
        "campaign": campaign.slug,
        "tie_rule": campaign.tie_rule,
        "laureates_each": campaign.laureates_each,
        "lines": number,
        "seal": seal,
        # Of every nomination, as some may have been withdrawn after they were liked.
        "themes": {str(row.initiative.uuid): row.theme.theme.slug for row in every},
        "nominations": [
            {
                "nomination": str(row.initiative.uuid),
                "name": row.initiative.name,
                "theme": row.theme.theme.slug,
                "accepted": accepted_at(row),
                "likes": row.likes_counted,
                "place": row.place,
                "laureate": row.state == NominationState.LAUREATE,
            }
            for row in chosen
        ],
    }
