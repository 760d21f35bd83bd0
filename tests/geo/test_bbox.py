"""Boxes as people write them."""

import pytest

from geo.bbox import BBox


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
