"""What a text that is being typed begins, whichever initiatives there are: words of the lexicon, towns, territories."""

import json
from dataclasses import dataclass

from territories.enums import ADMINISTRATIVE

from .completing import SHORTEST_WORD, TRIED
from .remembering import remembered

EACH = 5
# So many matches are weighed, beside names that begin with the words: suggestions are asked for at every letter.
CAP = 100
# Uses of a beginning from which the index of words takes too long to gather all its words, and of a word from which
# others go first; where there are no others, the oldest matches are met sooner along the table from the second on.
MANY, FREQUENT = 500, 20_000
# Beginnings of so many letters are those of hundreds of towns: they are looked for among those of so many people first.
SHORT, LARGE = 3, 30_000

# What follows a beginning in the order of bytes comes before it with the last character there is. Each word of `enough`
# has a use at least, so as many as are weighed are enough.
_STATEMENT = f"""
WITH typed AS MATERIALIZED (
  SELECT folded, regexp_replace(folded, '^.* ', '') AS last, '%%|' || folded || '%%' AS named
  FROM (SELECT geo_fold(%(text)s::text) AS folded) AS f),
beginning AS MATERIALIZED (
  SELECT word, uses FROM initiatives_word
  WHERE (SELECT last <> '' FROM typed) AND word ~>=~ (SELECT last FROM typed)
    AND word ~<~ (SELECT last || chr(1114111) FROM typed)),
going_on AS (
  SELECT row_number() OVER (ORDER BY first.uses DESC, word COLLATE "C") AS place, spelling, example
  FROM (SELECT word, uses FROM beginning
        WHERE char_length(word) >= {SHORTEST_WORD} AND word <> (SELECT last FROM typed)
        ORDER BY uses DESC, word COLLATE "C" LIMIT {TRIED}) AS first
  JOIN initiatives_word USING (word)),
frequent AS MATERIALIZED (
  SELECT sum(uses) > {{many}} AS many, sum(uses) > {{frequent}} AS often FROM beginning
  WHERE (SELECT strpos(folded, ' ') = 0 FROM typed)),
enough AS MATERIALIZED (
  SELECT word, uses, sum(uses) OVER (ORDER BY uses > {{many}}, uses DESC, word COLLATE "C") - uses AS before
  FROM (SELECT word, uses FROM beginning WHERE (SELECT many FROM frequent)
        ORDER BY uses > {{many}}, uses DESC, word COLLATE "C" LIMIT {{cap}}) AS first),
gathering AS (
  SELECT to_tsquery('pg_catalog.simple', string_agg(word, '|'))::text AS query,
    (SELECT often FROM frequent) AND max(uses) > {{frequent}} AS by_age
  FROM enough WHERE before < {{cap}}),
territories AS (
  SELECT code, names, scheme, coalesce(view, ARRAY[ST_XMin(boundary), ST_YMin(boundary), ST_XMax(boundary),
    ST_YMax(boundary)]) AS bbox
  FROM territories_territory
  WHERE scheme IN ({", ".join(f"'{scheme}'" for scheme in ADMINISTRATIVE)}) AND (SELECT folded <> '' FROM typed)
    AND search_names LIKE (SELECT named FROM typed)
  ORDER BY population DESC NULLS LAST, code LIMIT {EACH}),
large AS MATERIALIZED (
  SELECT id FROM territories_place
  WHERE population >= {LARGE} AND (SELECT char_length(folded) BETWEEN 1 AND {SHORT} FROM typed)
    AND search_names LIKE (SELECT named FROM typed)
  ORDER BY population DESC, name LIMIT {EACH}),
small AS MATERIALIZED (
  SELECT id, population, name FROM territories_place
  WHERE (SELECT folded <> '' FROM typed) AND (SELECT count(*) FROM large) < {EACH}
    AND search_names LIKE (SELECT named FROM typed)),
largest AS MATERIALIZED (
  SELECT id FROM large WHERE (SELECT count(*) FROM large) = {EACH} UNION ALL
  (SELECT id FROM small ORDER BY population DESC, name LIMIT {EACH})),
places AS (
  SELECT name, admin1, country, ST_X(position) AS lon, ST_Y(position) AS lat, population
  FROM largest JOIN territories_place USING (id) ORDER BY population DESC, name)
SELECT json_build_object('folded', folded,
  'going_on', (SELECT coalesce(json_agg(spelling ORDER BY place), '[]') FROM going_on),
  'examples', (SELECT coalesce(json_agg(example ORDER BY place), '[]') FROM going_on),
  'gathered_by', (SELECT query FROM gathering),
  'by_age', (SELECT coalesce(by_age, false) FROM gathering),
  'territories', (SELECT coalesce(json_agg(t), '[]') FROM territories AS t),
  'places', (SELECT coalesce(json_agg(p), '[]') FROM places AS p))::text FROM typed
"""


def statement(*, many: int = MANY, frequent: int = FREQUENT, cap: int = CAP) -> str:
    """What is asked for a text, as one statement."""
    return _STATEMENT.format(many=many, frequent=frequent, cap=cap)


ASKED = statement()


@dataclass(frozen=True)
class Begun:
    """What a text begins."""

    folded: str
    # Words as they are written that go on where the text ends, the most used first, and an initiative that uses each.
    going_on: list[str]
    examples: list[int]
    # The words by which matches are gathered, as a tsquery, where the text itself would find far too many; whether
    # they are met sooner from the oldest on.
    gathered_by: str | None
    by_age: bool
    # Code, names, scheme and bbox of those with a name that begins with the text, the largest first.
    territories: list[dict]
    # Name, first division, country, longitude, latitude and population of towns likewise.
    places: list[dict]


def begun(text: str) -> Begun:
    """Up to five territories and towns, up to eight words, seconds old at most."""
    [(found,)] = remembered(ASKED, text=text)
    return Begun(**json.loads(found))
