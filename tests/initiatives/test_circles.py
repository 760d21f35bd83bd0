"""Circles of the map index are those of PostGIS, to the centimetre."""

import random

import pytest
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.http import QueryDict

from initiatives import mapped
from initiatives.models import Initiative
from initiatives.selection import parse
from tests.factories import InitiativeFactory

CENTRES = [(4.84, 45.72), (13.4, 52.5), (179.999, 16.5), (-179.99, -16.5), (0, 90), (-175.2, -45.7), (3, 0)]


@pytest.mark.django_db(transaction=True)
def test_circles_are_those_of_sql(client, many):
    for lon in (-179.5, 179.5, 24.0):
        InitiativeFactory(position=Point(lon, 69.9, srid=4326), published=True)
    chance = random.Random(7)
    for lon, lat in CENTRES:
        here = Point(lon, lat, srid=4326)
        rows = Initiative.objects.published().located().annotate(away=Distance("public_position", here))
        away = sorted({row.away.m for row in rows})
        for metres in [*chance.sample(away, 6), away[0], away[-1]]:
            for edge in (metres - 0.01, metres + 0.01, metres * 0.995, metres * 1.005):
                if 0 < edge < 2e7:
                    selection = parse(QueryDict(f"near={lon},{lat},{edge!r}"))
                    by_sql = set(selection.initiatives().values_list("pk", flat=True))
                    assert set(mapped.ids(selection)) == by_sql, (lon, lat, edge)
