"""Keeping the lexicon: counted anew as a whole, by set; what did not change is not touched."""

from django.core.cache import cache
from django.db import connection, transaction

from ..models.lexicon import LONGEST_WORD

# Any number: who counts words takes turns.
LOCK = 7_302_201_915
VECTORS = "SELECT search FROM initiatives_initiative WHERE status = 'published'"
REBUILD = """
WITH counted AS MATERIALIZED (SELECT word, uses FROM geo_words(%(vectors)s, %(longest)s)),
gone AS (
  DELETE FROM initiatives_word AS w WHERE NOT EXISTS (SELECT FROM counted AS c WHERE c.word = w.word) RETURNING 1),
put AS (
  INSERT INTO initiatives_word AS w (word, uses) SELECT word, uses FROM counted
  ON CONFLICT (word) DO UPDATE SET uses = excluded.uses WHERE w.uses <> excluded.uses RETURNING 1)
SELECT (SELECT count(*) FROM counted), (SELECT count(*) FROM put) + (SELECT count(*) FROM gone)
"""
# Rows written since the statistics began: whatever changed an initiative moved one of them.
WRITTEN = """
SELECT n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables WHERE relid = 'initiatives_initiative'::regclass
"""
SEEN = "lexicon:written"


@transaction.atomic
def rebuild() -> tuple[int, int]:
    """Count the words of all published initiatives; how many there are, and how many were touched.

    Takes about 10 s for a million initiatives; readers go on meanwhile. Between two runs the lexicon lags behind:
    whoever proposes a word of it looks first whether it leads to something.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(REBUILD, {"vectors": VECTORS, "longest": LONGEST_WORD})
        words, touched = cursor.fetchone()
        if touched > words / 10:
            cursor.execute("ANALYZE initiatives_word")
    return words, touched


def written() -> tuple[int, int, int]:
    """Rows of initiatives added, changed and deleted since statistics began; what is under way follows soon."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return cursor.fetchone()


def rebuild_if_changed() -> tuple[int, int] | None:
    """The same if an initiative was written since the last time, by whatever process; None otherwise.

    What was seen last is kept in the cache: where that is lost with the process, one run too many does no harm.
    """
    now = (connection.settings_dict["NAME"], written())
    if cache.get(SEEN) == now:
        return None
    done = rebuild()
    cache.set(SEEN, now, timeout=None)
    return done
