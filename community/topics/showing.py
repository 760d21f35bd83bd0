"""Topics and posts as a reader sees them: by what name, with which buttons."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from ..groups.models import Group
from . import names, naming
from .models import Post, Topic

LATEST = 5


@dataclass(frozen=True)
class Rights:
    """What a reader may do in a group, asked once for a page."""

    writes: bool
    runs: bool
    # Hides posts and closes reports, also where the group is archived.
    tends: bool

    @classmethod
    def of(cls, reader, group: Group) -> "Rights":
        """Those of a reader."""
        tends = reader.has_perm("community.archive_group", group)
        # It is the same right but for what is archived; asking again would ask the database again.
        runs = tends and group.archived_at is None
        return cls(reader.has_perm("community.write_in_group", group), runs, tends)

    def may_change(self, topic: Topic, reader) -> bool:
        """Title and date of a topic of the group, as rules.py says for one that was not asked yet."""
        is_own = reader.is_authenticated and topic.author_id == reader.pk
        return self.runs or (self.writes and is_own and topic.closed_at is None)


@dataclass(frozen=True)
class ShownTopic:
    """A line of a list."""

    topic: Topic
    name: str
    initials: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "initials", names.initials(self.name))


@dataclass(frozen=True)
class ShownPost:
    """A post of a page; `is_open` says whether its text is for this reader."""

    post: Post
    name: str
    page: str
    initials: str
    is_own: bool
    is_open: bool
    may_edit: bool
    named: naming.Named


def topics(rows: Iterable[Topic], reader) -> list[ShownTopic]:
    """Lines of a list."""
    return [ShownTopic(row, names.name_of(row.author, reader)) for row in rows]


def posts(rows: Iterable[Post], reader, rights: Rights, topic: Topic) -> list[ShownPost]:
    """Posts of a page."""
    rows = list(rows)
    named = naming.by_post(rows, topic.group, reader)
    return [_post(row, reader, rights, topic, named.get(row.pk, naming.Named())) for row in rows]


def _post(post: Post, reader, rights: Rights, topic: Topic, named: naming.Named) -> ShownPost:
    name = names.name_of(post.author, reader)
    is_own = reader.is_authenticated and post.author_id == reader.pk
    return ShownPost(
        post,
        name,
        post.author.get_absolute_url() if names.is_shown(post.author, reader) else "",
        names.initials(name),
        is_own,
        post.taken_back_at is None and (post.hidden_at is None or is_own or rights.tends),
        is_own and rights.writes and post.taken_back_at is None and topic.closed_at is None,
        named,
    )


def latest(group: Group, reader) -> dict[str, Any]:
    """What the page of a group shows of its topics; whether the reader may see the group was asked before."""
    rows = group.topics.for_lists().in_order()[: LATEST + 1]
    found = topics(rows, reader)
    return {
        "group": group,
        "topics": found[:LATEST],
        "has_more": len(found) > LATEST,
        "may_begin": reader.has_perm("community.write_in_group", group),
        "next_meeting": next_meeting(group),
    }


def next_meeting(group: Group) -> Topic | None:
    """What the group meets for next; one that is archived meets no more."""
    found = None if group.archived_at else group.topics.coming(timezone.now()).first()
    if found:
        found.group = group
    return found
