"""Matches on pages: what a template needs, in the language of the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from ...models import Exchange
from ..showing import Holder, holder
from .finding import MOST, Match, matches_of
from .lexicon import lexicon
from .reading import read
from .wording import in_words, themes_by_key

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
    texts = (exchange.title, exchange.text)
    return worded(exchange.language, texts, matches_of(exchange, most=most), reader)


def mine(reader, most: int = 50) -> list[tuple[Exchange, list[Shown]]]:
    """All open ones that somebody answers for, the newest first, each with the best three."""
    rows = Exchange.objects.shown().run_by(reader).distinct().order_by("-published_at", "-pk")
    return [(exchange, best_of(exchange, reader, FEW)) for exchange in rows[:most]]


def worded(language: str, texts: Iterable[str], matches: list[Match], reader) -> list[Shown]:
    """Matches with whose they are, as the reader may know it, and their reasons in words."""
    if not matches:
        return []
    known = lexicon()
    spelt = read(known, language, *texts).spelt
    themes = themes_by_key([one for match in matches for one in match.score.reasons])
    return [
        Shown(
            match.exchange,
            holder(match.exchange, reader),
            [in_words(one, known, spelt, themes) for one in match.score.reasons],
        )
        for match in matches
    ]
