"""Matches on pages: what a template needs, in the language of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...models import Exchange
from ..showing import Holder, holder
from .finding import MOST, Match, matches_of, matches_of_all
from .wording import Text, in_words

# On a list of all that somebody published.
FEW = 3


@dataclass(frozen=True)
class Shown:
    """One match with its reasons in words."""

    exchange: Exchange
    holder: Holder
    why: list[str]


def shown_with(exchange: Exchange, reader) -> dict:
    """For the page of one offer or need: `matches`, for its people alone; None for everyone else."""
    if not exchange.is_open or not reader.has_perm("initiatives.run_exchange", exchange):
        return {"matches": None}
    return {"matches": best_of(exchange, reader)}


def best_of(exchange: Exchange, reader, most: int = MOST) -> list[Shown]:
    """The best matches of one."""
    return worded([(Text.of(exchange), matches_of(exchange, most=most))], reader)[0]


def mine(reader, most: int = 50) -> list[tuple[Exchange, list[Shown]]]:
    """All open ones that somebody answers for, the newest first, each with the best three."""
    found = Exchange.objects.shown().run_by(reader).distinct().order_by("-published_at", "-pk")
    rows = list(found[:most])
    matches = matches_of_all(rows, most=FEW)
    shown = worded([(Text.of(exchange), matches[exchange.pk]) for exchange in rows], reader)
    return list(zip(rows, shown, strict=True))


def worded(found: Sequence[tuple[Text, Sequence[Match]]], reader) -> list[list[Shown]]:
    """Matches of each text with whose they are, as the reader may know it, and their reasons in words."""
    said = in_words([(text, [match.score.reasons for match in matches]) for text, matches in found])
    return [
        [
            Shown(match.exchange, holder(match.exchange, reader), why)
            for match, why in zip(matches, sentences, strict=True)
        ]
        for (_text, matches), sentences in zip(found, said, strict=True)
    ]
