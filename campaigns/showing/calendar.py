"""Where a campaign stands in time: its phases with their days, and how long the present one goes on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ..enums import Phase
from ..models import Campaign
from ..running.moments import last_day, place_of

# From when to when what may be done; results stay.
SPANS = (
    (Phase.CALL, "call_from", "selection_from"),
    (Phase.SELECTION, "selection_from", "likes_from"),
    (Phase.LIKES, "likes_from", "likes_until"),
    (Phase.RESULTS, "results_from", None),
)
ORDER = list(Phase)


@dataclass(frozen=True)
class Step:
    """A phase in the line of phases."""

    phase: Phase
    begins: datetime
    # The last day, of all but the results.
    ends: datetime | None
    is_done: bool
    is_current: bool

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.phase.label


@dataclass(frozen=True)
class Count:
    """How long the present phase goes on: in days, in hours on the last one."""

    phase: Phase
    number: int
    in_days: bool
    # Of how many such days or hours, for the ring.
    of: int
    until: datetime
    is_midnight: bool
    place: str


def steps(campaign: Campaign) -> list[Step]:
    """The four phases that people see; while likes are counted the results are at hand."""
    here = ORDER.index(Phase.RESULTS if campaign.phase == Phase.COUNTING else Phase(campaign.phase))
    return [
        Step(
            phase,
            getattr(campaign, begins),
            last_day(getattr(campaign, ends), campaign.time_zone)[0] if ends else None,
            is_done=ORDER.index(phase) < here,
            is_current=ORDER.index(phase) == here,
        )
        for phase, begins, ends in SPANS
    ]


def countdown(campaign: Campaign) -> Count | None:
    """Until the end of the present phase; none before the call, while likes are counted, and with the results."""
    span = next((span for span in SPANS if span[0] == campaign.phase and span[2]), None)
    if span is None:
        return None
    phase, begins, ends = span
    until, now = getattr(campaign, ends), timezone.now()
    left = max(until - now, timedelta())
    day, is_midnight = last_day(until, campaign.time_zone)
    place = place_of(campaign.time_zone)
    if left >= timedelta(days=1):
        whole = max((until - getattr(campaign, begins)).days, left.days, 1)
        return Count(phase, left.days, True, whole, day, is_midnight, place)
    return Count(phase, int(left.total_seconds() // 3600), False, 24, day, is_midnight, place)
