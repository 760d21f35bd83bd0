"""Lines of the stream for what was there before it: each with the moment at which it happened."""

from django.db import migrations

# The first step that put an initiative on the map.
PUBLISHED = """
INSERT INTO community_activity (kind, at, room, key, number, by_id, collective_id, territory_id)
SELECT DISTINCT ON (i.id) 'initiative', s.at, 'initiatives', i.uuid::text, 1, s.by_id, i.collective_id, i.territory_id
FROM initiatives_statuschange s JOIN initiatives_initiative i ON i.id = s.initiative_id
WHERE s.verb = 'publish'
ORDER BY i.id, s.at
ON CONFLICT (kind, room, key) DO NOTHING
"""
# One line an import; its network is that of the records it brought.
IMPORTED = """
INSERT INTO community_activity (kind, at, room, key, number, by_id)
SELECT 'import', min(s.at), 'imports', d.added_in::text || ':' || d.network_id, count(DISTINCT s.initiative_id), min(s.by_id)
FROM initiatives_statuschange s
JOIN initiatives_identity d ON d.initiative_id = s.initiative_id AND d.added_in = s.added_in
WHERE s.verb = 'import' AND s.from_status = ''
GROUP BY d.added_in, d.network_id
ON CONFLICT (kind, room, key) DO UPDATE SET number = excluded.number
"""
# A founding says when it was published; what the demo or the administration made, when it was made.
COLLECTIVES = """
INSERT INTO community_activity (kind, at, room, key, number, by_id, collective_id, territory_id)
SELECT 'collective', coalesce(f.decided_at, c.created_at), 'collectives', c.id::text, 1, f.decided_by_id, c.id, c.territory_id
FROM territories_collective c
LEFT JOIN LATERAL (SELECT decided_at, decided_by_id FROM community_collectiveclaim
                   WHERE collective_id = c.id AND way = 'founding' AND state = 'accepted'
                   ORDER BY decided_at LIMIT 1) f ON true
WHERE c.status = 'published'
ON CONFLICT (kind, room, key) DO NOTHING
"""
GROUPS = """
INSERT INTO community_activity (kind, at, room, key, number, by_id, group_id, collective_id, territory_id)
SELECT 'group', g.created_at, 'groups', g.id::text, 1, g.created_by_id, g.id, g.collective_id,
       CASE WHEN g.collective_id IS NULL THEN g.territory_id ELSE c.territory_id END
FROM community_group g LEFT JOIN territories_collective c ON c.id = g.collective_id
WHERE g.kind <> 'private'
ON CONFLICT (kind, room, key) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0014_activity_number"),
        ("initiatives", "0023_follow"),
        ("territories", "0005_parts"),
    ]

    operations = [
        migrations.RunSQL(statement, migrations.RunSQL.noop)
        for statement in (PUBLISHED, IMPORTED, COLLECTIVES, GROUPS)
    ]
