"""News of what members follow, once a day or a week; one letter for each thing that is followed.

When, and in which order they are marked and mailed, is in community/letters/clock.py: `telling_since`, the letter,
`told_until`.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from community.letters import clock
from community.letters.sending import Letter, one_line, send

from .. import describing
from ..models import Follow, Initiative
from . import links, news, words
from .news import MOST_NAMED, News

TASK = "send_news_of"


def due(now: datetime) -> QuerySet[Follow]:
    """What is followed whose last period is neither done nor begun."""
    return clock.due(Follow.objects.with_since(), now, begun="telling_since")


def have_sent(now: datetime | None = None) -> int:
    """Have all news sent that are due, each by a task of its own; their number."""
    return clock.have_each_sent(TASK, "follow", due(now or timezone.now()))


def tell(pk: int, now: datetime | None = None) -> bool:
    """Send the news of one thing, where there are any; whether they were sent."""
    begun = _begin(pk, now or timezone.now())
    if begun is None:
        return False
    follow, found, upto = begun
    own, former = Follow.objects.filter(pk=pk), follow.telling_since
    with clock.marked(own, begun="telling_since", done="told_until", upto=upto, former=former):
        send(follow.member.email, follow.member.language, lambda: _written(follow, found))
    return True


@transaction.atomic
def _begin(pk: int, now: datetime) -> tuple[Follow, News, datetime] | None:
    """Mark a period as begun; its news. None where it is begun already, or nothing is to be told."""
    rows = due(now).select_for_update(of=("self",)).select_related("member", "initiative")
    if (follow := rows.filter(pk=pk).first()) is None:
        return None
    upto = clock.period_end(follow.frequency, now)
    own = Follow.objects.filter(pk=pk)
    found = news.of(follow, follow.since, upto)
    if found.is_empty:
        own.update(told_until=upto)
        return None
    # The row that is given back keeps the former mark.
    own.update(telling_since=upto)
    return follow, found, upto


def _line(one: Initiative) -> dict[str, str]:
    return {
        "name": one_line(describing.texts(one, get_language()).name),
        "place": one_line(one.public_locality),
        "link": settings.SITE_URL + one.get_absolute_url(),
    }


def _subject(found: News) -> str:
    if found.ended:
        return _("It is no longer on the map")
    return ngettext(
        "%(n)s initiative is new or changed", "%(n)s initiatives are new or changed", found.number
    ) % {"n": found.number}


def _written(follow: Follow, found: News) -> Letter:
    if one := follow.initiative:
        what, path = one.name, one.get_absolute_url()
    else:
        what, path = words.of_query(follow.query), f"{reverse('initiatives')}?{follow.query}"
    shown = {
        "what": one_line(what),
        "ended": found.ended,
        "appeared": [_line(one) for one in found.named if one.has_appeared],
        "changed": [_line(one) for one in found.named if not one.has_appeared],
        "more": max(0, found.number - MOST_NAMED),
        "link": settings.SITE_URL + path.removesuffix("?"),
        "is_one": follow.initiative is not None,
        "own": settings.SITE_URL + reverse("account_following"),
    }
    is_made_up = any(one.is_demo for one in found.named) or bool(
        follow.initiative and follow.initiative.is_demo
    )
    return Letter(
        _subject(found),
        "initiatives/mail/followed.txt",
        shown,
        links.way_out(follow),
        is_made_up=is_made_up,
    )
