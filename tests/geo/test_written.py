"""How often tables were written, as statistics tell it."""

import time

import pytest
from django.db import connection

from geo import written

TABLE = "written_here"


@pytest.fixture
def table():
    """A table of the test alone, which really commits."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (n int)")
    yield TABLE
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def _written_to(number: int) -> int:
    """What is told once the statistics have come; PostgreSQL sends them within a second."""
    until = time.monotonic() + 10
    while (told := written.written(TABLE)) < number and time.monotonic() < until:
        time.sleep(0.05)
    return told


@pytest.mark.django_db(transaction=True)
def test_rows_that_were_written_are_counted(table):
    assert written.written(table) == 0
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} SELECT generate_series(1, 3)")
        cursor.execute(f"UPDATE {table} SET n = 0 WHERE n = 1")
        cursor.execute(f"DELETE FROM {table} WHERE n = 0")
    assert _written_to(5) == 5


@pytest.mark.django_db(transaction=True)
def test_what_was_seen_is_trusted_for_a_moment(table, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(written, "monotonic", lambda: now[0])
    assert written.lately_written(table) == 0
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} VALUES (1)")
    assert _written_to(1) == 1
    assert written.lately_written(table) == 0
    now[0] += written.TRUSTED
    assert written.lately_written(table) == 1
