"""The order of candidates: another one for each voter and day, whatever is liked."""

from datetime import date

import pytest

from campaigns.likes import actions
from campaigns.likes.order import ordered

from .campaign import campaign_of, voter

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


def test_it_is_the_same_all_day_and_another_for_others_and_the_next_day():
    rows = list(campaign_of(6, 6).nominations.all())
    first = ordered(rows, "member 1", DAY)
    assert ordered(reversed(rows), "member 1", DAY) == first
    assert ordered(rows, "member 2", DAY) != first
    assert ordered(rows, "member 1", date(2026, 12, 2)) != first
    assert {one.pk for one in first} == {one.pk for one in rows}


def test_each_comes_first_about_as_often():
    rows = list(campaign_of(5).nominations.all())
    first = [ordered(rows, f"member {number}", DAY)[0].pk for number in range(500)]
    assert all(60 <= first.count(one.pk) <= 140 for one in rows)


def test_likes_have_no_part_in_it():
    campaign = campaign_of(6)
    before = ordered(campaign.nominations.all(), "member 1", DAY)
    for _voter in range(3):
        actions.like(before[-1], by=voter())
    assert ordered(campaign.nominations.all(), "member 1", DAY) == before
