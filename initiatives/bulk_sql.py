"""Statements of bulk.py, each over all rows of a staging table at once."""

# Whatever the planner thinks of a table that was filled just now: what is asked by key is found by key.
KEYS = "CREATE INDEX IF NOT EXISTS staged_by_key ON staged_record (external_id)"
# Whether there is any row that was not staged by its keys alone, and any that is a site of another.
SAYS = """
SELECT EXISTS (SELECT FROM staged_record WHERE name IS NOT NULL), EXISTS (SELECT FROM staged_record WHERE parent <> '')
"""
# Without those that this import wrote.
KNOWN = """
SELECT count(*) FROM initiatives_identity
WHERE network_id = %(network)s AND gone_at IS NULL
  AND (%(context)s::uuid IS NULL OR added_in IS DISTINCT FROM %(context)s::uuid)
"""
# Records that are no longer in the source.
GONE = """
INSERT INTO staged_gone (id, initiative_id)
SELECT d.id, d.initiative_id FROM initiatives_identity d
WHERE d.network_id = %(network)s AND d.gone_at IS NULL
  AND NOT EXISTS (SELECT FROM staged_record s WHERE s.external_id = d.external_id)
"""
# A position that is told only to the town or region is shown as everyone sees it.
PLACES = """
(SELECT state, name, ST_X(p), ST_Y(p) FROM (
   SELECT * FROM staged_record WHERE state IN ('added', 'changed', 'joined') AND position IS NOT NULL
   ORDER BY number LIMIT %(most)s) AS first, geo_blur(position, precision) AS p ORDER BY number)
UNION ALL
(SELECT 'gone', i.name, ST_X(i.public_position), ST_Y(i.public_position)
 FROM staged_gone g JOIN initiatives_initiative i ON i.id = g.initiative_id
 WHERE i.public_position IS NOT NULL ORDER BY g.id LIMIT %(most)s)
"""
# The record that another one is a site of, in this file or known before. Two records may be one initiative, which is no
# site of itself.
PARENTS = """
UPDATE staged_record s SET parent_id = nullif(coalesce(
  (SELECT p.initiative_id FROM staged_record p
   WHERE p.external_id = s.parent AND p.state IN ('added', 'changed', 'joined') LIMIT 1),
  (SELECT d.initiative_id FROM initiatives_identity d
   WHERE d.network_id = %(network)s AND d.external_id = s.parent AND d.gone_at IS NULL)), s.initiative_id)
WHERE s.parent <> ''
"""
# Looked at again for the parent alone, which is not there yet: all is as it was.
STILL_WITHOUT = """
UPDATE staged_record s SET state = 'unchanged' FROM initiatives_identity d
WHERE s.state = 'changed' AND s.parent <> '' AND s.parent_id IS NULL AND d.id = s.identity_id
  AND d.gone_at IS NULL AND d.checksum = s.checksum
"""
WITHOUT_PARENT = (
    "SELECT number, parent FROM staged_record WHERE parent <> '' AND parent_id IS NULL ORDER BY number"
)
STATES = "SELECT coalesce(state, 'unchanged'), count(*) FROM staged_record WHERE NOT refused GROUP BY 1"

NEW = "SELECT initiative_id, name FROM staged_record WHERE state = 'added' ORDER BY number"
# What somebody has to look at first: all of a run, what may be there already, what has no theme yet.
WAITS = "(%(review)s OR doubt IS NOT NULL OR primary_theme IS NULL)"
GIVE_SLUGS = """
UPDATE staged_record s SET slug = g.slug FROM unnest(%(ids)s::bigint[], %(slugs)s::text[]) AS g(id, slug)
WHERE s.initiative_id = g.id AND s.state = 'changed'
"""

# Where new rows will be, so that each is written once, with its territory.
POINTS = """
CREATE TEMPORARY TABLE staged_point ON COMMIT DROP AS
SELECT initiative_id AS id, precision, geo_blur(position, precision) AS public_position
FROM staged_record WHERE state = 'added'
"""
# Every field by the identity that gave it. Names of fields are plain words; to put the object together from pairs takes
# three times as long.
SOURCES = """(CASE WHEN fields = '{}' THEN '{}'
   ELSE '{"' || array_to_string(fields, '":' || identity_id || ',"') || '":' || identity_id || '}' END)::jsonb"""
ADD = f"""
INSERT INTO initiatives_initiative (id, uuid, slug, name, summary, description, description_language,
  primary_theme_id, legal_form_id, founded, tags, labels, languages, reach, position, precision,
    has_no_position,
  street, postcode, locality, country, website, opening_hours, status, licence_id, field_sources,
    created_at, updated_at, territory_id, parent_id)
SELECT r.initiative_id, gen_random_uuid(), g.slug, name, summary, description, description_language,
  primary_theme,
  legal_form, founded, tags, labels, languages, reach, position, precision, has_no_position, street,
    postcode, locality,
  country, website, opening_hours, CASE WHEN {WAITS} THEN %(waiting)s ELSE %(status)s END, licence,
  {SOURCES}, %(now)s, %(now)s, s.territory_id, parent_id
FROM staged_record r JOIN unnest(%(ids)s::bigint[], %(slugs)s::text[]) AS g(id, slug) ON g.id = r.initiative_id
LEFT JOIN ({{smallest}}) AS s ON s.initiative_id = r.initiative_id
WHERE state = 'added' ORDER BY position
"""
ADD_PARTS = (
    """
INSERT INTO initiatives_initiativetheme (initiative_id, theme_id)
SELECT initiative_id, t FROM staged_record, unnest(themes) AS t WHERE state = 'added'
""",
    """
INSERT INTO initiatives_contact (initiative_id, kind, value, visibility)
SELECT s.initiative_id, c.kind, c.value, %(everyone)s
FROM staged_record s, LATERAL (VALUES ('email', s.email), ('phone', s.phone)) AS c(kind, value)
WHERE s.state = 'added' AND c.value <> ''
""",
    """
INSERT INTO initiatives_translation (initiative_id, language, name, summary, description)
SELECT s.initiative_id, t.key, t.value->>'name', t.value->>'summary', t.value->>'description'
FROM staged_record s, jsonb_each(s.translations) AS t WHERE s.state = 'added'
""",
    """
INSERT INTO initiatives_networkmembership (network_id, initiative_id)
SELECT %(network)s, initiative_id FROM staged_record WHERE state = 'added'
""",
    f"""
INSERT INTO initiatives_statuschange (initiative_id, verb, from_status, to_status, by_id, at, reason)
SELECT s.initiative_id, CASE WHEN w THEN %(submit)s ELSE %(verb)s END, '',
  CASE WHEN w THEN %(waiting)s ELSE %(status)s END, %(by)s, %(now)s,
  CASE WHEN s.doubt IS NULL THEN %(reason)s ELSE left(format(%(perhaps)s, i.name, i.slug), 1000) END
FROM (SELECT initiative_id, doubt, {WAITS} AS w FROM staged_record WHERE state = 'added') AS s
LEFT JOIN initiatives_initiative i ON i.id = s.doubt
""",
)

# One more source of an initiative that is there: its record was written for one that does not come.
SETTLE = """
UPDATE initiatives_identity d SET initiative_id = s.initiative_id
FROM staged_record s WHERE s.state = 'joined' AND d.id = s.identity_id
"""
# From then on it is a record like those that changed.
JOIN = (
    """
INSERT INTO initiatives_networkmembership (network_id, initiative_id)
SELECT %(network)s, s.initiative_id FROM staged_record s WHERE s.state = 'joined'
  AND NOT EXISTS (SELECT FROM initiatives_networkmembership m
                  WHERE m.network_id = %(network)s AND m.initiative_id = s.initiative_id AND m.until IS NULL)
""",
    "UPDATE staged_record SET state = 'changed' WHERE state = 'joined'",
)

# Archived by an import because it was gone, whoever ran it, and now back.
RETURNED = """
SELECT i.id, i.status FROM staged_record s JOIN initiatives_initiative i ON i.id = s.initiative_id
JOIN initiatives_identity d ON d.id = s.identity_id
CROSS JOIN LATERAL (SELECT verb, reason FROM initiatives_statuschange c WHERE c.initiative_id = i.id
                    ORDER BY at DESC, id DESC LIMIT 1) AS last
WHERE s.state = 'changed' AND d.gone_at IS NOT NULL AND last.verb = %(archive)s
  AND last.reason = %(gone)s
"""
LEFT_ALONE = """
SELECT s.number, s.name, i.status FROM staged_record s JOIN initiatives_initiative i ON i.id = s.initiative_id
WHERE s.state = 'changed' AND NOT i.status = ANY(%(open)s)
"""
GO = "UPDATE initiatives_identity d SET gone_at = %(now)s FROM staged_gone g WHERE d.id = g.id"
# Another source still has it, people here worked on it, or somebody said since that it is there: then it stays.
ENDED = """
SELECT i.id, i.status FROM initiatives_initiative i
WHERE i.status = ANY(%(archivable)s)
  AND i.id IN (SELECT d.initiative_id FROM initiatives_identity d WHERE d.gone_at <= %(before)s)
  AND NOT EXISTS (SELECT FROM initiatives_identity d WHERE d.initiative_id = i.id
                  AND (d.gone_at IS NULL OR d.gone_at > %(before)s))
  AND NOT EXISTS (SELECT FROM jsonb_each_text(i.field_sources) AS f(name, source) WHERE f.source = %(people)s)
  AND NOT EXISTS (SELECT FROM initiatives_statuschange c WHERE c.initiative_id = i.id AND c.verb <> %(verb)s
                  AND c.at > (SELECT max(d.gone_at) FROM initiatives_identity d WHERE d.initiative_id = i.id))
ORDER BY i.id
"""
STEP = """
UPDATE initiatives_initiative SET status = %(to)s, updated_at = %(now)s WHERE id = ANY(%(ids)s)
"""
RECORD = """
INSERT INTO initiatives_statuschange (initiative_id, verb, from_status, to_status, by_id, at, reason)
SELECT id, %(verb)s, %(from)s, %(to)s, %(by)s, %(now)s, %(reason)s FROM unnest(%(ids)s::bigint[]) AS id
"""

# What a source may change: fields it gave itself, and empty ones that nobody gave. Some fields go together; a record
# that tells no theme takes none away. Pictures come where there are none.
TAKES = """
UPDATE staged_record s SET takes = ARRAY(
  SELECT f.name
  FROM (VALUES {fields}) AS f(name, together, is_empty)
  WHERE NOT EXISTS (SELECT FROM unnest(f.together) AS t
                    WHERE i.field_sources ? t AND i.field_sources->>t <> s.identity_id::text)
    AND (i.field_sources ?| f.together OR f.is_empty)
    AND (f.name <> 'themes' OR s.primary_theme IS NOT NULL)
    AND (f.name <> 'photos' OR f.is_empty))
FROM initiatives_initiative i
WHERE s.state IN ('changed', 'joined') AND i.id = s.initiative_id AND i.status = ANY(%(open)s)
"""
# What a record says otherwise than the house, which keeps its own: people or another source gave it.
KEPT = """
SELECT s.number, f.name, left(f.theirs, 200), left(f.ours, 200), i.field_sources->>f.name = %(people)s
FROM staged_record s JOIN initiatives_initiative i ON i.id = s.initiative_id,
  LATERAL (VALUES {pairs}) AS f(name, theirs, ours)
WHERE s.state IN ('changed', 'joined') AND i.status = ANY(%(open)s)
  AND f.name = ANY(s.fields) AND f.name <> ALL(s.takes) AND f.theirs IS DISTINCT FROM f.ours
ORDER BY s.number, f.name
"""
RENAMED = """
SELECT i.id, s.name, i.name, i.slug FROM staged_record s JOIN initiatives_initiative i ON i.id =
  s.initiative_id
WHERE s.state = 'changed' AND 'name' = ANY(s.takes) AND s.name <> i.name
"""
KEEP_SLUGS = """
INSERT INTO initiatives_oldslug (slug, initiative_id)
SELECT i.slug, i.id FROM initiatives_initiative i WHERE i.id = ANY(%(ids)s)
"""
PARTS = (
    """
DELETE FROM initiatives_initiativetheme l USING staged_record s
WHERE s.state = 'changed' AND 'themes' = ANY(s.takes) AND l.initiative_id = s.initiative_id
  AND l.theme_id <> ALL(s.themes)
RETURNING l.initiative_id
""",
    """
INSERT INTO initiatives_initiativetheme (initiative_id, theme_id)
SELECT s.initiative_id, t FROM staged_record s, unnest(s.themes) AS t
WHERE s.state = 'changed' AND 'themes' = ANY(s.takes)
  AND NOT EXISTS (SELECT FROM initiatives_initiativetheme l WHERE l.initiative_id = s.initiative_id AND
    l.theme_id = t)
RETURNING initiative_id
""",
    """
DELETE FROM initiatives_contact c USING staged_record s
WHERE s.state = 'changed' AND 'contacts' = ANY(s.takes) AND c.initiative_id = s.initiative_id
  AND CASE c.kind WHEN 'email' THEN s.email ELSE s.phone END = ''
RETURNING c.initiative_id
""",
    """
UPDATE initiatives_contact c SET value = CASE c.kind WHEN 'email' THEN s.email ELSE s.phone END
FROM staged_record s
WHERE s.state = 'changed' AND 'contacts' = ANY(s.takes) AND c.initiative_id = s.initiative_id
  AND c.value <> CASE c.kind WHEN 'email' THEN s.email ELSE s.phone END
RETURNING c.initiative_id
""",
    """
INSERT INTO initiatives_contact (initiative_id, kind, value, visibility)
SELECT s.initiative_id, c.kind, c.value, %(everyone)s
FROM staged_record s, LATERAL (VALUES ('email', s.email), ('phone', s.phone)) AS c(kind, value)
WHERE s.state = 'changed' AND 'contacts' = ANY(s.takes) AND c.value <> ''
  AND NOT EXISTS (SELECT FROM initiatives_contact x WHERE x.initiative_id = s.initiative_id AND x.kind
    = c.kind)
RETURNING initiative_id
""",
)
# A record that tells no translation takes none away.
TRANSLATED = """
FROM staged_record s, jsonb_each(s.translations) AS n
WHERE s.state = 'changed' AND 'translations' = ANY(s.takes)
"""
PARTS += (
    """
DELETE FROM initiatives_translation t USING staged_record s
WHERE s.state = 'changed' AND 'translations' = ANY(s.takes)
  AND t.initiative_id = s.initiative_id AND NOT s.translations ? t.language
RETURNING t.initiative_id
""",
    f"""
UPDATE initiatives_translation t SET name = n.value->>'name', summary = n.value->>'summary',
  description = n.value->>'description'
{TRANSLATED} AND t.initiative_id = s.initiative_id AND t.language = n.key
  AND (t.name, t.summary, t.description)
    <> (n.value->>'name', n.value->>'summary', n.value->>'description')
RETURNING t.initiative_id
""",
    f"""
INSERT INTO initiatives_translation (initiative_id, language, name, summary, description)
SELECT s.initiative_id, n.key, n.value->>'name', n.value->>'summary', n.value->>'description'
{TRANSLATED} AND NOT EXISTS (SELECT FROM initiatives_translation t
  WHERE t.initiative_id = s.initiative_id AND t.language = n.key)
RETURNING initiative_id
""",
)
# Pictures come afterwards; they are a change of the record all the same.
PARTS += ("SELECT initiative_id FROM staged_record WHERE state = 'changed' AND 'photos' = ANY(takes)",)
GIVING = """
SELECT s.number, s.initiative_id, d.raw FROM staged_record s JOIN initiatives_identity d ON d.id = s.identity_id
WHERE %(field)s = ANY(s.fields) AND (s.state = 'added' OR (s.state = 'changed' AND %(field)s = ANY(s.takes)))
"""
CHANGE = """
UPDATE initiatives_initiative i SET {assignments}, slug = coalesce(s.slug, i.slug), updated_at = %(now)s,
  field_sources = i.field_sources || coalesce(
    (SELECT jsonb_object_agg(f, s.identity_id) FROM unnest(s.fields) AS f WHERE f = ANY(s.takes)), '{{}}')
FROM staged_record s
WHERE s.state = 'changed' AND i.id = s.initiative_id AND i.status = ANY(%(open)s)
  AND (i.id = ANY(%(parts)s) OR ({new}) IS DISTINCT FROM ({old}))
RETURNING i.id, i.status
"""
IDENTITY = """
UPDATE initiatives_identity d SET raw = s.raw, checksum = s.checksum, url = s.url, licence_id = s.licence,
  fields = s.fields, seen_at = %(now)s, gone_at = NULL
FROM staged_record s WHERE s.state = 'changed' AND s.checksum IS NOT NULL AND d.id = s.identity_id
"""
