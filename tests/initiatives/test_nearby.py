"""The nearest others of an initiative, read from the index nearest first."""

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.views.public import NEARBY, nearby
from tests.conftest import BERLIN
from tests.factories import InitiativeFactory


@pytest.fixture
def around(bakery):
    """Nine eastwards of the bakery, further and further, not in that order; a draft and a far one."""
    here = bakery.public_position
    for step in (5, 2, 8, 1, 9, 3, 7, 4, 6):
        InitiativeFactory(
            name=f"At {step}", position=Point(here.x + step * 0.01, here.y, srid=4326), published=True
        )
    InitiativeFactory(name="Not yet", position=here)
    InitiativeFactory(name="Far", position=BERLIN, published=True)


def test_the_nearest_come_first_with_their_distance(bakery, around):
    found = nearby(bakery)
    assert [row.name for row in found] == [f"At {step}" for step in range(1, NEARBY + 1)]
    assert [round(row.distance.m / 776) for row in found] == list(range(1, NEARBY + 1))


def test_nothing_is_near_without_a_position_or_beyond_thirty_kilometres(bakery):
    InitiativeFactory(position=BERLIN, published=True)
    assert nearby(bakery) == []
    assert nearby(InitiativeFactory(position=None, has_no_position=True, published=True)) == []


def test_of_all_rows_only_the_nearest_are_read(bakery, around):
    with CaptureQueriesContext(connection) as asked:
        nearby(bakery)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        # Of a few rows all are sorted sooner than read in order.
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("EXPLAIN " + asked.captured_queries[0]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan using initiative_public_geography" in plan
    assert "Order By" in plan
    # What is asked of each that comes may be sorted, but not those among which they are found.
    assert "Sort" not in plan.partition("SubPlan")[0]
