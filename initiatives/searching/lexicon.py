"""Keeping the lexicon: counted anew as a whole, by set; what did not change is not touched."""

from django.core.cache import cache
from django.db import connection, transaction

from geo.written import written

from ..models.lexicon import LONGEST_WORD

# Any number: who counts words takes turns.
LOCK = 7_302_201_915
# Numbers, single letters and what is longer than so many letters are nothing to complete or to correct. A spelling is
# looked for where its initiative is another one or writes it otherwise now.
REBUILD = """
WITH counted AS MATERIALIZED (
  SELECT lexeme AS word, count(*)::int AS uses,
    coalesce(min(i.id) FILTER (WHERE i.cell IS NOT NULL), min(i.id)) AS example
  FROM initiatives_initiative i CROSS JOIN LATERAL unnest(i.search) AS lexemes
  WHERE i.status = 'published' AND char_length(lexeme) BETWEEN 2 AND %(longest)s AND lexeme ~ '[[:alpha:]]'
  GROUP BY lexeme),
spelt AS MATERIALIZED (
  SELECT c.word, c.uses, c.example, CASE
    WHEN w.example = c.example AND strpos(lower(texts.value), w.spelling) > 0 THEN w.spelling
    ELSE coalesce(geo_spelling(c.word, texts.value), c.word) END AS spelling
  FROM counted c JOIN initiatives_initiative i ON i.id = c.example
  -- The tags as PostgreSQL writes lists, which parts them well enough.
  CROSS JOIN LATERAL (SELECT concat_ws(' ', i.name, i.public_locality, i.tags, i.summary) AS value) AS texts
  LEFT JOIN initiatives_word w ON w.word = c.word),
gone AS (
  DELETE FROM initiatives_word AS w WHERE NOT EXISTS (SELECT FROM counted AS c WHERE c.word = w.word) RETURNING 1),
put AS (
  INSERT INTO initiatives_word AS w (word, uses, spelling, example) SELECT word, uses, spelling, example FROM spelt
  ON CONFLICT (word) DO UPDATE SET uses = excluded.uses, spelling = excluded.spelling, example = excluded.example
  WHERE (w.uses, w.spelling, w.example) <> (excluded.uses, excluded.spelling, excluded.example) RETURNING 1)
SELECT (SELECT count(*) FROM counted), (SELECT count(*) FROM put) + (SELECT count(*) FROM gone)
"""
# Whatever changed an initiative moved the number of its rows that were written.
SEEN = "lexicon:written"


@transaction.atomic
def rebuild() -> tuple[int, int]:
    """Count the words of all published initiatives; how many there are, and how many were touched.

    Takes about 15 s for a million initiatives; readers go on meanwhile. Between two runs the lexicon lags behind:
    whoever proposes a word of it looks first whether it leads to something.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(REBUILD, {"longest": LONGEST_WORD})
        words, touched = cursor.fetchone()
        if touched > words / 10:
            cursor.execute("ANALYZE initiatives_word")
    return words, touched


def rebuild_if_changed() -> tuple[int, int] | None:
    """The same if an initiative was written since the last time, by whatever process; None otherwise.

    What was seen last is kept in the cache: where that is lost with the process, one run too many does no harm.
    """
    now = (connection.settings_dict["NAME"], written("initiatives_initiative"))
    if cache.get(SEEN) == now:
        return None
    done = rebuild()
    cache.set(SEEN, now, timeout=None)
    return done
