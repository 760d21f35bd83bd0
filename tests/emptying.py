"""Empties the tables behind a test that commits, and leaves alone what the migrations filled.

Django's `flush` truncates every table with all its indexes, each a file of its own that the disk has to confirm, and
has content types, permissions and several hundred triggers looked after anew; the vocabulary was to be loaded again
besides. Nearly all tables are empty as it is: rows are deleted where there are some.

Triggers are not asked, as some of them forbid to delete and others note who did; so what they keep in order is put in
order here: TOLD, and that the version of the published data moves.
"""

import time
from dataclasses import dataclass

from django.db import connection, transaction

# Filled by migrations; only rows that a test added, changed or deleted are put right.
KEPT = (
    "django_content_type",
    "auth_permission",
    "vocabulary_theme",
    "vocabulary_legalform",
    "vocabulary_licence",
)
# No model's: they follow others by triggers.
TOLD = ("initiatives_packed", "territories_square")
# Not Django's, or its flush would empty it.
QUEUE = ("procrastinate_periodic_defers", "procrastinate_events", "procrastinate_jobs")
# Seconds that somebody who still writes is waited for.
PATIENCE = 20

WRITERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
  AND backend_xid IS NOT NULL
"""
# Where a row lies and which transaction put it there: both stay as long as nobody touches it.
STATE = "SELECT md5(coalesce(string_agg(ctid::text || xmin::text, ' ' ORDER BY ctid), '')) FROM {table}"
# Files of no size have no rows, and only the others need be looked into.
USED = "SELECT relname FROM pg_class WHERE oid = ANY (%s::text[]::regclass[]) AND pg_relation_size(oid) > 0"


@dataclass
class Kept:
    """A table as the migrations left it."""

    name: str
    rows: bytes
    state: str


class Emptying:
    """The database as it was before the first test that commits, and the way back there."""

    def __init__(self) -> None:
        self.tables = sorted(
            {*connection.introspection.django_table_names(only_existing=True, include_views=False)} - {*KEPT}
            | {*TOLD, *QUEUE}
        )
        with connection.cursor() as cursor:
            self.kept = [Kept(name, _copied(cursor, name), _state(cursor, name)) for name in KEPT]

    def empty(self) -> None:
        """Go back there."""
        with connection.cursor() as cursor:
            _wait_for_writers(cursor)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            if full := self._full(cursor):
                cursor.execute("".join(f"DELETE FROM {name};" for name in full))
            for table in self.kept:
                if _state(cursor, table.name) != table.state:
                    _put_back(cursor, table)
            cursor.execute("SET LOCAL session_replication_role = origin")
            cursor.execute("SELECT geo_touch(true)")

    def _full(self, cursor) -> list[str]:
        cursor.execute(USED, [self.tables])
        used = [name for (name,) in cursor.fetchall()]
        if not used:
            return []
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in used)
        )
        return [name for (name,) in cursor.fetchall()]


def _wait_for_writers(cursor) -> None:
    """What is committed later would stay; truncating waits for it too, by its lock."""
    deadline = time.monotonic() + PATIENCE
    while True:
        cursor.execute(WRITERS)
        if not cursor.fetchone()[0]:
            return
        if time.monotonic() > deadline:
            raise TimeoutError("Something that the test began still writes to the database.")
        time.sleep(0.02)


def _state(cursor, name: str) -> str:
    cursor.execute(STATE.format(table=name))
    return cursor.fetchone()[0]


def _copied(cursor, name: str) -> bytes:
    with cursor.copy(f"COPY {name} TO STDOUT") as copy:
        return b"".join(copy)


def _put_back(cursor, table: Kept) -> None:
    cursor.execute(f"DELETE FROM {table.name}")
    with cursor.copy(f"COPY {table.name} FROM STDIN") as copy:
        copy.write(table.rows)
    table.state = _state(cursor, table.name)
