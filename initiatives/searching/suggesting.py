"""What the box suggests while someone types, all in one statement."""

import json
from dataclasses import dataclass

from geo.statements import prepared
from territories.enums import ADMINISTRATIVE

from ..enums import Status
from .completing import MOST, SHORTEST_WORD, TRIED, head_of

EACH = 5
# So many names that begin with the words are weighed.
NAMES = 200
# And so many other matches: suggestions are asked for at every letter.
CAP = 100
# Uses of a beginning from which the index of words takes too long to gather all its words, and of a word from which
# others go first; where there are no others, the oldest matches are met sooner along the table from the second on.
MANY, FREQUENT = 2_000, 20_000
# Beginnings of so many letters are those of hundreds of towns: they are looked for among those of so many people first.
SHORT, LARGE = 3, 30_000

# What follows a beginning in the order of bytes comes before it with the last character there is. Where names that
# begin with the words are enough, nobody looks further. A word leads somewhere if its example has the words before it.
_STATEMENT = f"""
WITH typed AS MATERIALIZED (
  SELECT folded, folded || chr(1114111) AS beyond, regexp_replace(folded, '^.* ', '') AS last,
    geo_search_query(folded) AS query
  FROM (SELECT geo_fold(%(text)s::text) AS folded) AS f),
beginning AS MATERIALIZED (
  SELECT word, uses, char_length(word) >= {SHORTEST_WORD} AND word <> (SELECT last FROM typed) AS goes_on
  FROM initiatives_word WHERE (SELECT last <> '' FROM typed) AND word ~>=~ (SELECT last FROM typed)
    AND word ~<~ (SELECT last || chr(1114111) FROM typed)),
going_on AS MATERIALIZED (
  SELECT row_number() OVER (ORDER BY first.uses DESC, word COLLATE "C") - 1 AS place, spelling, example
  FROM (SELECT word, uses FROM beginning WHERE goes_on ORDER BY uses DESC, word COLLATE "C" LIMIT {TRIED}) AS first
  JOIN initiatives_word USING (word)),
proven AS MATERIALIZED (
  SELECT place FROM (SELECT * FROM going_on ORDER BY place) AS one JOIN initiatives_initiative i ON i.id = example
  WHERE i.status = '{Status.PUBLISHED}' AND i.cell IS NOT NULL
    AND i.search @@ geo_search_query(%(head)s::text || spelling) ORDER BY place LIMIT {MOST}),
enough AS MATERIALIZED (
  SELECT word, uses, sum(uses) OVER (ORDER BY uses > {{many}}, uses DESC, word COLLATE "C") - uses AS before
  FROM beginning),
gathering AS MATERIALIZED (
  SELECT alone AND total > {{frequent}}
      AND (SELECT max(uses) > {{frequent}} FROM enough WHERE before < {{cap}}) AS by_age,
    CASE WHEN alone AND total > {{many}}
      THEN (SELECT to_tsquery('pg_catalog.simple', string_agg(word, '|')) FROM enough WHERE before < {{cap}})
      ELSE query END AS query
  FROM (SELECT query, strpos(folded, ' ') = 0 AS alone, (SELECT coalesce(sum(uses), 0) FROM beginning) AS total
    FROM typed) AS t),
named AS MATERIALIZED (
  SELECT id, search_name, search FROM initiatives_initiative
  WHERE status = '{Status.PUBLISHED}' AND (SELECT query IS NOT NULL FROM typed)
    AND search_name COLLATE "C" >= (SELECT folded FROM typed)
    AND search_name COLLATE "C" < (SELECT beyond FROM typed)
  ORDER BY search_name COLLATE "C", id LIMIT {NAMES}),
gathered AS MATERIALIZED (
  SELECT id, search_name, search FROM initiatives_initiative
  WHERE status = '{Status.PUBLISHED}' AND search @@ (SELECT query FROM gathering)
    AND (SELECT count(*) FROM named) < {EACH} AND NOT (SELECT coalesce(by_age, false) FROM gathering)
    AND NOT starts_with(search_name, (SELECT folded FROM typed))
  LIMIT {{cap}}),
met AS MATERIALIZED (
  SELECT id, search_name, search FROM initiatives_initiative
  WHERE status = '{Status.PUBLISHED}' AND search @@ (SELECT query FROM typed)
    AND (SELECT count(*) FROM named) < {EACH} AND (SELECT by_age FROM gathering)
    AND NOT starts_with(search_name, (SELECT folded FROM typed))
  ORDER BY id LIMIT {{cap}}),
best AS MATERIALIZED (
  SELECT id, row_number() OVER (ORDER BY kind, weight DESC, search_name, id) AS place FROM (
    SELECT id, search_name, ts_rank(search, (SELECT query FROM typed)) AS weight,
      CASE WHEN kind = 1 AND search_name = (SELECT folded FROM typed) THEN 0 ELSE kind END AS kind
    FROM (SELECT 1 AS kind, * FROM named UNION ALL SELECT 2, * FROM gathered UNION ALL SELECT 2, * FROM met) AS all_of
    WHERE search @@ (SELECT query FROM typed)) AS weighed
  ORDER BY place LIMIT {EACH}),
initiatives AS (
  SELECT i.name, i.slug, i.public_locality AS place, coalesce(p.slug, t.slug) AS theme
  FROM best JOIN initiatives_initiative i USING (id)
  JOIN vocabulary_theme t ON t.id = i.primary_theme_id LEFT JOIN vocabulary_theme p ON p.id = t.parent_id
  ORDER BY best.place),
territories AS (
  SELECT code, names, scheme, coalesce(view, ARRAY[ST_XMin(boundary), ST_YMin(boundary), ST_XMax(boundary),
    ST_YMax(boundary)]) AS bbox
  FROM territories_territory
  WHERE scheme IN ({", ".join(f"'{scheme}'" for scheme in ADMINISTRATIVE)}) AND (SELECT folded <> '' FROM typed)
    AND search_names LIKE (SELECT '%%|' || folded || '%%' FROM typed)
  ORDER BY population DESC NULLS LAST, code LIMIT {EACH}),
large AS MATERIALIZED (
  SELECT id FROM territories_place
  WHERE population >= {LARGE} AND (SELECT char_length(folded) BETWEEN 1 AND {SHORT} FROM typed)
    AND search_names LIKE (SELECT '%%|' || folded || '%%' FROM typed)
  ORDER BY population DESC, name LIMIT {EACH}),
small AS MATERIALIZED (
  SELECT id, population, name FROM territories_place
  WHERE (SELECT folded <> '' FROM typed) AND (SELECT count(*) FROM large) < {EACH}
    AND search_names LIKE (SELECT '%%|' || folded || '%%' FROM typed)),
largest AS MATERIALIZED (
  SELECT id FROM large WHERE (SELECT count(*) FROM large) = {EACH} UNION ALL
  (SELECT id FROM small ORDER BY population DESC, name LIMIT {EACH})),
places AS (
  SELECT name, admin1, country, ST_X(position) AS lon, ST_Y(position) AS lat, population
  FROM largest JOIN territories_place USING (id) ORDER BY population DESC, name)
SELECT json_build_object('folded', folded,
  'going_on', (SELECT coalesce(json_agg(spelling ORDER BY place), '[]') FROM going_on),
  'proven', (SELECT coalesce(json_agg(place), '[]') FROM proven),
  'initiatives', (SELECT coalesce(json_agg(i), '[]') FROM initiatives AS i),
  'territories', (SELECT coalesce(json_agg(t), '[]') FROM territories AS t),
  'places', (SELECT coalesce(json_agg(p), '[]') FROM places AS p))::text FROM typed
"""


def statement(*, many: int = MANY, frequent: int = FREQUENT, cap: int = CAP) -> str:
    """What is asked for a text and what stands before its last word, as one statement."""
    return _STATEMENT.format(many=many, frequent=frequent, cap=cap)


ASKED = statement()


@dataclass(frozen=True)
class Asked:
    """What is there for a text."""

    folded: str
    # Words as they are written that go on where the text ends, the most used first; places of those that surely lead
    # somewhere, the first of them.
    going_on: list[str]
    proven: list[int]
    # Name, slug, place and theme of the best matches.
    initiatives: list[dict]
    # Code, names, scheme and bbox of those with a name that begins with the text, the largest first.
    territories: list[dict]
    # Name, first division, country, longitude, latitude and population of towns likewise.
    places: list[dict]


def asked(text: str) -> Asked:
    """Up to five of each kind, the best first."""
    [(found,)] = prepared(ASKED, text=text, head=head_of(text))
    return Asked(**json.loads(found))
