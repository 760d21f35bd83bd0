"""What the database knows of rows that were staged a moment ago: its plans must not fit a handful of them."""

import pytest
from django.db import connection, transaction

from initiatives import bulk
from initiatives.bulk import Row
from tests.factories import NetworkFactory

ROWS = 400


@pytest.fixture
def staged(db, theme):
    """So many new rows, compared with what a network has."""
    network = NetworkFactory()
    with transaction.atomic():
        bulk.open_staging()
        bulk.stage(
            Row(
                number=n,
                external_id=str(n),
                name=f"Row {n}",
                primary_theme=theme.pk,
                themes=[theme.pk],
                lon=4.8,
                lat=45.7,
            )
            for n in range(ROWS)
        )
        bulk.compare(network)
        yield network


def one(statement: str) -> object:
    """The first value of the answer."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_states_are_known_once_they_are_given(staged):
    known = (
        "SELECT most_common_vals::text FROM pg_stats WHERE tablename = 'staged_record' AND attname = 'state'"
    )
    assert one(known) == "{added}"


def test_new_rows_are_expected_to_be_as_many_as_they_are(staged):
    plan = one("EXPLAIN (FORMAT json) SELECT FROM staged_record WHERE state = 'added'")
    assert plan[0]["Plan"]["Plan Rows"] == ROWS


def test_rows_are_found_by_their_keys(staged):
    indexes = "SELECT count(*) FROM pg_indexes WHERE tablename = 'staged_record' AND indexdef LIKE '%(external_id)%'"
    assert one(indexes) == 1
