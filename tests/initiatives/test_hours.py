"""Opening hours in words."""

import pytest

from initiatives.describing import hours
from initiatives.models import Initiative


@pytest.mark.parametrize(
    ("rule", "times"),
    [
        ("24/7", ["00:00–24:00"] * 7),
        ("00:00-24:00", ["00:00–24:00"] * 7),
        ("Mo 10:00-24:00", ["10:00–24:00", *[""] * 6]),
        ("Mo 22:00-02:00", ["22:00–24:00", "00:00–02:00", *[""] * 5]),
        ("Mo 10:00-12:00,14:00-18:00", ["10:00–12:00, 14:00–18:00", *[""] * 6]),
        ('Tu 10:00-12:00 unknown "on request"', ["", "10:00–12:00", *[""] * 5]),
    ],
)
def test_a_week_says_when_it_may_be_open(rule, times):
    assert [day.times for day in hours(Initiative(opening_hours=rule), "en").days] == times
