"""The same address asked of the map index and of SQL, and what that asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import transaction

from geo.freshness import latest


def asked(client, address: str):
    """The answer of the index, which has the version as its ETag."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    assert answer["ETag"].strip('"').startswith(f"{latest().number}."), "SQL answered"
    return answer


def by_sql(client, address: str):
    """The answer inside a transaction, which only the database can give."""
    with transaction.atomic():
        answer = client.get(address)
    assert "." not in answer["ETag"], "the index answered"
    return answer


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement that reaches the driver: Django's log knows only those of its own cursors."""
    statements: list[str] = []
    execute, copy = psycopg.Cursor.execute, psycopg.Cursor.copy

    def executed(cursor, query, *rest, **named):
        # Looked at every few seconds, whatever is asked.
        if "pg_stat_user_tables" not in str(query):
            statements.append(str(query))
        return execute(cursor, query, *rest, **named)

    def copied(cursor, statement, *rest, **named):
        statements.append(str(statement))
        return copy(cursor, statement, *rest, **named)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(psycopg.Cursor, "execute", executed)
        patched.setattr(psycopg.Cursor, "copy", copied)
        yield statements
