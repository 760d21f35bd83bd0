"""Keeping the words of open offers and needs, one or a hundred thousand at once, and counting them."""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from ...enums import ExchangeStatus
from ...models import Exchange, ExchangeWords
from .lexicon import Lexicon, lexicon
from .reading import read
from .stems import learn_texts

AT_ONCE = 2_000

COUNT = """
INSERT INTO initiatives_exchangekey (key, uses)
SELECT key, count(*) FROM initiatives_exchangewords, unnest(keys) AS key GROUP BY key
"""


def side(kind: str, category: str) -> str:
    """The mark before the words of one kind in one category."""
    return f"{kind[0]}{category[:2]}:"


@transaction.atomic
def index(exchange_ids: Iterable[int]) -> int:
    """Read these offers and needs anew, drop the words of those that are not open; how many have words now.

    To be called by whoever publishes, changes, ends or reopens some.
    """
    known = lexicon()
    done = 0
    for keys in _batches(sorted(set(exchange_ids))):
        ExchangeWords.objects.filter(exchange__in=keys).delete()
        rows = Exchange.objects.filter(pk__in=keys, status=ExchangeStatus.OPEN).order_by("pk")
        made = _words(known, list(rows.values_list("pk", "kind", "category", "language", "title", "text")))
        done += len(ExchangeWords.objects.bulk_create(made))
    return done


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def _words(known: Lexicon, rows: list[tuple]) -> list[ExchangeWords]:
    learn_texts((language, part) for *_row, language, title, text in rows for part in (title, text))
    return [
        ExchangeWords(
            exchange_id=pk,
            keys=[side(kind, category) + key for key in read(known, language, title, text).keys],
            read_with=known.version,
        )
        for pk, kind, category, language, title, text in rows
    ]


def sweep() -> int:
    """Read what has no words yet or those of a former vocabulary, and drop those of what has ended; how many."""
    known = lexicon()
    ended = ExchangeWords.objects.exclude(exchange__status=ExchangeStatus.OPEN)
    former = ExchangeWords.objects.exclude(read_with=known.version)
    unread = Exchange.objects.filter(status=ExchangeStatus.OPEN, words=None)
    stale = {
        *ended.values_list("pk", flat=True),
        *former.values_list("pk", flat=True),
        *unread.values_list("pk", flat=True),
    }
    index(stale)
    return len(stale)


@transaction.atomic
def count() -> None:
    """Count anew how many open ones of a side use each word."""
    with connection.cursor() as cursor:
        # Read at the same time, so the rows go without locking the table.
        cursor.execute("DELETE FROM initiatives_exchangekey")
        cursor.execute(COUNT)
