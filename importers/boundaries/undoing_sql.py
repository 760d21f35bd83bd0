"""SQL of an undo: each field that a run changed, held against what it is today."""

LOCK = "LOCK TABLE territories_territory IN SHARE ROW EXCLUSIVE MODE"
NOW = """
CASE f.field WHEN 'name' THEN t.names->>c.language WHEN 'country' THEN t.country WHEN 'source' THEN t.source
  WHEN 'year' THEN t.year::text WHEN 'licence' THEN l.code WHEN 'parent' THEN p.code
  WHEN 'boundary' THEN md5(ST_AsEWKB(t.boundary)) END
"""
CAME = "CASE f.field WHEN 'boundary' THEN c.digest ELSE c.after->>f.field END"
# The first run after this one that wrote the same field, and stands.
LATER = """
LEFT JOIN LATERAL (
  SELECT o.run_id FROM importers_boundarychange o JOIN importers_boundaryrun r ON r.id = o.run_id
  WHERE o.code = c.code AND o.id > c.id AND r.status = %(done)s
    AND (o.state = 'added' OR (f.field = ANY(o.fields) AND (f.field <> 'name' OR o.language = c.language)))
  ORDER BY o.id LIMIT 1) AS later ON true
"""
STATED = f"""
SELECT c.code, c.after->>'name' AS name, f.field,
  CASE WHEN later.run_id IS NOT NULL THEN 'later'
       WHEN t.id IS NULL OR ({NOW}) IS DISTINCT FROM ({CAME}) THEN 'edited'
       WHEN c.state = 'changed' AND f.field = 'parent' AND c.before->>'parent' IS NOT NULL AND NOT EXISTS
         (SELECT FROM territories_territory b WHERE b.code = c.before->>'parent') THEN 'missing'
       WHEN c.state = 'changed' AND f.field = 'licence' AND c.before->>'licence' IS NOT NULL AND NOT EXISTS
         (SELECT FROM vocabulary_licence b WHERE b.code = c.before->>'licence') THEN 'missing'
  END AS kept, later.run_id AS by
FROM importers_boundarychange c
CROSS JOIN LATERAL unnest({{fields}}) AS f(field)
LEFT JOIN territories_territory t ON t.code = c.code
LEFT JOIN vocabulary_licence l ON l.id = t.licence_id
LEFT JOIN territories_territory p ON p.id = t.parent_id
{LATER}
WHERE c.run_id = %(run)s AND c.state = %(state)s
"""
CHANGED = f"CREATE TEMPORARY TABLE undone_boundary ON COMMIT DROP AS {STATED.format(fields='c.fields')}"
LEFT = "SELECT code, name, field, kept, by FROM undone_boundary WHERE kept IS NOT NULL ORDER BY code, field"
RESTORE = """
UPDATE territories_territory t SET
  names = CASE WHEN NOT 'name' = ANY(b.fields) THEN t.names
               WHEN b.before->>'name' IS NULL THEN t.names - b.language::text
               ELSE t.names || jsonb_build_object(b.language, b.before->>'name') END,
  country = CASE WHEN 'country' = ANY(b.fields) THEN b.before->>'country' ELSE t.country END,
  source = CASE WHEN 'source' = ANY(b.fields) THEN b.before->>'source' ELSE t.source END,
  year = CASE WHEN 'year' = ANY(b.fields) THEN (b.before->>'year')::smallint ELSE t.year END,
  licence_id = CASE WHEN 'licence' = ANY(b.fields)
    THEN (SELECT id FROM vocabulary_licence WHERE code = b.before->>'licence') ELSE t.licence_id END,
  parent_id = CASE WHEN 'parent' = ANY(b.fields)
    THEN (SELECT id FROM territories_territory WHERE code = b.before->>'parent') ELSE t.parent_id END,
  boundary = CASE WHEN 'boundary' = ANY(b.fields) THEN b.boundary ELSE t.boundary END
FROM (SELECT c.code, c.language, c.before, c.boundary, array_agg(u.field) AS fields
      FROM importers_boundarychange c JOIN undone_boundary u ON u.code = c.code AND u.kept IS NULL
      WHERE c.run_id = %(run)s GROUP BY c.id) AS b
WHERE t.code = b.code
RETURNING t.id, t.code, 'boundary' = ANY(b.fields)
"""
# What was added is still what it was when it came, in every field and with nothing beside.
ADDED = f"""
SELECT s.code, min(s.name), (array_agg(s.kept ORDER BY s.kept = 'later' DESC) FILTER (WHERE s.kept IS NOT NULL))[1],
  max(s.by), bool_or(t.id IS NULL), min(t.id),
  bool_or(t.population IS NOT NULL OR t.view IS NOT NULL OR t.names <> jsonb_build_object(c.language, s.name))
FROM ({STATED.format(fields="%(fields)s::text[]")}) AS s
JOIN importers_boundarychange c ON c.run_id = %(run)s AND c.code = s.code
LEFT JOIN territories_territory t ON t.code = s.code
GROUP BY s.code ORDER BY s.code
"""
HELD = "SELECT id FROM territories_territory WHERE id = ANY(%(ids)s) ORDER BY id FOR UPDATE"
PLACED = (
    "SELECT DISTINCT initiative_id FROM initiatives_initiativeterritory WHERE territory_id = ANY(%(ids)s)"
)
# Their squares go with them; links follow when their initiatives are placed again.
REMOVE = "DELETE FROM territories_territory WHERE id = ANY(%(ids)s)"
