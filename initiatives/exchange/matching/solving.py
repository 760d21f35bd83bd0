"""Find a solution: initiatives that do what somebody describes, and open offers that fit."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.contrib.gis.geos import Point
from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from vocabulary.exchange import CATEGORIES, Kind
from vocabulary.ideas import IDEAS
from vocabulary.models import Theme

from ...models import Exchange, Initiative
from . import finding
from .facts import Facts
from .indexing import side
from .lexicon import STEM, THEME, Lexicon, lexicon
from .reading import Read, read
from .scoring import VAGUE, Score
from .showing import Shown, worded
from .stems import DICTIONARIES, learn_texts, stems_of, words_of
from .wording import Text

MOST, MOST_OFFERS = 12, 6
# So many rows are weighed; words that lead to more than that are left out while others are left.
CAP, ENOUGH = 250, 3_000
KM_AROUND = 60
# A theme that the sentence names, in the measure of ts_rank.
BOOST = 0.3
SHORTEST_PREFIX = 5
# Of a description; what an initiative is about stands at its beginning.
LONGEST_READ = 1_000

# How many rows a word may lead to, by the lexicon of the map.
USES = """
SELECT asked, coalesce((SELECT sum(uses) FROM initiatives_word
  WHERE word ~>=~ asked AND word ~<~ (CASE WHEN open THEN asked || chr(1114111) ELSE asked || ' ' END)), 0)
FROM unnest(%(words)s::text[], %(open)s::bool[]) AS w(asked, open)
"""
_ROWS = """
SELECT id, search, public_position FROM initiatives_initiative i
WHERE status = 'published' AND {found} {near} LIMIT {cap}
"""
# Without a town any of the theme will do; near one the nearest of it.
_THEMED = "id IN (SELECT initiative_id FROM initiatives_initiativetheme WHERE theme_id = ANY(%(themes)s) LIMIT {cap})"
_THEMED_NEAR = """EXISTS (SELECT FROM initiatives_initiativetheme t
  WHERE t.initiative_id = i.id AND t.theme_id = ANY(%(themes)s))"""
_WORDED = "search @@ %(query)s::tsquery"
_NEAR = """
AND public_position && ST_Expand(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), %(wide)s, %(tall)s)
ORDER BY public_position <-> ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326)
"""
_RANKED = """
WITH found AS MATERIALIZED ({rows})
SELECT id FROM (SELECT id, max(rank) AS rank FROM (
  SELECT f.id, {rank}
    + CASE WHEN EXISTS (SELECT FROM initiatives_initiativetheme t
                        WHERE t.initiative_id = f.id AND t.theme_id = ANY(%(themes)s)) THEN {boost} ELSE 0 END
    - {far} AS rank FROM found f) AS ranked GROUP BY id) AS best
ORDER BY rank DESC, id LIMIT {most}
"""


@dataclass(frozen=True)
class Asked:
    """A sentence, in the language that it seems to be in, with what was understood of it."""

    sentence: str
    language: str
    read: Read
    lexicon: Lexicon
    near: Point | None = None

    @property
    def ideas(self) -> list[str]:
        """Slugs of ideas that tell what it is about; all, where none does."""
        ideas = [key for key in self.read.keys if key in IDEAS]
        return [key for key in ideas if key not in VAGUE] or ideas

    @property
    def themes(self) -> list[int]:
        """Keys of the themes that it names, and of those that are about its ideas."""
        slugs = {key[1:] for key in self.read.keys if key.startswith(THEME)}
        about = _about(self.lexicon.version)
        slugs.update(slug for key in self.ideas if key not in VAGUE for slug in about.get(key, ()))
        return list(Theme.objects.filter(slug__in=slugs).order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class Solution:
    """An initiative that does it, with what of it was asked for."""

    initiative: Initiative
    why: list[str]


@lru_cache(maxsize=2)
def _about(version: str) -> dict[str, set[str]]:
    """By idea the subthemes whose names or synonyms speak of it, in two languages at least; for one vocabulary."""
    known = lexicon()
    told: dict[tuple[str, str], int] = {}
    for slug, names, synonyms in Theme.objects.exclude(parent=None).values_list("slug", "names", "synonyms"):
        for language in DICTIONARIES:
            texts = [names.get(language, ""), *synonyms.get(language, ())]
            for key in read(known, language, *texts).keys:
                told[key, slug] = told.get((key, slug), 0) + 1
    found: dict[str, set[str]] = {}
    for (key, slug), languages in sorted(told.items()):
        if languages > 1 and key in IDEAS:
            found.setdefault(key, set()).add(slug)
    return found


def understood(sentence: str, near: Point | None = None) -> Asked:
    """Read a sentence in the language in which most of it means something; of several the language of the page."""
    known = lexicon()
    page = (get_language() or "fr")[:2]
    words = words_of(sentence)

    def meaning(language: str) -> tuple[int, bool]:
        found = read(known, language, sentence)
        # Words such as "the" are known in their own language alone.
        small = len(words) - len(stems_of(language, sentence))
        return 2 * sum(not key.startswith(STEM) for key in found.keys) + small, language == page

    language = max(DICTIONARIES, key=meaning)
    return Asked(sentence, language, read(known, language, sentence), known, near)


def _terms(asked: Asked) -> dict[str, bool]:
    """Words in five languages by which initiatives are looked for, with whether each may go on."""
    found = {}
    for slug in asked.ideas:
        for words in IDEAS[slug].words.values():
            found.update((word, False) for word in words)
    for key, word in asked.read.spelt.items():
        if key.startswith(STEM):
            found[key[1:] if len(key) > SHORTEST_PREFIX else word] = len(key) > SHORTEST_PREFIX
    return found


def _query(asked: Asked) -> str:
    """The words as a tsquery, the rarest ones: any of them will do, several are better."""
    terms = _terms(asked)
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, geo_fold(word) FROM unnest(%s::text[]) AS word", [list(terms)])
        folded = {fold: terms[word] for word, fold in cursor.fetchall() if fold}
        words = sorted({(word, folded.get(word, False)) for fold in folded for word in fold.split()})
        cursor.execute(
            USES, {"words": [word for word, _open in words], "open": [goes for _word, goes in words]}
        )
        uses = {word: int(number) for word, number in cursor.fetchall()}
    # PostgreSQL reads all uses of each word of a phrase, "de" included.
    costs = {fold: sum(uses[word] for word in fold.split()) for fold in folded}
    chosen, rows = [], 0
    for fold in sorted(folded, key=lambda fold: (costs[fold], fold)):
        rows += costs[fold]
        if rows > ENOUGH and chosen:
            break
        chosen.append(f"{fold}:*" if folded[fold] else f"({' <-> '.join(fold.split())})")
    return " | ".join(chosen)


def solutions(asked: Asked) -> list[Solution]:
    """The best initiatives; at most CAP rows are weighed, however many the words are in."""
    query, themes = _query(asked), asked.themes
    if not query and not themes:
        return []
    given = {"query": query, "themes": themes}
    near, far = "", "0"
    if asked.near is not None:
        degrees = KM_AROUND / 111
        given |= {"lon": asked.near.x, "lat": asked.near.y, "tall": degrees, "wide": degrees * 1.5}
        near = _NEAR
        far = "coalesce(ST_Distance(f.public_position, ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326)), 2) * 0.1"
    parts = [
        f"({_ROWS.format(found=found, near=near, cap=CAP)})"
        for found, is_asked in ((_WORDED, query), (_THEMED_NEAR if near else _THEMED.format(cap=CAP), themes))
        if is_asked
    ]
    rank = "ts_rank(f.search, %(query)s::tsquery)" if query else "0"
    statement = _RANKED.format(rows=" UNION ALL ".join(parts), rank=rank, boost=BOOST, far=far, most=MOST)
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        keys = [pk for (pk,) in cursor.fetchall()]
    rows = Initiative.objects.published().for_lists().in_bulk(keys)
    found = [rows[pk] for pk in keys if pk in rows]
    texts = dict(Initiative.objects.filter(pk__in=rows).values_list("pk", "description"))
    for one in found:
        one.told = f"{one.name} {one.summary} {texts[one.pk][:LONGEST_READ]}"
    learn_texts((language, one.told) for one in found for language in DICTIONARIES)
    weighed = [Solution(one, _why(asked, one)) for one in found]
    # Words of a sentence may be names of places, too: who only lies there does not do it.
    return [one for one in weighed if one.why]


def _why(asked: Asked, initiative: Initiative) -> list[str]:
    """Names of the ideas and themes that both speak of, in the language of the page."""
    page = (get_language() or "fr")[:2]
    said: set[str] = {THEME + initiative.primary_theme.slug}
    for language in DICTIONARIES:
        said.update(read(asked.lexicon, language, initiative.told).keys)
    shared = [key for key in asked.read.keys if key in said]
    names = [
        asked.read.spelt[key] if key.startswith(STEM) else asked.lexicon.name(key, page) for key in shared
    ]
    return list(dict.fromkeys(name for name in names if name))[:4]


def offers(asked: Asked, reader, now: datetime | None = None) -> list[Shown]:
    """Open offers of any category that fit the sentence as if it were a need, with whose they are for the reader."""
    now = now or timezone.now()
    theme = Theme.objects.filter(pk__in=asked.themes[:1]).first()
    needs = [_as_need(asked, category, theme, now) for category in CATEGORIES]
    found = [pair for some in finding.found_for(needs, now) for pair in some]
    found.sort(key=lambda pair: (pair[1].points, pair[0].published_at, pair[0].pk), reverse=True)
    del found[MOST_OFFERS:]
    rows = Exchange.objects.for_lists().in_bulk([other.pk for other, _score in found])
    matches = [
        finding.Match(rows[other.pk], _without_category(points))
        for other, points in found
        if other.pk in rows
    ]
    return worded([(Text(asked.language, (asked.sentence,)), matches)], reader)[0]


def _as_need(asked: Asked, category: str, theme: Theme | None, now: datetime) -> Facts:
    mark = side(Kind.NEED, category)
    return Facts(
        pk=0,
        kind=Kind.NEED,
        category=category,
        language=asked.language,
        theme_id=theme.pk if theme else None,
        languages=[],
        country="",
        lon=asked.near.x if asked.near else None,
        lat=asked.near.y if asked.near else None,
        remote=asked.near is None,
        radius_km=None,
        starts=None,
        ends=None,
        dates=[],
        details={},
        published_at=now,
        keys=[mark + key for key in asked.read.keys],
        root=(theme.parent_id or theme.pk) if theme else None,
    )


def _without_category(points: Score) -> Score:
    """A sentence has none."""
    return Score([part for part in points.parts if part.name != "category"])
