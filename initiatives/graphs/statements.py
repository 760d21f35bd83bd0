"""SQL of the graph: each statement begins with the keys of the chosen initiatives, listed or by the selection.

A statement reads whole tables once and joins by hashes, whatever is chosen: a million memberships take one pass.
"""

from community.members.counts import FEWEST

CHOSEN = "WITH chosen (id) AS MATERIALIZED ({chosen})"

# Networks and collectives that the chosen initiatives belong to, are carried by or are linked with.
NETWORKS = f"""{CHOSEN}, near (id) AS (
  SELECT m.network_id FROM initiatives_networkmembership m JOIN chosen c ON c.id = m.initiative_id
  UNION SELECT l.to_network_id FROM initiatives_link l JOIN chosen c ON c.id = l.from_initiative_id
  UNION SELECT l.from_network_id FROM initiatives_link l JOIN chosen c ON c.id = l.to_initiative_id)
SELECT n.id, n.slug, n.name FROM initiatives_network n JOIN near USING (id) ORDER BY n.id
"""
ALL_NETWORKS = "SELECT id, slug, name FROM initiatives_network ORDER BY id"
COLLECTIVES = f"""{CHOSEN}, near (id) AS (
  SELECT i.collective_id FROM initiatives_initiative i JOIN chosen USING (id)
  UNION SELECT l.to_collective_id FROM initiatives_link l JOIN chosen c ON c.id = l.from_initiative_id
  UNION SELECT l.from_collective_id FROM initiatives_link l JOIN chosen c ON c.id = l.to_initiative_id)
SELECT o.id, o.slug, o.name FROM territories_collective o JOIN near USING (id)
WHERE o.status = 'published' ORDER BY o.id
"""
ALL_COLLECTIVES = "SELECT id, slug, name FROM territories_collective WHERE status = 'published' ORDER BY id"
INITIATIVES = f"""{CHOSEN}
SELECT i.uuid, i.slug, i.name, ST_X(i.public_position), ST_Y(i.public_position)
FROM initiatives_initiative i JOIN chosen USING (id) ORDER BY i.id
"""
THEMES = f"""{CHOSEN}
SELECT t.slug, t.names FROM vocabulary_theme t WHERE t.id IN (
  SELECT h.theme_id FROM initiatives_initiativetheme h JOIN chosen c ON c.id = h.initiative_id)
ORDER BY t.id
"""

# Both ends are in the graph: initiatives that are chosen, networks and collectives of those above.
LINKS = f"""{CHOSEN}
SELECT l.kind, l.since, l.until, fn.slug, fc.slug, fi.uuid, tn.slug, tc.slug, ti.uuid
FROM initiatives_link l
LEFT JOIN initiatives_network fn ON fn.id = l.from_network_id AND fn.id = ANY(%s)
LEFT JOIN initiatives_network tn ON tn.id = l.to_network_id AND tn.id = ANY(%s)
LEFT JOIN territories_collective fc ON fc.id = l.from_collective_id AND fc.id = ANY(%s)
LEFT JOIN territories_collective tc ON tc.id = l.to_collective_id AND tc.id = ANY(%s)
LEFT JOIN (initiatives_initiative fi JOIN chosen f USING (id)) ON fi.id = l.from_initiative_id
LEFT JOIN (initiatives_initiative ti JOIN chosen t USING (id)) ON ti.id = l.to_initiative_id
WHERE num_nonnulls(fn.id, fc.id, fi.uuid) = 1 AND num_nonnulls(tn.id, tc.id, ti.uuid) = 1
ORDER BY l.id
"""
# Those that have ended too, with their dates.
MEMBERSHIPS = f"""{CHOSEN}
SELECT i.uuid, n.slug, m.since, m.until
FROM initiatives_networkmembership m
JOIN initiatives_initiative i ON i.id = m.initiative_id
JOIN chosen c ON c.id = i.id
JOIN initiatives_network n ON n.id = m.network_id
ORDER BY m.id
"""
CARRIED = f"""{CHOSEN}
SELECT o.slug, i.uuid
FROM initiatives_initiative i
JOIN chosen c ON c.id = i.id
JOIN territories_collective o ON o.id = i.collective_id AND o.status = 'published'
ORDER BY i.id
"""
THEMED = f"""{CHOSEN}
SELECT i.uuid, t.slug
FROM initiatives_initiativetheme h
JOIN initiatives_initiative i ON i.id = h.initiative_id
JOIN chosen c ON c.id = i.id
JOIN vocabulary_theme t ON t.id = h.theme_id
ORDER BY h.id
"""
# Two networks by the initiatives that belong to both now.
COMMON_INITIATIVES = f"""{CHOSEN}, held AS (
  SELECT m.network_id, m.initiative_id FROM initiatives_networkmembership m
  JOIN chosen c ON c.id = m.initiative_id WHERE m.until IS NULL),
pairs AS (
  SELECT a.network_id AS one, b.network_id AS other, count(*) AS weight
  FROM held a JOIN held b ON b.initiative_id = a.initiative_id AND b.network_id > a.network_id
  GROUP BY a.network_id, b.network_id)
SELECT a.slug, b.slug, p.weight FROM pairs p
JOIN initiatives_network a ON a.id = p.one JOIN initiatives_network b ON b.id = p.other
ORDER BY p.one, p.other
"""
# Two collectives by the members who are in both, where they are so many that a number tells of nobody.
COMMON_MEMBERS = f"""{CHOSEN}, held AS (
  SELECT m.collective_id, m.member_id FROM community_collectivemembership m
  JOIN territories_collective o ON o.id = m.collective_id AND o.status = 'published'
  WHERE m.ended_on IS NULL AND o.id IN (SELECT i.collective_id FROM initiatives_initiative i JOIN chosen USING (id))),
pairs AS (
  SELECT a.collective_id AS one, b.collective_id AS other, count(*) AS weight
  FROM held a JOIN held b ON b.member_id = a.member_id AND b.collective_id > a.collective_id
  GROUP BY a.collective_id, b.collective_id HAVING count(*) >= {FEWEST})
SELECT a.slug, b.slug, p.weight FROM pairs p
JOIN territories_collective a ON a.id = p.one JOIN territories_collective b ON b.id = p.other
ORDER BY p.one, p.other
"""
# Two collectives by the networks that initiatives of both belong to now.
COMMON_NETWORKS = f"""{CHOSEN}, held AS (
  SELECT DISTINCT i.collective_id, m.network_id FROM initiatives_networkmembership m
  JOIN initiatives_initiative i ON i.id = m.initiative_id
  JOIN chosen c ON c.id = i.id
  JOIN territories_collective o ON o.id = i.collective_id AND o.status = 'published'
  WHERE m.until IS NULL),
pairs AS (
  SELECT a.collective_id AS one, b.collective_id AS other, count(*) AS weight
  FROM held a JOIN held b ON b.network_id = a.network_id AND b.collective_id > a.collective_id
  GROUP BY a.collective_id, b.collective_id)
SELECT a.slug, b.slug, p.weight FROM pairs p
JOIN territories_collective a ON a.id = p.one JOIN territories_collective b ON b.id = p.other
ORDER BY p.one, p.other
"""
