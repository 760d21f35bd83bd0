"""What fits offers or needs, the best first: of one, or of many by as many statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from ...models import Exchange, ExchangeMatch
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
    askings: Sequence[Facts],
    now: datetime | None = None,
    but: Mapping[int, Collection[int]] | None = None,
) -> list[list[tuple[Facts, Score]]]:
    """For each all that fit, without the keys in `but`; ties by date, then by number, the newest first."""
    now, but = now or timezone.now(), but or {}
    uses = candidates.uses_of(askings)
    keys = candidates.keys_of(askings, uses)
    rows = facts.of(Exchange.objects.shown().filter(pk__in={pk for some in keys for pk in some}))
    shown = {one.pk: one for one in rows}
    pairs = [
        (asking, [shown[pk] for pk in some if pk in shown and pk not in but.get(asking.pk, ())])
        for asking, some in zip(askings, keys, strict=True)
    ]
    return [
        _best([(other, score(asking, other, used, now)) for other in others])
        for (asking, others), used in zip(facts.with_areas(pairs), uses, strict=True)
    ]


def _best(scored: list[tuple[Facts, Score | None]]) -> list[tuple[Facts, Score]]:
    kept = [(other, points) for other, points in scored if points is not None and points.is_enough]
    kept.sort(key=lambda pair: (pair[1].points, pair[0].published_at, pair[0].pk), reverse=True)
    least = kept[0][1].points * SHARE_OF_BEST if kept else 0
    return [pair for pair in kept if pair[1].points >= least]


def matches_of(exchange: Exchange, *, most: int = MOST, now: datetime | None = None) -> list[Match]:
    """The best that fit and that its people did not put aside."""
    return matches_of_all([exchange], most=most, now=now)[exchange.pk]


def matches_of_all(
    exchanges: Sequence[Exchange],
    *,
    most: int = MOST,
    now: datetime | None = None,
    but_told: bool = False,
) -> dict[int, list[Match]]:
    """The best of each, by its key, in as many statements as of one; `but_told` leaves out what was told by mail."""
    if not exchanges:
        return {}
    keys = [exchange.pk for exchange in exchanges]
    out: dict[int, set[int]] = {}
    done = ~Q(dismissed_at=None) | (~Q(told_at=None) if but_told else Q())
    rows = ExchangeMatch.objects.filter(done, exchange__in=keys)
    for pk, other in rows.values_list("exchange", "other"):
        out.setdefault(pk, set()).add(other)
    askings = facts.of(Exchange.objects.filter(pk__in=keys))
    best = {
        asking.pk: found[:most] for asking, found in zip(askings, found_for(askings, now, out), strict=True)
    }
    shown = Exchange.objects.for_lists().in_bulk(
        {other.pk for some in best.values() for other, _score in some}
    )
    return {
        pk: [Match(shown[other.pk], points) for other, points in best.get(pk, ()) if other.pk in shown]
        for pk in keys
    }
