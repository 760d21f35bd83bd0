"""Words in the form in which PostgreSQL compares them: without accents, capitals and endings."""

import re
from collections.abc import Iterable

from django.db import connection

DICTIONARIES = {
    "fr": "french_stem",
    "en": "english_stem",
    "es": "spanish_stem",
    "de": "german_stem",
    "it": "italian_stem",
}
WORD = re.compile(r"[^\W_]+")
LONGEST = 40
# So many words are remembered by a process, some tens of megabytes.
REMEMBERED = 200_000

# A word without its accents may be no stop word any more ("für"), so both spellings are asked.
ASKED = """
SELECT word, CASE WHEN ts_lexize(%(dictionary)s, word) <> '{}' THEN (ts_lexize(%(dictionary)s, geo_fold(word)))[1] END
FROM unnest(%(words)s::text[]) AS word
"""
_known: dict[str, dict[str, str]] = {language: {} for language in DICTIONARIES}


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, in their order."""
    return [word[:LONGEST] for word in WORD.findall(text.lower())]


def learn(language: str, words: Iterable[str]) -> dict[str, str]:
    """Stems by word, empty for words such as "the"; what is not known yet is asked for at once."""
    known = _known[language]
    unknown = {word for word in words if word not in known}
    if unknown:
        if len(known) + len(unknown) > REMEMBERED:
            known = _known[language] = {}
            unknown = set(words)
        with connection.cursor() as cursor:
            cursor.execute(ASKED, {"dictionary": DICTIONARIES[language], "words": sorted(unknown)})
            known.update((word, stem or "") for word, stem in cursor.fetchall())
    return known


def learn_texts(texts: Iterable[tuple[str, str]]) -> None:
    """All words of many texts, each with its language, by one statement a language: each would else be asked alone."""
    words: dict[str, set[str]] = {}
    for language, text in texts:
        words.setdefault(language, set()).update(words_of(text))
    for language, some in words.items():
        learn(language, some)


def stems_of(language: str, text: str) -> list[tuple[str, str]]:
    """Stem and word of all that mean something, in their order."""
    words = words_of(text)
    known = learn(language, words)
    return [(known[word], word) for word in words if known[word]]
