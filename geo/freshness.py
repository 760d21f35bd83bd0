"""Which version of the published data there is: declared by triggers, read with next to no cost.

Within a process a version is trusted for a moment, unless this process wrote since.
"""

import re
from dataclasses import dataclass
from threading import Lock
from time import monotonic

import pgtrigger
from django.db import connection

# Seconds that a version read from the database is trusted: other processes' changes are seen within it.
TRUSTED = 0.1

LATEST = "SELECT number, mark::text FROM geo_version WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1"
# Statements that change nothing; all others, and WITH which may hold any, cost one look at the version.
READS = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|SHOW|EXPLAIN|BEGIN|SET)\b", re.IGNORECASE)


# ── Triggers: which changes count ───────────────────────────────────────────────────────────────
def _statement(name: str, operation: pgtrigger.Operation, func: str) -> pgtrigger.Trigger:
    old = "old_rows" if operation in (pgtrigger.Update, pgtrigger.Delete) else None
    new = "new_rows" if operation in (pgtrigger.Update, pgtrigger.Insert) else None
    referencing = pgtrigger.Referencing(old=old, new=new) if old or new else None
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=referencing,
        func=f"IF geo_is_everything() THEN RETURN NULL; END IF; {func} RETURN NULL;",
    )


def notes_rows(select: str) -> list[pgtrigger.Trigger]:
    """Triggers that note rows; `select` gives their `id` from `{rows}`, the old or new rows of a statement."""
    old, new = (f"SELECT id FROM ({select.format(rows=rows)}) AS r" for rows in ("old_rows", "new_rows"))
    return _noting(new, f"{old} UNION {new}", old)


def notes_differing(select: str) -> list[pgtrigger.Trigger]:
    """The same for rows of which few columns are shown: `select` gives those beside the `id`, and an update counts only
    where they become others."""
    old, new = (select.format(rows=rows) for rows in ("old_rows", "new_rows"))
    changed = f"SELECT id FROM (({old} EXCEPT ALL {new}) UNION ALL ({new} EXCEPT ALL {old})) AS changed"
    return _noting(f"SELECT id FROM ({new}) AS r", changed, f"SELECT id FROM ({old}) AS r")


def _noting(added: str, changed: str, gone: str) -> list[pgtrigger.Trigger]:
    noted = "PERFORM geo_note((SELECT array_agg(id) FROM ({}) AS noted));"
    return [
        _statement("version_insert", pgtrigger.Insert, noted.format(added)),
        _statement("version_update", pgtrigger.Update, noted.format(changed)),
        _statement("version_delete", pgtrigger.Delete, noted.format(gone)),
        _statement("version_truncate", pgtrigger.Truncate, "PERFORM geo_touch(true);"),
    ]


def touches(*columns: str, all_rows: bool = False) -> list[pgtrigger.Trigger]:
    """Triggers for a table of words: changes of these columns move the version, and perhaps change every row."""
    call = f"PERFORM geo_touch({str(all_rows).lower()});"
    differs = " OR ".join(f"o.{column} IS DISTINCT FROM n.{column}" for column in columns)
    changed = f"IF EXISTS (SELECT FROM old_rows o FULL JOIN new_rows n USING (id) WHERE {differs}) THEN {call} END IF;"
    return [
        _statement(
            "version_insert", pgtrigger.Insert, f"IF EXISTS (SELECT FROM new_rows) THEN {call} END IF;"
        ),
        _statement("version_update", pgtrigger.Update, changed),
        _statement(
            "version_delete", pgtrigger.Delete, f"IF EXISTS (SELECT FROM old_rows) THEN {call} END IF;"
        ),
        _statement("version_truncate", pgtrigger.Truncate, "PERFORM geo_touch(true);"),
    ]


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Version:
    """A committed version; `mark` tells it from one of the same number in another database."""

    number: int
    mark: str


def latest() -> Version | None:
    """The version that a query of this moment sees; None in a database that never had one."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST)
        row = cursor.fetchone()
    return Version(*row) if row else None


class Freshness:
    """The version as this process knows it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: Version | None = None
        self._until = 0.0
        self._doubts = 0
        self._settled = -1

    def doubt(self) -> None:
        """Something was written: look again before the next answer."""
        with self._lock:
            self._doubts += 1

    def version(self, *, at_once: bool = False) -> Version | None:
        """The latest version, at most a moment old; with `at_once` as of now."""
        if not at_once and self._is_trusted():
            return self._known
        # Counted before the query: what is written meanwhile is still in doubt afterwards.
        doubts, asked = self._doubts, monotonic()
        version = latest()
        with self._lock:
            self._known, self._until, self._settled = version, asked + TRUSTED, doubts
        return version

    def at_hand(self) -> Version | None:
        """The latest version if it need not be read, else None."""
        return self._known if self._is_trusted() else None

    def _is_trusted(self) -> bool:
        return self._settled == self._doubts and monotonic() < self._until

    def learn(self, version: Version) -> None:
        """Take over a version that was read elsewhere in this process, if it is newer."""
        with self._lock:
            if self._known is not None and self._known.number < version.number:
                self._known = version


FRESHNESS = Freshness()


def notice_writes(execute, sql, params, many, context):
    """Wrap the execution of a statement: after the commit of one that may write, the version is in doubt."""
    result = execute(sql, params, many, context)
    if not (isinstance(sql, str) and READS.match(sql)):
        written = context["connection"]
        if written.in_atomic_block or written.get_autocommit():
            written.on_commit(FRESHNESS.doubt)
    return result


def watch(*, connection, **signal) -> None:
    """Watch the statements of a new connection, as they are before others wrap them.

    First of all: a connection may be opened while others wrap its statements for a time, and they take away the last.
    """
    if notice_writes not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, notice_writes)
