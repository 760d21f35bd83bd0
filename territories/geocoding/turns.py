"""One question a second from the whole site, as Nominatim asks for: whoever asks holds a lock that all workers see."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from .asking import FailedError

# Any number, the same everywhere.
LOCK = 7_365_846_210
BETWEEN = 1.0
# How long one waits for those before.
PATIENCE = 2.0
PAUSE = 0.05


def _is_ours() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def _leave() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def turn() -> Iterator[None]:
    """Our turn to ask, and nobody else's for a second; FailedError where too many wait."""
    until = time.monotonic() + PATIENCE
    while not _is_ours():
        if time.monotonic() > until:
            raise FailedError("others are asking")
        time.sleep(PAUSE)
    began = time.monotonic()
    try:
        yield
    finally:
        time.sleep(max(0.0, began + BETWEEN - time.monotonic()))
        _leave()
