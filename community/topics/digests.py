"""Summaries of a group, once a day or a week; one letter for each membership.

When, and in which order they are marked and mailed, is in community/letters/clock.py: `digest_begun`, the letter,
`digested_until`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import ngettext

from ..groups.enums import Frequency
from ..groups.models import Group, GroupMembership
from ..letters import clock
from ..letters.sending import Letter, one_line, send
from . import links, names
from .models import Post

TASK = "send_group_digest"
MOST_SHOWN = 30
MOST_MEETINGS = 10
WEEK = timedelta(days=7)
LONGEST_EXCERPT = 300


def due(now: datetime) -> QuerySet[GroupMembership]:
    """Memberships whose last period is neither done nor begun."""
    rows = GroupMembership.objects.annotate(since=Coalesce("digested_until", "joined_at"))
    return clock.due(rows, now, begun="digest_begun")


def have_sent(now: datetime | None = None) -> int:
    """Have all summaries sent that are due, each by a task of its own; their number."""
    now = now or timezone.now()
    _skip(now)
    return clock.have_each_sent(TASK, "membership", due(now))


def _skip(now: datetime) -> None:
    """Who wants no mail now does not get all of it later."""
    upto = clock.period_end(Frequency.DAILY, now)
    silent = GroupMembership.objects.filter(frequency=Frequency.NONE)
    silent.filter(Q(digested_until=None) | Q(digested_until__lt=upto)).update(digested_until=upto)


def tell(pk: int, now: datetime | None = None) -> bool:
    """Send one summary, where there is something in it; whether it was sent."""
    now = now or timezone.now()
    begun = _begin(pk, now)
    if begun is None:
        return False
    membership, posts, upto = begun
    own, former = GroupMembership.objects.filter(pk=pk), membership.digest_begun
    with clock.marked(own, begun="digest_begun", done="digested_until", upto=upto, former=former):
        send(membership.member.email, membership.member.language, lambda: _written(membership, posts))
    return True


@transaction.atomic
def _begin(pk: int, now: datetime) -> tuple[GroupMembership, Sequence[Post], datetime] | None:
    """Mark a period as begun; its posts, which may be none beside a meeting. None where nothing is to be told."""
    rows = due(now).select_for_update(of=("self",)).select_related("group", "member")
    if (membership := rows.filter(pk=pk).first()) is None:
        return None
    upto = clock.period_end(membership.frequency, now)
    own = GroupMembership.objects.filter(pk=pk)
    found = Post.objects.to_sum_up(membership.group, membership.member, membership.since, upto)
    posts = list(found.numbered().select_related("topic__group", "author").defer("search", "topic__search"))
    if not posts and not _come_near(membership, upto, now):
        own.update(digested_until=upto)
        return None
    # The row that is given back keeps the former mark.
    own.update(digest_begun=upto)
    return membership, posts, upto


def _come_near(membership: GroupMembership, upto: datetime, now: datetime) -> bool:
    """Whether a meeting has come within a week since the last summary: without a post, each is told of once."""
    if membership.group.archived_at:
        return False
    near = membership.group.topics.coming(now, within=WEEK)
    return near.filter(starts_at__gte=membership.since + WEEK, starts_at__lt=upto + WEEK).exists()


def _meetings(group: Group) -> list[dict[str, str]]:
    """What the group meets for in the coming week; an archived one meets no more."""
    if group.archived_at:
        return []
    rows = group.topics.coming(timezone.now(), within=WEEK).select_related("group")[:MOST_MEETINGS]
    return [
        {
            "title": one_line(topic.title),
            "when": topic.when,
            "place": topic.place,
            "link": settings.SITE_URL + topic.get_absolute_url(),
        }
        for topic in rows
    ]


def _written(membership: GroupMembership, posts: Sequence[Post]) -> Letter:
    group = membership.group
    topics: dict[int, dict] = {}
    for post in posts[:MOST_SHOWN]:
        shown = topics.setdefault(
            post.topic_id,
            {
                "title": one_line(post.topic.title),
                "link": settings.SITE_URL + links.path_at(post, post.before),
                "posts": [],
            },
        )
        shown["posts"].append(
            {
                "name": one_line(names.name_of(post.author, membership.member)),
                "text": one_line(Truncator(post.text).chars(LONGEST_EXCERPT)),
            }
        )
    meetings = _meetings(group)
    number = len(posts)
    subject = ngettext("%(n)s new post", "%(n)s new posts", number) % {"n": number}
    if not posts:
        coming = len(meetings)
        subject = ngettext("%(n)s meeting in the coming week", "%(n)s meetings in the coming week", coming)
        subject %= {"n": coming}
    shown = {
        "group": group.name,
        "meetings": meetings,
        "topics": list(topics.values()),
        "more": max(0, number - MOST_SHOWN),
        "link": settings.SITE_URL + links.topics_path(group),
    }
    return Letter(
        subject,
        "community/topics/mails/digest.txt",
        shown,
        links.way_out(membership),
        of=group.name,
        headers={"List-Id": links.list_id(group)},
    )
