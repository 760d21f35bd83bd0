"""How often rows of tables were written: by it turns old what is remembered of tables that no version tells of."""

from time import monotonic

from django.db import connection

from .statements import prepared

# Seconds for which a process trusts what it saw; PostgreSQL tells of a commit within a second.
TRUSTED = 5
# Of one that was never written nothing is counted.
WRITTEN = """
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint
FROM pg_stat_user_tables WHERE relid = ANY (%(tables)s::text[]::regclass[])
"""
_seen: dict[tuple[str, ...], tuple[float, int]] = {}


def written(*tables: str) -> int:
    """Rows added, changed and deleted in some tables since statistics began; what is under way follows soon."""
    [(number,)] = prepared(WRITTEN, tables=list(tables))
    return number


def lately_written(*tables: str) -> int:
    """The same as it was within the last seconds."""
    key, now = (connection.settings_dict["NAME"], *tables), monotonic()
    at, number = _seen.get(key, (now - TRUSTED, 0))
    if now - at >= TRUSTED:
        number = written(*tables)
        _seen[key] = (now, number)
    return number
