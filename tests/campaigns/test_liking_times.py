"""The last second of likes, by the clock of the database, in three time zones."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.likes import actions, errors
from campaigns.models import Like

from .campaign import campaign_of, voter

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
ZONES = ["Europe/Paris", "America/Martinique", "Pacific/Auckland"]


def dates(zone: str) -> dict:
    """A campaign whose likes go from the first of November to midnight after the eleventh of December there."""
    at = {"tzinfo": ZoneInfo(zone)}
    return {
        "time_zone": zone,
        "call_from": datetime(2026, 9, 1, **at),
        "selection_from": datetime(2026, 10, 1, **at),
        "likes_from": datetime(2026, 11, 1, **at),
        "likes_until": datetime(2026, 12, 12, **at),
        "results_from": datetime(2026, 12, 18, **at),
    }


@pytest.mark.parametrize("zone", ZONES)
def test_a_like_of_the_last_second_counts_and_one_a_second_late_is_told(zone, stop_clock):
    given = dates(zone)
    campaign = campaign_of(2, **given)
    zoe, (one, two) = voter(), campaign.nominations.all()
    stop_clock(given["likes_until"] - SECOND)
    assert actions.like(one, by=zoe) is True
    stop_clock(given["likes_until"] + SECOND)
    for verb, nomination in ((actions.like, two), (actions.unlike, one)):
        with pytest.raises(errors.LateError) as refused:
            verb(nomination, by=zoe)
        # By the clock of the campaign, wherever the server stands.
        assert "12 December 2026" in str(refused.value)
        assert "00:00" in str(refused.value)
        assert zone in str(refused.value)
    assert Like.objects.get().nomination == one


@pytest.mark.parametrize("zone", ZONES)
def test_the_moment_of_closing_is_too_late(zone, stop_clock):
    given = dates(zone)
    campaign = campaign_of(1, **given)
    stop_clock(given["likes_until"])
    with pytest.raises(errors.LateError):
        actions.like(campaign.nominations.get(), by=voter())


@pytest.mark.parametrize("zone", ZONES)
def test_the_first_second_counts_and_the_one_before_is_told(zone, stop_clock):
    given = dates(zone)
    campaign = campaign_of(1, **given)
    stop_clock(given["likes_from"] - SECOND)
    with pytest.raises(errors.EarlyError, match="1 November 2026"):
        actions.like(campaign.nominations.get(), by=voter())
    stop_clock(given["likes_from"])
    assert actions.like(campaign.nominations.get(), by=voter()) is True
