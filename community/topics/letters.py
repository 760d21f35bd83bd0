"""Mails of posts and reports, each to one person by a task of its own, so that a second try reaches nobody twice."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ..groups.enums import Frequency
from ..groups.models import Group, GroupMembership
from ..letters.sending import Letter, one_line, send
from ..members.enums import Role
from ..members.models import Member
from . import links, names
from .models import Post, PostReport

POST, SEND_POST = "tell_of_post", "send_post"
REPORT, SEND_REPORT = "tell_of_post_report", "send_post_report"


def tell_of(post: Post, to: Iterable[int] | None = None) -> None:
    """Have a post mailed, within the transaction that wrote it; `to` are keys of members, or whoever gets it."""
    app.configure_task(POST).defer(post=post.pk, to=None if to is None else list(to))


def tell_of_report(report: PostReport) -> None:
    """Have a report mailed, within the transaction that made it."""
    app.configure_task(REPORT).defer(report=report.pk)


def reached(group: Group, author: Member | None) -> QuerySet[GroupMembership]:
    """Who wants mail of a group at all, but for who wrote it."""
    rows = group.memberships.filter(member__is_active=True).exclude(frequency=Frequency.NONE)
    return rows if author is None else rows.exclude(member=author)


def _post(pk: int) -> Post | None:
    rows = Post.objects.readable().select_related("topic__group", "author")
    return rows.defer("search", "topic__search").filter(pk=pk).first()


def _wanted(post: Post) -> QuerySet[GroupMembership]:
    """Who gets a post at once: of an announcement everyone, else who wants each one and who is named."""
    rows = reached(post.topic.group, post.author)
    if post.is_announcement:
        return rows
    return rows.filter(Q(frequency=Frequency.EACH) | Q(member__in=post.mentions.values("member")))


@transaction.atomic
def fan_out(pk: int, to: list[int] | None) -> int:
    """A task for everyone who gets a post, all or none; their number. The post may be gone meanwhile."""
    if (post := _post(pk)) is None:
        return 0
    rows = _wanted(post) if to is None else _wanted(post).filter(member__in=to)
    keys = list(rows.order_by("member").values_list("member", flat=True))
    if keys:
        app.configure_task(SEND_POST).batch_defer(*({"post": pk, "member": key} for key in keys))
    return len(keys)


def send_post(pk: int, member: int) -> bool:
    """Mail a post to one member, who may want it no more; whether it was sent."""
    post = _post(pk)
    if post is None:
        return False
    membership = _wanted(post).select_related("member", "group").filter(member=member).first()
    if membership is None:
        return False
    send(membership.member.email, membership.member.language, lambda: _written(post, membership))
    if membership.frequency == Frequency.EACH:
        # Who asks for summaries from now on gets in none of them what came already.
        own = GroupMembership.objects.filter(pk=membership.pk)
        own = own.filter(Q(digested_until=None) | Q(digested_until__lt=post.created_at))
        own.update(digested_until=post.created_at)
    return True


def _written(post: Post, membership: GroupMembership) -> Letter:
    group, topic = membership.group, post.topic
    first = topic.posts.in_order().values_list("pk", flat=True)[0]
    headers = {"Message-ID": links.message_id(post.pk), "List-Id": links.list_id(group)}
    if first != post.pk:
        headers |= {"In-Reply-To": links.message_id(first), "References": links.message_id(first)}
    shown = {
        "name": one_line(names.name_of(post.author, membership.member)),
        "text": post.text,
        "files": [file.name for file in post.attachments.all()],
        "is_announcement": post.is_announcement,
        "is_named": post.mentions.filter(member=membership.member).exists(),
        "group": group.name,
        "link": settings.SITE_URL + links.post_path(post),
    }
    title = topic.title if first == post.pk else f"Re: {topic.title}"
    return Letter(
        title,
        "community/topics/mails/post.txt",
        shown,
        links.way_out(membership),
        of=group.name,
        headers=headers,
    )


# ── Reports ─────────────────────────────────────────────────────────────────────────────────────


def _report(pk: int) -> PostReport | None:
    return (
        PostReport.objects.open().select_related("post__topic__group", "post__author").filter(pk=pk).first()
    )


def _deciders(report: PostReport) -> QuerySet[Member]:
    """Animators; where one of them wrote the post, or there is none, moderators too."""
    animating = report.post.topic.group.memberships.animating().values_list("member", flat=True)
    told = Q(pk__in=animating)
    if report.post.author_id in animating or not animating:
        told |= Q(roles__contains=[Role.MODERATOR])
    involved = [report.by_id, report.post.author_id or 0]
    return Member.objects.filter(told, is_active=True).exclude(pk__in=involved)


@transaction.atomic
def fan_out_report(pk: int) -> int:
    """A task for everyone who decides on a report; their number."""
    if (report := _report(pk)) is None:
        return 0
    keys = list(_deciders(report).order_by("pk").values_list("pk", flat=True))
    if keys:
        app.configure_task(SEND_REPORT).batch_defer(*({"report": pk, "member": key} for key in keys))
    return len(keys)


def send_report(pk: int, member: int) -> bool:
    """Tell one of those who decide; it may be closed meanwhile."""
    report = _report(pk)
    found = None if report is None else _deciders(report).filter(pk=member).first()
    if found is None:
        return False
    send(found.email, found.language, lambda: _written_report(report))
    return True


def _written_report(report: PostReport) -> Letter:
    group = report.post.topic.group
    shown = {
        "group": group.name,
        "topic": report.post.topic.title,
        "reason": report.reason,
        "link": settings.SITE_URL + reverse("topic_reports", args=[group.slug]),
    }
    return Letter(_("A post was reported"), "community/topics/mails/report.txt", shown, of=group.name)
