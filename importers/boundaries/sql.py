"""SQL of boundaries: staged, held against the table, written, and kept with the run."""

STAGE = """
CREATE TEMPORARY TABLE staged_boundary (number int, code text PRIMARY KEY, name text, language text,
  country text, parent text, wkb text, boundary geometry(MultiPolygon, 4326), parent_id bigint,
  territory_id bigint, fields text[], state text) ON COMMIT DROP
"""
# The database may see a crossing where the reader's newer library saw none.
SHAPE = """
UPDATE staged_boundary SET boundary =
  ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_SetSRID(ST_GeomFromWKB(decode(wkb, 'hex')), 4326)), 3))
"""
# A code means one territory: of one scheme, one country, one place.
REFUSE = """
DELETE FROM staged_boundary s USING territories_territory t
WHERE t.code = s.code
  AND (t.scheme <> %(scheme)s OR (t.country <> '' AND s.country <> '' AND t.country <> s.country)
       OR NOT ST_Intersects(t.boundary, s.boundary))
RETURNING s.number, s.code, t.scheme, t.country
"""
NAMED_PARENTS = """
UPDATE staged_boundary s SET parent_id = t.id FROM territories_territory t
WHERE s.parent <> '' AND t.code IN (s.parent, %(prefix)s || s.parent) AND t.scheme = ANY(%(larger)s)
"""
# The smallest of the larger schemes of the family whose boundary covers a point of the row.
AROUND = """
UPDATE staged_boundary s SET parent_id = a.id
FROM staged_boundary o
CROSS JOIN LATERAL (
  SELECT t.id FROM territories_territory t
  WHERE t.scheme = ANY(%(larger)s) AND t.code <> o.code AND t.boundary && ST_PointOnSurface(o.boundary)
    AND ST_Covers(t.boundary, ST_PointOnSurface(o.boundary))
  ORDER BY array_position(%(larger)s::text[], t.scheme::text) DESC, t.code LIMIT 1) AS a
WHERE o.code = s.code
"""
WITHOUT_PARENT = """
SELECT number, parent FROM staged_boundary WHERE parent <> '' AND parent_id IS NULL ORDER BY number
"""
# What a row says otherwise than the table; what it does not say stays as it is.
DIFFERENCES = """
UPDATE staged_boundary s SET territory_id = t.id, fields = array_remove(ARRAY[
  CASE WHEN t.names->>s.language IS DISTINCT FROM s.name THEN 'name' END,
  CASE WHEN s.country NOT IN ('', t.country) THEN 'country' END,
  CASE WHEN t.source <> %(source)s THEN 'source' END,
  CASE WHEN t.licence_id IS DISTINCT FROM %(licence)s::bigint THEN 'licence' END,
  CASE WHEN t.year IS DISTINCT FROM %(year)s::smallint THEN 'year' END,
  CASE WHEN s.parent_id IS NOT NULL AND s.parent_id IS DISTINCT FROM t.parent_id THEN 'parent' END,
  CASE WHEN ST_AsEWKB(t.boundary) <> ST_AsEWKB(s.boundary) THEN 'boundary' END], NULL)
FROM territories_territory t WHERE t.code = s.code
"""
STATE = """
UPDATE staged_boundary
SET state = CASE WHEN territory_id IS NULL THEN 'added' WHEN fields <> '{}' THEN 'changed' ELSE 'unchanged' END
"""
COUNTS = "SELECT state, count(*) FROM staged_boundary GROUP BY state"
FIELDS = """
SELECT field, count(*) FROM staged_boundary, unnest(fields) AS field WHERE state = 'changed' GROUP BY field
"""
# What the same source told of the scheme so far and its file does not name any more.
GONE = """
CREATE TEMPORARY TABLE gone_boundary ON COMMIT DROP AS
SELECT code, coalesce(names->>'en', (SELECT min(value) FROM jsonb_each_text(names)), code) AS name, boundary
FROM territories_territory
WHERE scheme = %(scheme)s AND source = %(source)s AND %(country)s IN ('', country) AND code <> ALL(%(named)s)
"""
SHOWN = """
SELECT state, code, name, fields, ST_AsGeoJSON(ST_SimplifyPreserveTopology(boundary, %(fineness)s), 4)
FROM (SELECT state, code, name, coalesce(fields, '{}') AS fields, boundary FROM staged_boundary
      WHERE state <> 'unchanged'
      UNION ALL SELECT 'gone', code, name, '{}', boundary FROM gone_boundary
      ORDER BY state, code LIMIT %(most)s) AS listed
"""
KEEP = """
INSERT INTO importers_boundarychange (run_id, code, state, language, fields, before, after, boundary, digest)
SELECT %(run)s, s.code, s.state, s.language, coalesce(s.fields, '{}'),
  CASE WHEN t.id IS NULL THEN '{}' ELSE jsonb_build_object('name', t.names->>s.language, 'country', t.country,
    'source', t.source, 'licence', l.code, 'year', t.year, 'parent', p.code) END,
  jsonb_build_object('name', s.name, 'country', coalesce(nullif(s.country, ''), t.country, ''),
    'source', %(source)s::text, 'licence', (SELECT code FROM vocabulary_licence WHERE id = %(licence)s::bigint),
    'year', %(year)s::smallint, 'parent', coalesce(n.code, p.code)),
  CASE WHEN 'boundary' = ANY(s.fields) THEN t.boundary END, md5(ST_AsEWKB(s.boundary))
FROM staged_boundary s
LEFT JOIN territories_territory t ON t.id = s.territory_id
LEFT JOIN vocabulary_licence l ON l.id = t.licence_id
LEFT JOIN territories_territory p ON p.id = t.parent_id
LEFT JOIN territories_territory n ON n.id = s.parent_id
WHERE s.state IN ('added', 'changed')
"""
UPSERT = """
INSERT INTO territories_territory AS t (code, scheme, names, country, boundary, source, licence_id, year, parent_id)
SELECT code, %(scheme)s, jsonb_build_object(language, name), country, boundary, %(source)s, %(licence)s, %(year)s,
  parent_id
FROM staged_boundary WHERE state IN ('added', 'changed')
ON CONFLICT (code) DO UPDATE SET names = t.names || excluded.names,
  country = coalesce(nullif(excluded.country, ''), t.country), boundary = excluded.boundary,
  source = excluded.source, licence_id = excluded.licence_id, year = excluded.year,
  parent_id = coalesce(excluded.parent_id, t.parent_id)
"""
MOVED = """
SELECT t.id FROM staged_boundary s JOIN territories_territory t ON t.code = s.code
WHERE s.state = 'added' OR 'boundary' = ANY(s.fields)
"""
