"""What people write in groups: a verb is a function that checks the right, in one transaction; mails follow it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..activity.actions import record_of_group
from ..activity.kinds import Happening
from ..groups.enums import Frequency
from ..groups.models import Group, GroupMembership
from ..ledger.actions import record
from ..ledger.kinds import Kind
from ..letters.sending import one_line
from ..members.models import Member
from . import letters, meetings, names
from .files import Checked
from .meetings import Meeting
from .models import LONGEST_TEXT, MOST_FILES, Attachment, Mention, Post, Topic

# A second press of the button within this time is the first one.
TWICE_WITHIN = timedelta(minutes=1)


class ClosedError(Exception):
    """Too late, told in words: the topic is closed, the group archived, or the post gone."""


def check_right(by: Member | None, right: str, on: models.Model | None) -> None:
    """Refuse with PermissionDenied; `by=None` is the site itself, which may do all."""
    if by is not None and not by.has_perm(f"community.{right}", on):
        raise PermissionDenied(f"{right} is not for this member.")


def check_own(by: Member, right: str, post: Post) -> None:
    """The right, and that the words are one's own: who may do all changes no words of others either."""
    check_right(by, right, post)
    if post.author_id != by.pk:
        raise PermissionDenied(f"{right} is for who wrote the post.")


def locked(topic: Topic) -> Topic:
    """The stored row, to which nobody else adds before this transaction ends; ClosedError where it is gone."""
    rows = Topic.objects.select_for_update(of=("self",)).select_related("group").defer("search")
    if (found := rows.filter(pk=topic.pk).first()) is None:
        raise ClosedError(_("This topic is gone."))
    return found


def locked_post(post: Post) -> Post:
    """The stored row with its topic and group; ClosedError where it is gone or was taken back."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("topic__group", "author")
    found = rows.defer("search", "topic__search").filter(pk=post.pk).first()
    if found is None or found.taken_back_at:
        raise ClosedError(_("This post was removed by its author."))
    return found


def _check_open(group: Group, topic: Topic | None = None) -> None:
    if group.archived_at:
        raise ClosedError(_("This group is archived: it can be read, and nothing is added any more."))
    if topic and topic.closed_at:
        raise ClosedError(_("This topic is closed: it can be read, and nothing is added any more."))


def _checked_text(text: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Write something.")})
    if len(text) > LONGEST_TEXT:
        raise ValidationError({"text": _("At most %(n)s signs.") % {"n": LONGEST_TEXT}})
    return text


# ── Writing ─────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def begin(
    group: Group,
    *,
    by: Member,
    title: str,
    text: str,
    files: Sequence[Checked] = (),
    meeting: Meeting = meetings.NONE,
) -> Post:
    """A topic with its first post, which is given back; pressed twice it is one. ClosedError, ValidationError."""
    _check_open(group)
    check_right(by, "write_in_group", group)
    return _begun(group, by, title, text, files, meeting, is_announcement=False)


@transaction.atomic
def announce(group: Group, *, by: Member, title: str, text: str) -> Post:
    """A topic whose first post goes to everyone of the group at once, but for those who want no mail."""
    _check_open(group)
    check_right(by, "run_group", group)
    return _begun(group, by, title, text, (), meetings.NONE, is_announcement=True)


def _begun(
    group: Group,
    by: Member,
    title: str,
    text: str,
    files: Sequence[Checked],
    meeting: Meeting,
    *,
    is_announcement: bool,
) -> Post:
    # A second press of the button waits here for the first.
    stored = Group.objects.select_for_update(no_key=True, of=("self",)).get(pk=group.pk)
    _check_open(stored)
    title, text = one_line(title), _checked_text(text)
    twice = Post.objects.filter(topic__group=stored, topic__title=title, is_announcement=is_announcement)
    if found := _twice(twice, by, text):
        return found
    topic = Topic(group=stored, title=title, author=by, **asdict(meeting.checked()))
    topic.full_clean(exclude=["group", "author"])
    topic.save()
    _count(Kind.TOPIC, by, stored, topic.pk)
    record_of_group(Happening.TOPIC, stored, by=by, room="topics", key=topic.pk)
    return _added(topic, by, text, files, is_announcement=is_announcement)


@transaction.atomic
def reply(topic: Topic, *, by: Member, text: str, files: Sequence[Checked] = ()) -> Post:
    """A post at the end of a topic; pressed twice it is one. ClosedError, ValidationError."""
    stored = locked(topic)
    _check_open(stored.group, stored)
    check_right(by, "write_in_group", stored.group)
    text = _checked_text(text)
    if found := _twice(stored.posts.all(), by, text):
        return found
    post = _added(stored, by, text, files)
    _count(Kind.REPLY, by, stored.group, post.pk)
    return post


def _count(kind: Kind, by: Member, group: Group, key: int) -> None:
    """A line of the ledger; sums of places would tell of a private group."""
    where = {} if group.is_private else {"collective": group.collective_id, "territory": group.territory_id}
    record(kind, by=by, room="topics", key=key, **where)


def _twice(posts: models.QuerySet[Post], by: Member, text: str) -> Post | None:
    just_now = timezone.now() - TWICE_WITHIN
    same = posts.filter(author=by, text=text, created_at__gte=just_now)
    return same.select_related("topic__group").order_by("-pk").first()


def _added(
    topic: Topic, by: Member, text: str, files: Sequence[Checked], *, is_announcement: bool = False
) -> Post:
    if len(files) > MOST_FILES:
        raise ValidationError({"files": _("At most %(n)s files.") % {"n": MOST_FILES}})
    post = Post.objects.create(topic=topic, author=by, text=text, is_announcement=is_announcement)
    topic.last_post_at = post.created_at
    topic.save(update_fields=["last_post_at"])
    _name(post, by)
    for file in files:
        kept = Attachment(post=post, name=file.name, size=file.content.size, kind=file.kind)
        kept.file.save(file.name, file.content)
    letters.tell_of(post)
    return post


def _name(post: Post, by: Member) -> list[int]:
    """Keep whom the text names; the keys of those who are new."""
    named = {member.pk for member in names.named_in(post.text, post.topic.group)} - {by.pk}
    before = set(post.mentions.values_list("member", flat=True))
    post.mentions.exclude(member__in=named).delete()
    new = sorted(named - before)
    Mention.objects.bulk_create([Mention(post=post, member_id=pk) for pk in new], ignore_conflicts=True)
    return new


@transaction.atomic
def edit(post: Post, *, by: Member, text: str) -> Post:
    """Other words for one's own; who is newly named is told. ClosedError, ValidationError."""
    stored = locked_post(post)
    _check_open(stored.topic.group, stored.topic)
    check_own(by, "edit_post", stored)
    text = _checked_text(text)
    if text == stored.text:
        return stored
    stored.text = text
    stored.edited_at = timezone.now()
    stored.save(update_fields=["text", "edited_at"])
    if new := _name(stored, by):
        letters.tell_of(stored, new)
    return stored


# ── Taking back ─────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def take_back(post: Post, *, by: Member) -> Post:
    """One's own words and files go; that there was a post stays. ClosedError where they are gone already."""
    stored = locked_post(post)
    check_own(by, "take_back_post", stored)
    _empty([stored])
    stored.refresh_from_db(fields=["text", "taken_back_at"])
    return stored


@transaction.atomic
def take_back_all(*, by: Member) -> int:
    """All that a member wrote in groups; titles stay. The number of posts."""
    rows = list(Post.objects.select_for_update().filter(author=by, taken_back_at=None).defer("search"))
    _empty(rows)
    return len(rows)


def _empty(posts: Iterable[Post]) -> None:
    keys = [post.pk for post in posts]
    files = Attachment.objects.filter(post__in=keys)
    for attachment in files:
        transaction.on_commit(partial(attachment.file.storage.delete, attachment.file.name), robust=True)
    files.delete()
    Mention.objects.filter(post__in=keys).delete()
    Post.objects.filter(pk__in=keys).update(text="", taken_back_at=timezone.now())


# ── Mail ────────────────────────────────────────────────────────────────────────────────────────


def end_mail(membership: GroupMembership) -> None:
    """No mail of this group to this member any more, by the link of one; twice is once."""
    GroupMembership.objects.filter(pk=membership.pk).update(frequency=Frequency.NONE)
