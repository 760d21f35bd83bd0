"""Mails of new matches: one a day for a member with all that is new for what they published.

That a pair was told is written and the letter is sent in one transaction: a worker that is killed before the end has
told nothing, and a mail server that refuses takes the marks away again.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from community.letters import clock
from community.letters.periods import DAILY
from community.letters.sending import Letter, one_line, send
from community.models import Member

from ...models import Exchange, ExchangeMatch
from . import indexing, links
from .finding import Match, matches_of_all
from .wording import Text, in_words

TASK = "tell_matches_of"
# In a letter, of each offer or need; the page has more.
MOST = 5


@dataclass(frozen=True)
class Told:
    """One offer or need with what is new for it."""

    exchange: Exchange
    matches: list[Match]


def wanting():
    """Open ones whose author wants to hear of matches."""
    return Exchange.objects.shown().filter(wants_matches=True, author__is_active=True)


def have_told() -> int:
    """Bring the words up to date, then have every member told by a task of their own; their number."""
    indexing.sweep()
    indexing.count()
    members = Member.objects.filter(pk__in=wanting().order_by().values("author"))
    return clock.have_each_sent(TASK, "member", members)


def tell(pk: int, now: datetime | None = None) -> int:
    """Tell a member what is new; how many pairs, 0 where nothing is or they were told today already."""
    now = now or timezone.now()
    with transaction.atomic():
        # Two tasks for the same member shall not tell the same.
        member = Member.objects.select_for_update(no_key=True).filter(pk=pk, is_active=True).first()
        if member is None or _told_today(member, now):
            return 0
        own = _of(member)
        found = matches_of_all(own, most=MOST, now=now, but_told=True)
        news = [Told(one, found[one.pk]) for one in own if found[one.pk]]
        if not news:
            return 0
        _mark(news, now)
        send(member.email, member.language, lambda: _written(member, news))
    return sum(len(told.matches) for told in news)


def _told_today(member: Member, now: datetime) -> bool:
    since = clock.period_end(DAILY, now) + clock.SETTLED
    return ExchangeMatch.objects.filter(exchange__author=member, told_at__gte=since).exists()


def _of(member: Member) -> list[Exchange]:
    """What they published and still answer for."""
    own = wanting().filter(author=member).order_by("pk")
    return list(own.filter(pk__in=Exchange.objects.run_by(member).values("pk")))


def _mark(news: list[Told], now: datetime) -> None:
    rows = [
        ExchangeMatch(exchange=told.exchange, other=match.exchange, told_at=now)
        for told in news
        for match in told.matches
    ]
    ExchangeMatch.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["exchange", "other"], update_fields=["told_at"]
    )


def _written(member: Member, news: list[Told]) -> Letter:
    number = sum(len(told.matches) for told in news)
    title = ngettext("%(n)s new match for you", "%(n)s new matches for you", number) % {"n": number}
    rows = [(Text.of(told.exchange), [match.score.reasons for match in told.matches]) for told in news]
    lines = [_lines(told, said) for told, said in zip(news, in_words(rows), strict=True)]
    shown = {"all": lines, "link": _address("exchange:matches")}
    return Letter(title, "initiatives/mail/matches.txt", shown, links.way_out(member))


def _lines(told: Told, said: list[list[str]]) -> dict:
    return {
        "title": one_line(told.exchange.title),
        "matches": [
            {
                "title": one_line(match.exchange.title),
                "place": one_line(match.exchange.locality),
                "why": " · ".join(one_line(sentence) for sentence in why),
                "link": _address("exchange:one", match.exchange.pk),
            }
            for match, why in zip(told.matches, said, strict=True)
        ],
    }


def _address(name: str, *args) -> str:
    return settings.SITE_URL + reverse(name, args=args)
