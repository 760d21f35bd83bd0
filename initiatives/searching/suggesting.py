"""What the box suggests while someone types."""

import json
from dataclasses import dataclass

from geo.statements import prepared

from ..enums import Status
from .beginnings import CAP, EACH, Begun, begun
from .completing import MOST, head_of

# So many names that begin with the words are weighed.
NAMES = 200

# Where names that begin with the words are enough, nobody looks further. A word leads somewhere if its example has the
# words before it. What is given stands in a part of its own: the planner would else make a plan for each text.
_STATEMENT = f"""
WITH typed AS MATERIALIZED (
  SELECT *, folded || chr(1114111) AS beyond, geo_search_query(folded) AS query
  FROM (SELECT %(folded)s::text AS folded, %(gathered_by)s::text::tsquery AS gathered_by, %(by_age)s::bool AS by_age)
    AS given),
proven AS (
  SELECT place - 1 AS place FROM unnest(%(going_on)s::text[], %(examples)s::bigint[])
    WITH ORDINALITY AS word(spelling, example, place) JOIN initiatives_initiative i ON i.id = example
  WHERE i.status = '{Status.PUBLISHED}' AND i.cell IS NOT NULL
    AND i.search @@ geo_search_query(%(head)s::text || spelling) ORDER BY place LIMIT {MOST}),
named AS MATERIALIZED (
  SELECT id, search_name, search FROM initiatives_initiative
  WHERE status = '{Status.PUBLISHED}' AND (SELECT query IS NOT NULL FROM typed)
    AND search_name COLLATE "C" >= (SELECT folded FROM typed)
    AND search_name COLLATE "C" < (SELECT beyond FROM typed)
  ORDER BY search_name COLLATE "C", id LIMIT {NAMES}),
gathered AS MATERIALIZED (
  SELECT id, search_name, search FROM initiatives_initiative
  WHERE status = '{Status.PUBLISHED}'
    AND search @@ (SELECT coalesce(gathered_by, query) FROM typed)
    AND (SELECT count(*) FROM named) < {EACH} AND (SELECT NOT by_age FROM typed)
    AND NOT starts_with(search_name, (SELECT folded FROM typed))
  LIMIT {{cap}}),
met AS MATERIALIZED (
  SELECT id, search_name, search FROM initiatives_initiative
  WHERE status = '{Status.PUBLISHED}' AND search @@ (SELECT query FROM typed)
    AND (SELECT count(*) FROM named) < {EACH} AND (SELECT by_age FROM typed)
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
  ORDER BY best.place)
SELECT (SELECT coalesce(json_agg(i), '[]') FROM initiatives AS i)::text,
  (SELECT coalesce(json_agg(place), '[]') FROM proven)::text
"""


def statement(*, cap: int = CAP) -> str:
    """What is asked for a text and what it begins, as one statement."""
    return _STATEMENT.format(cap=cap)


ASKED = statement()


@dataclass(frozen=True)
class Suggested:
    """What is there for a text."""

    begun: Begun
    # Name, slug, place and theme of the best matches.
    initiatives: list[dict]
    # Places, among the words that go on, of those that surely lead somewhere, the first of them.
    proven: list[int]


def suggested(text: str) -> Suggested:
    """Up to five initiatives, the best first, beside what the text begins."""
    there = begun(text)
    if not there.folded:
        return Suggested(there, [], [])
    [(initiatives, proven)] = prepared(
        ASKED,
        folded=there.folded,
        going_on=there.going_on,
        examples=there.examples,
        head=head_of(text),
        gathered_by=there.gathered_by,
        by_age=there.by_age,
    )
    return Suggested(there, json.loads(initiatives), json.loads(proven))
