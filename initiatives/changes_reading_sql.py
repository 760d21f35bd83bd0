"""SQL of those who read what changed, as changes_sql.py notes it, and of forgetting what later notes say too."""

LATEST = "SELECT coalesce(max(number), 0) FROM initiatives_changeset"
# When it was numbered tells a number from the same one of a copy of the database that was brought back.
MOMENT = """
SELECT number, at::text FROM initiatives_changeset WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1
"""
# Nothing where the former moment is not on record any more.
CHANGED_SINCE = """
SELECT ARRAY(SELECT DISTINCT c.initiative_id
             FROM initiatives_changeset s JOIN initiatives_change c ON c.changeset = s.id
             WHERE s.number > %(number)s LIMIT %(most)s)
FROM initiatives_changeset WHERE number = %(number)s AND at = %(at)s::timestamptz
"""
# Initiatives of which something was noted between two moments.
BETWEEN = """
SELECT c.initiative_id FROM initiatives_changeset s JOIN initiatives_change c ON c.changeset = s.id
WHERE s.at > %s AND s.at <= %s
"""
# Those that nobody was shown before.
APPEARED_BETWEEN = f"{BETWEEN} AND NOT c.was_shown"
# Each changeset in the order of its key, so that a large one is read from where a reader stands in it.
FOLLOWING = """
SELECT s.number, c.initiative_id, c.uuid::text, c.was_shown, s.at, i.id IS NOT NULL
FROM (SELECT id, number, at FROM initiatives_changeset WHERE number >= %(number)s ORDER BY number) s
CROSS JOIN LATERAL (
  SELECT initiative_id, uuid, was_shown FROM initiatives_change
  WHERE changeset = s.id AND initiative_id > CASE WHEN s.number = %(number)s THEN %(after)s ELSE 0 END
  ORDER BY initiative_id LIMIT %(limit)s) c
LEFT JOIN initiatives_initiative i ON i.id = c.initiative_id AND i.status = 'published'
ORDER BY s.number, c.initiative_id LIMIT %(limit)s
"""

# ── Forgetting ──────────────────────────────────────────────────────────────────────────────────
# What a later note says too, and what no one has ever been shown.
FORGET_CHANGES = """
WITH noted AS (
  SELECT c.changeset, c.initiative_id, s.number, c.was_shown OR i.id IS NOT NULL AS tells
  FROM initiatives_change c JOIN initiatives_changeset s ON s.id = c.changeset
  LEFT JOIN initiatives_initiative i ON i.id = c.initiative_id AND i.status = 'published'),
last AS (SELECT initiative_id, max(number) AS number FROM noted WHERE tells GROUP BY initiative_id)
DELETE FROM initiatives_change c USING noted n LEFT JOIN last l USING (initiative_id)
WHERE c.changeset = n.changeset AND c.initiative_id = n.initiative_id AND (n.number < l.number OR NOT n.tells)
"""
FORGET_CHANGESETS = """
DELETE FROM initiatives_changeset s
WHERE number < (SELECT max(number) FROM initiatives_changeset)
  AND NOT EXISTS (SELECT FROM initiatives_change c WHERE c.changeset = s.id)
"""
