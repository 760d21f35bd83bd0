"""Statements of bulk_matching.py, each over many rows of the staging table at once."""

from .placement import AS_USUAL, FEW_PAGES

HOST = "lower(split_part(split_part({0}, '/', 3), ':', 1))"
SITE = f"regexp_replace({HOST}, '^www[.]', '')"
PAGE = "rtrim(regexp_replace(lower({0}), '^https?://(www[.])?', ''), '/')"
OWN_SITE = SITE.format("n.website")
# Whether a key of staged_new is that of a register.
REGISTER = """(n.external_id ~ '^[A-Z]{0,4}[0-9][0-9 .-]*$'
   AND length(regexp_replace(n.external_id, '[^0-9]', '', 'g')) >= %(digits)s)"""
# Rows whose key is new to the network, and which initiatives each of them may be by the name, or by the place and a
# name like it. Neighbours follow one another, so that what is read of the index of places for one is still at hand for
# the next: PostGIS puts points in order along a curve. Each row is looked for by itself, in indexes, whatever the
# planner takes tables and rows for. Names compare in the order of bytes: that index is a tree, the one of trigrams
# would be taken for equality as well.
SEEK = """
WITH sought AS (
  INSERT INTO staged_new (number, name, folded, position, email, phone, external_id, website)
  SELECT number, name, geo_fold(name), position, email, phone, external_id, website
  FROM staged_record WHERE state = 'added' AND {rows} ORDER BY position
  RETURNING number, folded, position
)
INSERT INTO staged_pair (number, id)
SELECT n.number, may.id FROM sought n CROSS JOIN LATERAL (
  SELECT i.id FROM initiatives_initiative i
  WHERE i.search_name COLLATE "C" = n.folded COLLATE "C" AND i.status = 'published'
    AND (i.position IS NULL OR n.position IS NULL
      OR ST_DWithin(i.position::geography, n.position::geography, %(town)s))
  UNION ALL
  SELECT i.id FROM initiatives_initiative i
  WHERE i.public_position && ST_MakeEnvelope(
      ST_X(n.position) - %(place)s / (111000 * cos(radians(ST_Y(n.position)))), ST_Y(n.position) - %(place)s / 111000.0,
      ST_X(n.position) + %(place)s / (111000 * cos(radians(ST_Y(n.position)))), ST_Y(n.position) + %(place)s / 111000.0,
      4326)
    AND i.status = ANY(%(open)s) AND similarity(i.search_name, n.folded) >= %(alike)s
  OFFSET 0
) AS may
"""
# Some rows while others are read; in the end those that nobody looked for.
SEEK_SOME = SEEK.format(rows="number BETWEEN %(first)s AND %(last)s")
SEEK_OTHERS = SEEK.format(rows="NOT EXISTS (SELECT FROM staged_new n WHERE n.number = staged_record.number)")
# By a way to reach it and by its number in a register, for which there is no index: all rows at once.
PAIRS = f"""
INSERT INTO staged_pair (number, id)
SELECT n.number, c.initiative_id FROM staged_new n JOIN initiatives_contact c ON c.kind = 'email' AND c.value = n.email
UNION ALL
SELECT n.number, c.initiative_id FROM staged_new n JOIN initiatives_contact c ON c.kind = 'phone' AND c.value = n.phone
UNION ALL
SELECT n.number, d.initiative_id FROM staged_new n JOIN initiatives_identity d ON d.external_id = n.external_id
WHERE {REGISTER} AND d.network_id IS DISTINCT FROM %(network)s
"""
# What too many have, here or in the file, among what a pair has in common.
SHARED = f"""
CREATE TEMPORARY TABLE staged_shared ON COMMIT DROP AS
WITH asked AS (
  SELECT DISTINCT a.kind, a.value FROM staged_pair p JOIN staged_new n USING (number),
    LATERAL (VALUES ('site', {OWN_SITE}), ('email', n.email), ('phone', n.phone)) AS a(kind, value)
  WHERE a.value <> ''
), hosts AS (
  -- With and without www, rather than to write every site of the house in one way first.
  SELECT value, host FROM asked, LATERAL (VALUES (value), ('www.' || value)) AS h(host) WHERE kind = 'site'
), holders AS (
  SELECT 'site' AS kind, hosts.value FROM initiatives_initiative i JOIN hosts ON hosts.host = {HOST.format("i.website")}
  WHERE i.website <> '' AND EXISTS (SELECT FROM hosts)
  UNION ALL
  SELECT c.kind, c.value FROM initiatives_contact c WHERE EXISTS (SELECT FROM asked WHERE kind <> 'site')
  UNION ALL
  SELECT a.kind, a.value FROM staged_new n,
    LATERAL (VALUES ('site', {OWN_SITE}), ('email', n.email), ('phone', n.phone)) AS a(kind, value)
  WHERE EXISTS (SELECT FROM asked)
)
SELECT kind, value FROM holders JOIN asked USING (kind, value) GROUP BY kind, value HAVING count(*) > %(shared)s
"""
# An initiative that the network knows under another key is another record of it.
SIGNS = f"""
CREATE TEMPORARY TABLE staged_sign ON COMMIT DROP AS
SELECT number, id, name, likeness, array_remove(ARRAY[
    CASE WHEN metres <= %(place)s THEN 'place' WHEN metres <= %(near)s THEN 'near' WHEN metres <= %(town)s THEN 'town'
         WHEN metres > %(far)s THEN 'far' END,
    CASE WHEN site = '' OR site <> its_site OR ('site', site) IN (SELECT kind, value FROM staged_shared) THEN NULL
         WHEN page = its_page AND page <> site THEN 'page' ELSE 'site' END,
    CASE WHEN phone <> '' AND phone = its_phone
           AND NOT ('phone', phone) IN (SELECT kind, value FROM staged_shared) THEN 'phone' END,
    CASE WHEN email <> '' AND lower(email) = its_email
           AND NOT ('email', email) IN (SELECT kind, value FROM staged_shared) THEN 'email' END,
    CASE WHEN is_register AND EXISTS (SELECT FROM initiatives_identity d
           WHERE d.initiative_id = pair.id AND d.external_id = pair.external_id) THEN 'register' END
  ], NULL) AS signs
FROM (
  SELECT n.*, i.id, {REGISTER} AS is_register, {OWN_SITE} AS site,
    similarity(i.search_name, n.folded) AS likeness,
    ST_Distance(i.position::geography, n.position::geography) AS metres,
    {PAGE.format("n.website")} AS page, {SITE.format("i.website")} AS its_site, {PAGE.format("i.website")} AS its_page,
    (SELECT c.value FROM initiatives_contact c WHERE c.initiative_id = i.id AND c.kind = 'phone') AS its_phone,
    (SELECT lower(c.value) FROM initiatives_contact c WHERE c.initiative_id = i.id AND c.kind = 'email') AS its_email
  FROM (SELECT DISTINCT number, id FROM staged_pair) AS p JOIN staged_new n USING (number)
  JOIN initiatives_initiative i ON i.id = p.id
  WHERE i.status = ANY(%(open)s)
    AND NOT EXISTS (SELECT FROM initiatives_identity d
                    WHERE d.initiative_id = i.id AND d.network_id = %(network)s)
) AS pair
"""
SCORES = """
CREATE TEMPORARY TABLE staged_score ON COMMIT DROP AS
SELECT number, id, name, signs, round((likeness * (%(points)s->>'name')::numeric
  + coalesce((SELECT sum((%(points)s->>sign)::numeric) FROM unnest(signs) AS sign), 0))::numeric, 3) AS score
FROM staged_sign
"""
STATEMENTS = (
    "DROP TABLE IF EXISTS staged_shared, staged_sign, staged_score",
    SEEK_OTHERS,
    FEW_PAGES,
    "ANALYZE staged_new",
    PAIRS,
    "ANALYZE staged_pair",
    AS_USUAL,
    SHARED,
    SIGNS,
    SCORES,
)
# The best for each row; of several rows that are sure of one initiative the best is, the others are in doubt.
MARK = """
WITH best AS (
  SELECT DISTINCT ON (number) number, id, name, signs, score FROM staged_score WHERE score >= %(maybe)s
  ORDER BY number, score DESC, id
), ranked AS (
  SELECT *, score >= %(sure)s AND row_number() OVER (PARTITION BY id ORDER BY score DESC, number) = 1 AS is_joined
  FROM best
), marked AS (
  UPDATE staged_record s SET
    state = CASE WHEN is_joined THEN 'joined' ELSE s.state END,
    initiative_id = CASE WHEN is_joined THEN ranked.id ELSE s.initiative_id END,
    doubt = CASE WHEN NOT is_joined THEN ranked.id END
  FROM ranked WHERE ranked.number = s.number
)
SELECT number, name, id, score, signs, is_joined FROM ranked
"""
