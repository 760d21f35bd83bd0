"""English pages; a clock of the database that stands still."""

from datetime import datetime

import pytest
import time_machine
from django.db import connection
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    """What is compared is English."""
    with translation.override("en"):
        yield


@pytest.fixture
def stop_clock(db):
    """Both clocks at an instant: that of Python, and of statements in this transaction that ask for the database's."""
    moved = []

    def stop(at: datetime) -> None:
        while moved:
            moved.pop().stop()
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA IF NOT EXISTS stopped")
            cursor.execute(
                "CREATE OR REPLACE FUNCTION stopped.clock_timestamp() RETURNS timestamptz LANGUAGE sql "
                f"AS $$ SELECT timestamptz '{at.isoformat()}' $$"
            )
            cursor.execute("SET LOCAL search_path = stopped, pg_catalog, public")
        machine = time_machine.travel(at, tick=False)
        machine.start()
        moved.append(machine)

    yield stop
    while moved:
        moved.pop().stop()
