"""Phases come by the clock, in every time zone, also after a night without the worker, and whole."""

import subprocess
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from campaigns.enums import Phase
from campaigns.models import Campaign, LikeFlag
from campaigns.running import moving
from community.groups.enums import GroupKind
from tests.processes import environment

from .making import campaign_in, dates_from

pytestmark = pytest.mark.django_db
ZONES = ["Europe/Paris", "America/Martinique", "Pacific/Auckland"]
BOUNDARIES = [
    ("call_from", Phase.DRAFT, Phase.CALL),
    ("selection_from", Phase.CALL, Phase.SELECTION),
    ("likes_from", Phase.SELECTION, Phase.LIKES),
    ("likes_until", Phase.LIKES, Phase.COUNTING),
]
# Over a change of the clocks in each of these zones that has one.
FIRST = datetime(2027, 3, 20)
DYING = """
import os, signal, django
django.setup()
from campaigns.running import actions, moving

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

actions.groups.revise = die
moving.move_phases()
"""


def phase_of(campaign: Campaign) -> str:
    """As it is stored."""
    return Campaign.objects.values_list("phase", flat=True).get(pk=campaign.pk)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("date", "before", "after"), BOUNDARIES)
def test_a_phase_begins_at_its_second_by_the_clocks_of_its_time_zone(zone, date, before, after):
    dates = dates_from(FIRST.replace(tzinfo=ZoneInfo(zone)))
    campaign = campaign_in(before, time_zone=zone, **dates)
    moment = dates[date]
    assert (moment.hour, moment.minute) == (0, 0)
    with time_machine.travel(moment - timedelta(seconds=1), tick=False):
        assert moving.move_phases() == 0
        assert phase_of(campaign) == before
    with time_machine.travel(moment, tick=False):
        assert moving.move_phases() == 1
        assert phase_of(campaign) == after
        # What is there already stays.
        assert moving.move_phases() == 0
        assert phase_of(campaign) == after


def test_the_same_midnight_comes_at_another_hour_in_each_time_zone():
    found = {
        zone: campaign_in(Phase.LIKES, time_zone=zone, **dates_from(FIRST.replace(tzinfo=ZoneInfo(zone))))
        for zone in ZONES
    }
    paris = found["Europe/Paris"].likes_until
    with time_machine.travel(paris, tick=False):
        assert moving.move_phases() == 2
    assert {zone: phase_of(row) for zone, row in found.items()} == {
        "Pacific/Auckland": Phase.COUNTING,
        "Europe/Paris": Phase.COUNTING,
        "America/Martinique": Phase.LIKES,
    }


def test_after_a_long_night_all_phases_that_have_come_are_gone_through():
    campaign = campaign_in(Phase.CALL, **dates_from(FIRST.replace(tzinfo=ZoneInfo("UTC"))))
    with time_machine.travel(campaign.results_from, tick=False):
        assert moving.move_phases() == 1
    # Results are published by who counts.
    assert phase_of(campaign) == Phase.COUNTING


def test_results_come_with_their_date_unless_people_have_to_decide_first():
    due, flagged, later = (campaign_in(Phase.COUNTING) for _campaign in "123")
    now = due.results_from
    Campaign.objects.filter(pk=later.pk).update(results_from=now + timedelta(seconds=1))
    flag = LikeFlag.objects.create(campaign=flagged, kind="burst", key="x")
    with time_machine.travel(now, tick=False):
        assert moving.publish_due() == 1
        assert [phase_of(one) for one in (due, flagged, later)] == [
            Phase.RESULTS,
            Phase.COUNTING,
            Phase.COUNTING,
        ]
        LikeFlag.objects.filter(pk=flag.pk).update(state="kept")
        assert moving.publish_due() == 1
    assert phase_of(flagged) == Phase.RESULTS


def test_a_draft_is_announced_only_when_nothing_is_missing_and_in_time():
    bare = campaign_in(Phase.DRAFT, rules={})
    late = campaign_in(Phase.DRAFT)
    with time_machine.travel(bare.call_from, tick=False):
        assert moving.move_phases() == 1
    assert phase_of(bare) == Phase.DRAFT
    assert phase_of(late) == Phase.CALL
    late.group.refresh_from_db()
    assert late.group.kind == GroupKind.OPEN
    with time_machine.travel(bare.results_from, tick=False):
        moving.move_phases()
    assert phase_of(bare) == Phase.DRAFT


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_half_way_leaves_nothing_half_done():
    moment = timezone.now() - timedelta(seconds=5)
    first = campaign_in(Phase.SELECTION)
    second = campaign_in(Phase.DRAFT)
    Campaign.objects.filter(pk=first.pk).update(likes_from=moment)
    Campaign.objects.filter(pk=second.pk).update(call_from=moment)
    died = subprocess.run([sys.executable, "-c", DYING], env=environment(), capture_output=True, text=True)
    assert died.returncode == -9, died.stderr
    assert phase_of(first) == Phase.LIKES
    assert phase_of(second) == Phase.DRAFT
    second.group.refresh_from_db()
    assert second.group.kind == GroupKind.PRIVATE
    assert moving.move_phases() == 1
    assert phase_of(second) == Phase.CALL
