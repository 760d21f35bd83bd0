"""Summaries of a group, once a day or a week at seven in the time zone of the site; one letter for each membership.

The order of marking and mailing: `digest_begun` is committed, the letter is sent, `digested_until` is committed. A
worker that is killed before the second mark may or may not have sent the letter, so this period gets no other one; its
posts come with the next. A mail server that refuses sent nothing: the first mark is taken away, and the task is tried
again.
docs/decisions/0030-one-summary-a-period.md says why.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import ngettext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from ..groups.enums import Frequency
from ..groups.models import GroupMembership
from ..letters.sending import Letter, one_line, send
from . import links, names
from .models import Post

TASK = "send_group_digest"
AT = time(7)
MONDAY = 0
# What is younger may still be changed or hidden.
SETTLED = timedelta(hours=1)
MOST_SHOWN = 30
LONGEST_EXCERPT = 300
DAYS = {Frequency.DAILY: 1, Frequency.WEEKLY: 7}


def period_end(frequency: str, now: datetime) -> datetime | None:
    """Up to when posts go into the summary that is due last; None for who gets none.

    Seven is on the clock of the site: across a change of the clocks a day has 23 or 25 hours.
    """
    if frequency not in DAYS:
        return None
    zone = timezone.get_default_timezone()
    local = now.astimezone(zone)
    day = local.date()
    if local.time() < AT:
        day -= timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    return datetime.combine(day, AT, zone).astimezone(UTC) - SETTLED


def due(now: datetime) -> QuerySet[GroupMembership]:
    """Memberships whose last period is neither done nor begun."""
    wanted = Q(pk__in=[])
    for frequency in DAYS:
        upto = period_end(frequency, now)
        is_new = Q(digest_begun=None) | Q(digest_begun__lt=upto)
        wanted |= Q(is_new, frequency=frequency, since__lt=upto)
    rows = GroupMembership.objects.annotate(since=Coalesce("digested_until", "joined_at"))
    return rows.filter(wanted, member__is_active=True)


def have_sent(now: datetime | None = None) -> int:
    """Have all summaries sent that are due, each by a task of its own; their number."""
    now = now or timezone.now()
    _skip(now)
    keys = list(due(now).order_by("pk").values_list("pk", flat=True))
    for pk in keys:
        try:
            with transaction.atomic():
                app.configure_task(TASK, queueing_lock=f"{TASK}-{pk}").defer(membership=pk)
        except AlreadyEnqueued:
            # The mail server is away: one that waits already is tried again.
            pass
    return len(keys)


def _skip(now: datetime) -> None:
    """Who wants no mail now does not get all of it later."""
    upto = period_end(Frequency.DAILY, now)
    silent = GroupMembership.objects.filter(frequency=Frequency.NONE)
    silent.filter(Q(digested_until=None) | Q(digested_until__lt=upto)).update(digested_until=upto)


def tell(pk: int, now: datetime | None = None) -> bool:
    """Send one summary, where there is something in it; whether it was sent."""
    now = now or timezone.now()
    begun = _begin(pk, now)
    if begun is None:
        return False
    membership, posts, upto = begun
    own = GroupMembership.objects.filter(pk=pk)
    try:
        send(membership.member.email, membership.member.language, lambda: _written(membership, posts))
    except OSError:
        # Nothing went: the task is tried again. It covers all errors of SMTP.
        own.filter(digest_begun=upto).update(digest_begun=membership.digest_begun)
        raise
    own.update(digested_until=upto)
    return True


@transaction.atomic
def _begin(pk: int, now: datetime) -> tuple[GroupMembership, Sequence[Post], datetime] | None:
    """Mark a period as begun; its posts. None where it is begun already, or nothing is to be told."""
    rows = due(now).select_for_update(of=("self",)).select_related("group", "member")
    if (membership := rows.filter(pk=pk).first()) is None:
        return None
    upto = period_end(membership.frequency, now)
    own = GroupMembership.objects.filter(pk=pk)
    found = Post.objects.to_sum_up(membership.group, membership.member, membership.since, upto)
    posts = list(found.numbered().select_related("topic__group", "author").defer("search", "topic__search"))
    if not posts:
        own.update(digested_until=upto)
        return None
    # The row that is given back keeps the former mark.
    own.update(digest_begun=upto)
    return membership, posts, upto


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
    number = len(posts)
    subject = ngettext("%(n)s new post", "%(n)s new posts", number) % {"n": number}
    shown = {
        "group": group.name,
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
