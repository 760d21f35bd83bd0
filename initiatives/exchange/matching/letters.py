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
from community.letters.sending import Letter, one_line, send
from community.models import Member

from ...models import Exchange, ExchangeMatch
from . import indexing, links, wording
from .finding import Match, matches_of
from .lexicon import lexicon
from .reading import read

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
        news = [told for one in _of(member) if (told := _new(one, now)).matches]
        if not news:
            return 0
        _mark(news, now)
        send(member.email, member.language, lambda: _written(member, news))
    return sum(len(told.matches) for told in news)


def _told_today(member: Member, now: datetime) -> bool:
    since = clock.period_end(clock.DAILY, now) + clock.SETTLED
    return ExchangeMatch.objects.filter(exchange__author=member, told_at__gte=since).exists()


def _of(member: Member) -> list[Exchange]:
    """What they published and still answer for."""
    own = wanting().filter(author=member).order_by("pk")
    return list(own.filter(pk__in=Exchange.objects.run_by(member).values("pk")))


def _new(exchange: Exchange, now: datetime) -> Told:
    told = exchange.matches.exclude(told_at=None).values_list("other", flat=True)
    return Told(exchange, matches_of(exchange, most=MOST, now=now, but=told))


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
    known = lexicon()
    number = sum(len(told.matches) for told in news)
    title = ngettext("%(n)s new match for you", "%(n)s new matches for you", number) % {"n": number}
    shown = {"all": [_lines(told, known) for told in news], "link": _address("exchange:matches")}
    return Letter(title, "initiatives/mail/matches.txt", shown, links.way_out(member))


def _lines(told: Told, known) -> dict:
    own = told.exchange
    spelt = read(known, own.language, own.title, own.text).spelt
    reasons = [one for match in told.matches for one in match.score.reasons]
    themes = wording.themes_by_key(reasons)
    return {
        "title": one_line(own.title),
        "matches": [
            {
                "title": one_line(match.exchange.title),
                "place": one_line(match.exchange.locality),
                "why": " · ".join(
                    one_line(wording.in_words(one, known, spelt, themes)) for one in match.score.reasons
                ),
                "link": _address("exchange:one", match.exchange.pk),
            }
            for match in told.matches
        ],
    }


def _address(name: str, *args) -> str:
    return settings.SITE_URL + reverse(name, args=args)
