"""Made-up spaces, meetings and lines of the stream, beside a synthetic community; for measuring."""

import random
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from .groups.models import Group
from .spaces.enums import SpaceRole
from .spaces.models import Space, SpaceMembership

# Members of a space, and its groups, at most.
MEMBERS, GROUPS = 400, 40
# Every so many topics one is a meeting, an hour after the other, half of them to come.
MEET = """
UPDATE community_topic t SET starts_at = at, ends_at = at + interval '2 hours', place = 'Synthetic hall ' || n
FROM (SELECT id, n, date_trunc('hour', %(now)s::timestamptz) + (n - %(meetings)s / 2) * interval '1 hour' AS at
      FROM unnest(%(meeting)s::bigint[]) WITH ORDINALITY AS m (id, n)) m
WHERE m.id = t.id
"""
# What the actions would have written of groups and topics: nothing of private ones.
TELL = """
INSERT INTO community_activity (kind, at, room, key, number, by_id, group_id, territory_id)
SELECT 'group', g.created_at, 'groups', g.id::text, 1, g.created_by_id, g.id, g.territory_id
FROM community_group g WHERE g.id = ANY(%(groups)s) AND g.kind <> 'private'
UNION ALL
SELECT 'topic', t.last_post_at, 'topics', t.id::text, 1, t.author_id, g.id, g.territory_id
FROM community_topic t JOIN community_group g ON g.id = t.group_id
WHERE t.id = ANY(%(topics)s) AND g.kind <> 'private'
"""
ANALYZE = (
    "ANALYZE community_space, community_spacemembership, community_topic, community_group, community_activity"
)


def spaces(number: int, chance: random.Random, members: list[int], groups: list[int], many: int) -> int:
    """Public ones with members and groups; their number."""
    rows = [
        Space(
            slug=f"synthetic-{number}-{place}",
            name=f"Synthetic space {number}-{place}",
            purpose=f"Made up for measuring, number {place}.",
            language=chance.choice(settings.LANGUAGES)[0],
            is_private=False,
        )
        for place in range(many)
    ]
    made = Space.objects.bulk_create(rows)
    people = [
        SpaceMembership(
            space=space,
            member_id=member,
            role=SpaceRole.FACILITATOR if chance.random() < 0.02 else SpaceRole.MEMBER,
        )
        for space in made
        for member in chance.sample(members, min(MEMBERS, len(members)))
    ]
    SpaceMembership.objects.bulk_create(people, batch_size=2_000)
    a_space = min(GROUPS, len(groups) // max(many, 1))
    for place, space in enumerate(made):
        Group.objects.filter(pk__in=groups[place * a_space : (place + 1) * a_space]).update(space=space)
    return len(made)


def meetings_and_lines(groups: list[int], topics: list[int], meetings: int) -> tuple[int, int]:
    """Some topics become meetings, and the stream tells of groups and topics; how many of each."""
    chosen = topics[:: max(len(topics) // meetings, 1)][:meetings] if meetings else []
    given = {
        "meeting": chosen,
        "meetings": len(chosen),
        "now": timezone.now() + timedelta(hours=1),
        "groups": groups,
        "topics": topics,
    }
    with connection.cursor() as cursor:
        cursor.execute(MEET, given)
        cursor.execute(TELL, given)
        lines = cursor.rowcount
        cursor.execute(ANALYZE)
    return len(chosen), lines
