"""Squares of territories: kept with every boundary, whoever writes it, and never telling more than the outline."""

import random

import pytest
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point, Polygon
from django.db import connection

from territories.models import Territory
from tests.conftest import square
from tests.factories import TerritoryFactory

# Every part of a territory's squares against its outline: what is wrong. A square without parts is one by itself.
WRONG = """
WITH cut AS (
  SELECT s.*, t.boundary, ((s.square >> 10) - 1024) * 16 AS x, ((s.square & 1023) - 512) * 16 AS y
  FROM territories_square s JOIN territories_territory t ON t.id = s.territory_id),
shaped AS (
  SELECT square, boundary, true AS covered, true AS met,
         ST_MakeEnvelope(x / 64.0, y / 64.0, (x + 16) / 64.0, (y + 16) / 64.0, 4326) AS shape
  FROM cut WHERE covered IS NULL
  UNION ALL
  SELECT square, boundary, get_bit(covered, part) = 1, get_bit(met, part) = 1,
         ST_MakeEnvelope((x + part % 16) / 64.0, (y + part / 16) / 64.0,
                         (x + part % 16 + 1) / 64.0, (y + part / 16 + 1) / 64.0, 4326)
  FROM cut, generate_series(0, 255) AS part WHERE covered IS NOT NULL)
SELECT square, ST_AsText(shape) FROM shaped
WHERE covered <> ST_Covers(boundary, shape) OR met <> ST_Intersects(boundary, shape)
"""
AT = """
SELECT get_bit(coalesce(met, ~ 0::bit(256)), territories_part_of(x, y))
FROM (SELECT territories_line_at(%(x)s) AS x, territories_line_at(%(y)s) AS y) lines
JOIN territories_square s ON s.square = territories_square_of(x, y) WHERE territory_id = %(id)s
"""


def rows(statement: str, parameters: dict | None = None) -> list[tuple]:
    """What a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def squares(territory: Territory) -> set[tuple]:
    """(number, parts covered, parts met) of the squares of a territory."""
    found = rows(
        "SELECT square, covered::text, met::text FROM territories_square WHERE territory_id = %(id)s",
        {"id": territory.pk},
    )
    return set(found)


def fresh(territory: Territory) -> set[tuple]:
    """The same, worked out from the boundary that is stored."""
    return set(
        rows(
            "SELECT s.square, s.covered::text, s.met::text "
            "FROM territories_territory, territories_squares(boundary) s WHERE id = %(id)s",
            {"id": territory.pk},
        )
    )


def star(chance: random.Random, x: float, y: float, reach: float) -> MultiPolygon:
    """A star of random rays around a point, with a hole in its middle; EPSG:4326."""
    rays = [(chance.uniform(0.3, 1) * reach, ray) for ray in range(24)]
    outer = [Point(x, y, srid=4326).buffer(long, 6).exterior_ring.coords[ray % 24] for long, ray in rays]
    hole = Polygon.from_bbox((x - reach / 20, y - reach / 20, x + reach / 20, y + reach / 20))
    shape = Polygon([*outer, outer[0]], srid=4326).buffer(0).difference(hole)
    return shape if isinstance(shape, MultiPolygon) else MultiPolygon(shape, srid=4326)


@pytest.mark.django_db
def test_squares_say_of_each_outline_what_it_covers():
    chance = random.Random(5)
    for number in range(12):
        place = chance.uniform(-179, 179), chance.uniform(-80, 80)
        TerritoryFactory(
            code=f"star-{number}", boundary=star(chance, *place, chance.choice([0.01, 0.2, 2, 9]))
        )
    assert rows("SELECT count(DISTINCT territory_id) FROM territories_square") == [(12,)]
    assert rows(WRONG) == []


@pytest.mark.django_db
def test_no_point_of_a_territory_is_without_a_square():
    for number, box in enumerate(
        [(-180, -85, -170, -80), (170, 80, 180, 85), (0.25, 0.25, 0.5, 0.5), (179.99, 10, 180, 10.01)]
    ):
        made = TerritoryFactory(code=f"box-{number}", boundary=square(*box))
        corners = [(box[0], box[1]), (box[2], box[3]), ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)]
        for x, y in corners:
            found = rows(AT, {"id": made.pk, "x": x, "y": y})
            assert found == [(1,)], (box, x, y)


@pytest.mark.django_db
def test_squares_follow_whoever_writes():
    made = TerritoryFactory(code="one", boundary=square(4, 45, 5, 46))
    assert squares(made) == fresh(made) != set()
    before = squares(made)
    Territory.objects.filter(pk=made.pk).update(year=2020)
    assert squares(made) == before
    Territory.objects.filter(pk=made.pk).update(boundary=square(14, 45, 15, 46))
    assert squares(made) == fresh(made)
    assert not squares(made) & before
    other = TerritoryFactory(code="two", boundary=square(4, 45, 5, 46))
    assert squares(other) == before
    Territory.objects.filter(pk=made.pk).delete()
    assert rows("SELECT DISTINCT territory_id FROM territories_square") == [(other.pk,)]


@pytest.mark.django_db
def test_what_lies_beyond_the_world_has_no_squares():
    far = GEOSGeometry(
        "SRID=4326;MULTIPOLYGON(((500000 6000000, 500100 6000000, 500100 6000100, 500000 6000000)))"
    )
    assert squares(TerritoryFactory(code="metres", boundary=far)) == set()
