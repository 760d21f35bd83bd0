"""What fits an offer or need, the best first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ...models import Exchange
from . import candidates, facts
from .facts import Facts
from .scoring import SHARE_OF_BEST, Score, score

MOST = 10


@dataclass(frozen=True)
class Match:
    """One that fits, with the points and their reasons."""

    exchange: Exchange
    score: Score


def found_for(
    asking: Facts, now: datetime | None = None, but: Collection[int] = ()
) -> list[tuple[Facts, Score]]:
    """All that fit, `but` some; ties by date, then by number, the newest first."""
    now = now or timezone.now()
    uses = candidates.uses_of(asking)
    asking, others = facts.with_areas(asking, facts.of(candidates.of(asking, uses).exclude(pk__in=but)))
    scored = ((other, score(asking, other, uses, now)) for other in others)
    kept = [(other, points) for other, points in scored if points is not None and points.is_enough]
    kept.sort(key=lambda pair: (pair[1].points, pair[0].published_at, pair[0].pk), reverse=True)
    least = kept[0][1].points * SHARE_OF_BEST if kept else 0
    return [pair for pair in kept if pair[1].points >= least]


def matches_of(
    exchange: Exchange, *, most: int = MOST, now: datetime | None = None, but: Collection[int] = ()
) -> list[Match]:
    """The best that fit and that its people did not put aside, `but` some."""
    put_aside = exchange.matches.exclude(dismissed_at=None).values_list("other", flat=True)
    asking = next(iter(facts.of(Exchange.objects.filter(pk=exchange.pk))), None)
    if asking is None:
        return []
    found = found_for(asking, now, {*put_aside, *but})[:most]
    shown = Exchange.objects.for_lists().in_bulk([other.pk for other, _score in found])
    return [Match(shown[other.pk], points) for other, points in found if other.pk in shown]
