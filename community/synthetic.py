"""Made-up members, groups and what they say, for measuring; nobody of them is there."""

import random
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from territories.models import Territory

from . import synthetic_places
from .groups.enums import Frequency, GroupKind, GroupRole
from .groups.models import Group, GroupMembership
from .members.enums import Visibility
from .members.models import Member
from .topics.models import Topic


@dataclass(frozen=True)
class Size:
    """How many of each; of a network that has grown for some years unless told otherwise."""

    members: int = 20_000
    groups: int = 2_000
    topics: int = 20_000
    posts: int = 200_000
    spaces: int = 20
    meetings: int = 2_000


# Groups that a member is in, at most.
JOINED = 3
AT_ONCE = 2_000
SKILLS = ("bookkeeping", "carpentry", "cooking", "gardening", "law", "translation", "web sites", "welding")
KINDS = (GroupKind.OPEN, GroupKind.OPEN, GroupKind.PUBLIC, GroupKind.PRIVATE)
# Text of some dozen words, another one for each post, ten minutes after the one before.
SAY = """
INSERT INTO community_post (topic_id, author_id, text, created_at, is_announcement)
SELECT topics[1 + n %% cardinality(topics)], authors[1 + (n * 7919) %% cardinality(authors)],
       'Synthetic post ' || n || ': '
         || repeat((ARRAY['flour ', 'tools ', 'rooms ', 'money ', 'people '])[1 + n %% 5], 5 + n %% 40),
       %(now)s - (%(posts)s - n) * interval '10 minutes', false
FROM generate_series(1, %(posts)s) AS n,
     (SELECT %(topics)s::bigint[] AS topics, %(authors)s::bigint[] AS authors OFFSET 0) AS known
"""
LAST = """
UPDATE community_topic t SET last_post_at = p.at
FROM (SELECT topic_id, max(created_at) AS at FROM community_post WHERE topic_id = ANY(%(topics)s) GROUP BY 1) p
WHERE p.topic_id = t.id
"""
ANALYZE = """
ANALYZE community_member, community_group, community_groupmembership, community_topic, community_post
"""


@transaction.atomic
def seed(number: int, size: Size | None = None) -> dict[str, int]:
    """How many of what were made of a seed; IntegrityError where it was used before."""
    size = size or Size()
    chance = random.Random(number)
    members = _members(number, chance, size.members)
    groups = _groups(number, chance, members, size.groups)
    memberships = _memberships(chance, members, groups)
    topics = _topics(chance, members, groups, size)
    with connection.cursor() as cursor:
        given = {"topics": topics, "authors": members, "posts": size.posts, "now": timezone.now()}
        for statement in (SAY, LAST, ANALYZE):
            cursor.execute(statement, given)
    spaces = synthetic_places.spaces(number, chance, members, groups, size.spaces)
    meetings, lines = synthetic_places.meetings_and_lines(groups, topics, size.meetings)
    return {
        "members": len(members),
        "groups": len(groups),
        "memberships": memberships,
        "topics": len(topics),
        "posts": size.posts,
        "spaces": spaces,
        "meetings": meetings,
        "activities": lines,
    }


def _members(number: int, chance: random.Random, many: int) -> list[int]:
    rows = [
        Member(
            email=f"synthetic-{number}-{place}@example.invalid",
            password="!",
            public_name=f"Synthetic member {number}-{place}",
            language=chance.choice(settings.LANGUAGES)[0],
            languages=[chance.choice(settings.LANGUAGES)[0]],
            skills=chance.sample(SKILLS, 2),
            public_name_seen_by=chance.choice(Visibility.values),
            skills_seen_by=chance.choice(Visibility.values),
            is_listed=chance.random() < 0.5,
        )
        for place in range(many)
    ]
    return [member.pk for member in Member.objects.bulk_create(rows, batch_size=AT_ONCE)]


def _groups(number: int, chance: random.Random, members: list[int], many: int) -> list[int]:
    territories = list(Territory.objects.order_by("pk").values_list("pk", flat=True)) or [None]
    rows = [
        Group(
            slug=f"synthetic-{number}-{place}",
            name=f"Synthetic group {number}-{place}",
            purpose=f"Made up for measuring, number {place}.",
            language=chance.choice(settings.LANGUAGES)[0],
            kind=KINDS[place % len(KINDS)],
            territory_id=chance.choice(territories),
            created_by_id=chance.choice(members),
        )
        for place in range(many)
    ]
    return [group.pk for group in Group.objects.bulk_create(rows, batch_size=AT_ONCE)]


def _memberships(chance: random.Random, members: list[int], groups: list[int]) -> int:
    pairs = {(chance.choice(groups), member) for member in members for _time in range(JOINED)}
    rows = [
        GroupMembership(
            group_id=group,
            member_id=member,
            role=GroupRole.ANIMATOR if chance.random() < 0.1 else GroupRole.MEMBER,
            frequency=chance.choice(Frequency.values),
        )
        for group, member in sorted(pairs)
    ]
    return len(GroupMembership.objects.bulk_create(rows, batch_size=AT_ONCE))


def _topics(chance: random.Random, members: list[int], groups: list[int], size: Size) -> list[int]:
    begun = timezone.now() - timedelta(minutes=10 * size.posts)
    rows = [
        Topic(
            group_id=groups[place % len(groups)],
            author_id=chance.choice(members),
            title=f"Synthetic topic {place}: {chance.choice(SKILLS)}",
            created_at=begun,
            last_post_at=begun,
        )
        for place in range(size.topics)
    ]
    return [topic.pk for topic in Topic.objects.bulk_create(rows, batch_size=AT_ONCE)]
