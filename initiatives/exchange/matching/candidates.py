"""Which ones are compared with offers or needs at all: some hundred for each, however many there are."""

from collections.abc import Sequence

from django.db import connection
from psycopg.types.json import Jsonb

from vocabulary.exchange import Kind

from .facts import Facts
from .indexing import side

NEAREST = 70
# Rows that share a rare word are read, the rarest words first, until so many; so many of them are compared.
READ, SHARING = 600, 70
OF_THEME = 40
# How many use a word that was not counted yet: it came today.
NEW = 1

USES = "SELECT key, uses FROM initiatives_exchangekey WHERE key = ANY(%s)"
# Shown or not: those with rare words, the nearest, those of the theme. Each part reads an index and stops after so
# many, so a million cost what ten thousand do. A part that is not asked for is not read.
FOUND = """
SELECT asked.number, found.id
FROM jsonb_to_recordset(%(asked)s) AS asked (
  number int, kind text, category text, theme bigint, lon float8, lat float8, rare varchar[],
  is_near boolean, is_remote boolean, is_alike boolean
)
CROSS JOIN LATERAL (
  (SELECT w.exchange_id AS id FROM unnest(asked.rare) AS word
   CROSS JOIN LATERAL (
     SELECT exchange_id FROM initiatives_exchangewords WHERE keys @> ARRAY[word] LIMIT %(read)s) AS w
   GROUP BY w.exchange_id ORDER BY count(*) DESC, w.exchange_id DESC LIMIT %(sharing)s)
  UNION
  (SELECT e.id FROM initiatives_exchange e
   WHERE asked.is_near AND e.status = 'open' AND e.kind = asked.kind AND e.category = asked.category
     AND e.position IS NOT NULL
   ORDER BY e.position <-> ST_SetSRID(ST_MakePoint(asked.lon, asked.lat), 4326) LIMIT %(nearest)s)
  UNION
  (SELECT e.id FROM initiatives_exchange e
   WHERE asked.is_remote AND e.status = 'open' AND e.kind = asked.kind AND e.category = asked.category
     AND e.theme_id = asked.theme AND (e.remote OR e.details ->> 'format' IN ('online', 'mixed'))
   ORDER BY e.published_at DESC, e.id DESC LIMIT %(of_theme)s)
  UNION
  (SELECT e.id FROM initiatives_exchange e
   WHERE asked.is_alike AND e.status = 'open' AND e.kind = asked.kind AND e.category = asked.category
     AND e.theme_id = asked.theme
   ORDER BY e.published_at DESC, e.id DESC LIMIT %(of_theme)s)
) found
"""
LIMITS = {"read": 2 * READ, "sharing": SHARING, "nearest": NEAREST, "of_theme": OF_THEME}


def uses_of(askings: Sequence[Facts]) -> list[dict[str, int]]:
    """For each, how many on the other side use each of its words, as counted last night; by one statement."""
    marked = [{word: _mark(asking) + word for word in asking.words} for asking in askings]
    keys = sorted({key for words in marked for key in words.values()})
    with connection.cursor() as cursor:
        cursor.execute(USES, [keys])
        uses = dict(cursor.fetchall())
    return [{word: uses[key] for word, key in words.items() if key in uses} for words in marked]


def rare(uses: dict[str, int], words: frozenset[str]) -> list[str]:
    """The rarest words, as many as some hundred rows use."""
    chosen, rows = [], 0
    for word in sorted(words, key=lambda word: (uses.get(word, NEW), word)):
        rows += uses.get(word, NEW)
        if rows > READ:
            break
        chosen.append(word)
    return chosen


def keys_of(askings: Sequence[Facts], uses: Sequence[dict[str, int]]) -> list[list[int]]:
    """For each, keys of some of the other kind in its category; by one statement. Not all of them are shown."""
    rows = [
        {"number": number, **_asked(*pair)} for number, pair in enumerate(zip(askings, uses, strict=True))
    ]
    found: list[list[int]] = [[] for _asking in askings]
    with connection.cursor() as cursor:
        cursor.execute(FOUND, {**LIMITS, "asked": Jsonb(rows)})
        for number, pk in cursor.fetchall():
            if pk != askings[number].pk:
                found[number].append(pk)
    return found


def _asked(asking: Facts, uses: dict[str, int]) -> dict:
    words = rare(uses, asking.words)
    # Where money comes from matters less than what it is for.
    is_near = asking.category != "funding" and asking.position is not None
    return {
        "kind": Kind(asking.kind).other.value,
        "category": asking.category,
        "theme": asking.theme_id,
        "lon": asking.lon,
        "lat": asking.lat,
        "rare": [_mark(asking) + word for word in words],
        "is_near": is_near,
        "is_remote": is_near and asking.is_remote,
        "is_alike": not is_near,
    }


def _mark(asking: Facts) -> str:
    return side(Kind(asking.kind).other, asking.category)
