"""Boxes as people write them."""

import pytest
from django.contrib.gis.geos import Point

from geo.bbox import BBox
from initiatives.models import Initiative
from tests.factories import InitiativeFactory


def test_box_is_read_in_order():
    assert BBox.parse("4,45,5,46").as_tuple() == (4, 45, 5, 46)
    assert str(BBox.parse("4.50,45,5,46")) == "4.5,45,5,46"


def test_box_across_the_antimeridian_is_two_areas():
    west, east = BBox.parse("170,-10,-170,10").area()
    assert west.extent == (170, -10, 180, 10)
    assert east.extent == (-180, -10, -170, 10)


@pytest.mark.parametrize(
    "text",
    ["", "a,b", "1,2,3", "1,2,3,4,5", "nan,0,1,1", "inf,0,1,1", "0,50,1,40", "-181,0,1,1", "0,-91,1,1"],
)
def test_what_is_no_box_is_refused(text):
    with pytest.raises(ValueError, match=r"\S"):
        BBox.parse(text)


@pytest.mark.parametrize(
    "text",
    ["5,45,5,45", "4,45,6,45", "5,44,5,46", "4,45,5,46", "5,45,-170,45", "-180,45,5,45", "180,45,5,45"],
)
def test_edges_belong_to_a_box_however_thin_it_is(db, text):
    InitiativeFactory(position=Point(5, 45, srid=4326), published=True)
    InitiativeFactory(position=Point(7, 48, srid=4326), published=True)
    assert Initiative.objects.in_box(BBox.parse(text)).count() == 1
