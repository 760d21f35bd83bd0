"""Results: counted once, from what is sealed, by the rule that was set before."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from campaigns.enums import NominationState, Phase, TieRule
from campaigns.fairness.sealing import seal
from campaigns.likes import actions
from campaigns.models import Campaign, Like, LikeFlag, LikeLine, Nomination
from campaigns.results.actions import MismatchError, NotOverError, OpenFlagsError, publish_results
from campaigns.results.counting import Candidate, lot, placed
from community.members.enums import Role
from tests.factories import MemberFactory

from .campaign import campaign_of, voter

pytestmark = pytest.mark.django_db


def liked(campaign, *numbers: int) -> list[Nomination]:
    """The nominations, liked so many times each."""
    rows = list(campaign.nominations.order_by("pk"))
    for nomination, number in zip(rows, numbers, strict=True):
        for _voter in range(number):
            actions.like(nomination, by=voter())
    Campaign.objects.filter(pk=campaign.pk).update(phase=Phase.COUNTING)
    campaign.refresh_from_db()
    return rows


def outcome(rows) -> list[tuple]:
    found = Nomination.objects.in_bulk([row.pk for row in rows])
    return [
        (found[row.pk].likes_counted, found[row.pk].place, found[row.pk].state == NominationState.LAUREATE)
        for row in rows
    ]


def test_the_most_liked_of_each_theme_is_its_laureate():
    campaign = campaign_of(3, 2)
    rows = liked(campaign, 1, 3, 2, 0, 1)
    done = publish_results(campaign, by=None)
    assert done.phase == Phase.RESULTS
    assert outcome(rows) == [(1, 3, False), (3, 1, True), (2, 2, False), (0, 2, False), (1, 1, True)]
    assert not LikeLine.objects.filter(seal="").exists()


def test_a_second_time_nothing_happens():
    campaign = campaign_of(2)
    rows = liked(campaign, 2, 1)
    publish_results(campaign, by=None)
    before = outcome(rows)
    Like.objects.all().delete()
    publish_results(campaign, by=None)
    assert outcome(rows) == before


def test_void_likes_do_not_count():
    campaign = campaign_of(2)
    rows = liked(campaign, 2, 1)
    seal(campaign)
    for like in Like.objects.filter(nomination=rows[0]):
        LikeLine.objects.create(
            campaign=campaign, voter=like.ballot.voter, nomination=rows[0], act="void", reason="x"
        )
    Like.objects.filter(nomination=rows[0]).update(voided_at=timezone.now(), void_reason="x")
    publish_results(campaign, by=None)
    assert outcome(rows) == [(0, 2, False), (1, 1, True)]


def test_results_wait_for_flags_and_say_how_many():
    campaign = campaign_of(1)
    liked(campaign, 1)
    for key in "ab":
        LikeFlag.objects.create(campaign=campaign, kind="network", key=key)
    with pytest.raises(OpenFlagsError) as refused:
        publish_results(campaign, by=None)
    assert refused.value.count == 2
    assert Campaign.objects.get().phase == Phase.COUNTING
    LikeFlag.objects.update(state="kept")
    assert publish_results(campaign, by=None).phase == Phase.RESULTS


def test_what_is_odd_at_the_last_minute_is_raised_before():
    campaign = campaign_of(1)
    rows = list(campaign.nominations.all())
    actions.like(rows[0], by=voter(email="x@yopmail.com"))
    Campaign.objects.update(phase=Phase.COUNTING)
    campaign.refresh_from_db()
    with pytest.raises(OpenFlagsError):
        publish_results(campaign, by=None)
    assert LikeFlag.objects.filter(state="open").count() == 1


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.CALL, Phase.SELECTION, Phase.LIKES])
def test_nothing_is_published_before_likes_are_over(phase):
    campaign_of(1)
    Campaign.objects.update(phase=phase)
    with pytest.raises(NotOverError):
        publish_results(Campaign.objects.get(), by=None)


def test_likes_that_are_past_their_end_can_be_counted_at_once():
    now = timezone.now()
    campaign = campaign_of(1, likes_until=now - timedelta(seconds=1), results_from=now)
    assert publish_results(campaign, by=None).phase == Phase.RESULTS


def test_likes_written_past_the_actions_stop_the_count():
    campaign = campaign_of(2)
    liked(campaign, 2, 1)
    seal(campaign)
    Like.objects.first().delete()
    with pytest.raises(MismatchError):
        publish_results(campaign, by=None)
    assert Campaign.objects.get().phase == Phase.COUNTING


@pytest.mark.parametrize(
    ("values", "may"),
    [
        ({}, False),
        ({"roles": [Role.MODERATOR]}, False),
        ({"roles": [Role.TREASURER]}, False),
        ({"roles": [Role.ANIMATOR]}, True),
        ({"is_staff": True}, True),
        ({"is_superuser": True}, True),
        ({"is_superuser": True, "is_active": False}, False),
    ],
)
def test_who_runs_campaigns_publishes(values, may):
    campaign = campaign_of(1)
    liked(campaign, 1)
    somebody = MemberFactory(**values)
    if may:
        assert publish_results(campaign, by=somebody).phase == Phase.RESULTS
    else:
        with pytest.raises(PermissionDenied):
            publish_results(campaign, by=somebody)


def candidates(*likes: int) -> list[Candidate]:
    return [
        Candidate(place, f"u{place}", 1, f"2026-09-0{9 - place}", number)
        for place, number in enumerate(likes)
    ]


def found(rule: str, *likes: int, each: int = 1) -> tuple[list[int], list[bool]]:
    rows = placed(candidates(*likes), tie_rule=rule, laureates_each=each, seal="s")
    return [row.place for row in rows], [row.is_laureate for row in rows]


def test_equally_many_are_all_laureates_by_the_first_rule():
    assert found(TieRule.ALL, 2, 2, 1) == ([1, 1, 3], [True, True, False])
    assert found(TieRule.ALL, 3, 2, 2, 1, each=2) == ([1, 2, 2, 4], [True, True, True, False])


def test_the_earlier_accepted_goes_first_by_the_second_rule():
    assert found(TieRule.ACCEPTED, 2, 2, 1) == ([2, 1, 3], [False, True, False])


def test_the_lot_of_the_seal_decides_by_the_third_rule():
    first = min((0, 1), key=lambda place: lot("s", f"u{place}"))
    places, laureates = found(TieRule.LOT, 2, 2, 1)
    assert places[first] == 1
    assert laureates == [first == 0, first == 1, False]


@pytest.mark.parametrize("rule", TieRule.values)
def test_who_has_no_like_is_no_laureate(rule):
    assert found(rule, 0, 0)[1] == [False, False]
