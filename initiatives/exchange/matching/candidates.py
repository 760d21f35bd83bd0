"""Which ones are compared with an offer or need at all: some hundred, however many there are."""

from django.db import connection

from vocabulary.exchange import Kind

from ...models import Exchange
from ...querysets_exchange import ExchangeQuerySet
from .facts import Facts
from .indexing import side

NEAREST = 70
# Rows that share a rare word are read, the rarest words first, until so many; so many of them are compared.
READ, SHARING = 600, 70
OF_THEME = 40
# How many use a word that was not counted yet: it came today.
NEW = 1

USES = "SELECT key, uses FROM initiatives_exchangekey WHERE key = ANY(%(keys)s)"
SHARED = """
SELECT exchange_id FROM (
  SELECT exchange_id, (SELECT count(*) FROM unnest(keys) AS key WHERE key = ANY(%(rare)s)) AS shared
  FROM initiatives_exchangewords WHERE keys && %(rare)s::varchar[] LIMIT %(read)s) AS found
ORDER BY shared DESC, exchange_id DESC LIMIT %(sharing)s
"""
NEAR = """
SELECT id FROM initiatives_exchange
WHERE status = 'open' AND kind = %(kind)s AND category = %(category)s AND position IS NOT NULL
ORDER BY position <-> ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326) LIMIT %(nearest)s
"""
ALIKE = """
SELECT id FROM initiatives_exchange
WHERE status = 'open' AND kind = %(kind)s AND category = %(category)s AND theme_id = %(theme)s
ORDER BY published_at DESC, id DESC LIMIT %(of_theme)s
"""
REMOTE = """
SELECT id FROM initiatives_exchange
WHERE status = 'open' AND kind = %(kind)s AND category = %(category)s AND theme_id = %(theme)s
  AND (remote OR details ->> 'format' IN ('online', 'mixed'))
ORDER BY published_at DESC, id DESC LIMIT %(of_theme)s
"""
LIMITS = {"read": 2 * READ, "sharing": SHARING, "nearest": NEAREST, "of_theme": OF_THEME}


def uses_of(facts: Facts) -> dict[str, int]:
    """How many on the other side use each of its words, as counted last night."""
    mark = side(Kind(facts.kind).other, facts.category)
    with connection.cursor() as cursor:
        cursor.execute(USES, {"keys": [mark + word for word in facts.words]})
        return {key.removeprefix(mark): uses for key, uses in cursor.fetchall()}


def rare(uses: dict[str, int], words: frozenset[str]) -> list[str]:
    """The rarest words, as many as some hundred rows use."""
    chosen, rows = [], 0
    for word in sorted(words, key=lambda word: (uses.get(word, NEW), word)):
        rows += uses.get(word, NEW)
        if rows > READ:
            break
        chosen.append(word)
    return chosen


def of(facts: Facts, uses: dict[str, int]) -> ExchangeQuerySet:
    """Shown ones of the other kind in the same category: the nearest, those with rare words, those of the theme.

    Each part reads an index and stops after so many, so a million cost what ten thousand do.
    """
    kind = Kind(facts.kind).other
    mark = side(kind, facts.category)
    given = {
        **LIMITS,
        "kind": kind.value,
        "category": facts.category,
        "theme": facts.theme_id,
        "rare": [mark + word for word in rare(uses, facts.words)],
    }
    parts = [SHARED] if given["rare"] else []
    # Where money comes from matters less than what it is for.
    if facts.category == "funding" or facts.position is None:
        parts.append(ALIKE)
    else:
        given |= {"lon": facts.lon, "lat": facts.lat}
        parts += [NEAR, REMOTE] if facts.is_remote else [NEAR]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(f"({part})" for part in parts), given)
        keys = [pk for (pk,) in cursor.fetchall() if pk != facts.pk]
    return Exchange.objects.shown().filter(pk__in=keys, kind=kind, category=facts.category)
