"""The narrow table of the map index holds what the initiatives hold, whoever writes."""

import pytest
from django.contrib.gis.geos import Point
from django.db import connection

from initiatives import actions, packed_sql
from initiatives.models import Initiative
from tests.factories import CollectiveFactory, InitiativeFactory

pytestmark = pytest.mark.django_db(transaction=True)
DIFFERENT = f"""
SELECT id FROM {packed_sql.TABLE} p
FULL JOIN ({packed_sql.FRESH.format(rows="initiatives_initiative")}) AS i USING (id)
WHERE (p.fixed, p.words) IS DISTINCT FROM (i.fixed, i.words)
"""


def rows() -> int:
    """How many there are, after a look that all are right."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT)
        assert cursor.fetchall() == []
        cursor.execute(f"SELECT count(*) FROM {packed_sql.TABLE}")
        return cursor.fetchone()[0]


def test_every_way_of_writing_keeps_it(bakery, rhone):
    assert rows() == 1
    draft = InitiativeFactory(name="A draft")
    assert rows() == 1
    other = InitiativeFactory(
        position=None,
        has_no_position=True,
        languages=["fr", "de", "eo"],
        collective=CollectiveFactory(territory=rhone),
        founded=None,
        published=True,
    )
    assert rows() == 2
    actions.revise(other, by=None, values={"languages": [], "founded": 1871})
    place = Point(13.4050001, 52.5200009, srid=4326)
    actions.revise(bakery, by=None, values={"position": place, "precision": "street"})
    assert rows() == 2
    Initiative.objects.filter(pk=draft.pk).update(summary="Still a draft")
    Initiative.objects.filter(pk=bakery.pk).update(status="archived")
    assert rows() == 1
    Initiative.objects.filter(pk=bakery.pk).update(status="published", collective=other.collective)
    assert rows() == 2
    other.delete()
    assert rows() == 1


def test_a_table_that_is_emptied_empties_it(bakery):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE initiatives_initiative CASCADE")
    assert rows() == 0


def test_a_row_that_stays_as_it_was_is_not_written_anew(bakery):
    version = f"SELECT xmin::text FROM {packed_sql.TABLE}"
    with connection.cursor() as cursor:
        cursor.execute(version)
        before = cursor.fetchall()
        cursor.execute("UPDATE initiatives_initiative SET description = 'Longer than before'")
        cursor.execute(version)
        assert cursor.fetchall() == before
