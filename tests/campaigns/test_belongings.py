"""What campaigns hold of a member: given to them, and forgotten; how long digests are kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.belongings import BELONGING
from campaigns.likes import actions, codes
from campaigns.models import Ballot, BallotCode, Campaign
from campaigns.retention import forget_digests
from community.members import actions as members

from .campaign import campaign_of, standing, voter

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return campaign_of(2)


def test_a_member_is_given_their_likes_and_their_name_in_the_tally(campaign):
    zoe, one = voter(), campaign.nominations.first()
    actions.like(one, by=zoe)
    one.by = zoe
    one.save()
    given = BELONGING.given(zoe)
    assert given["ballots"][0]["voter"] == Ballot.objects.get().voter
    assert [like["initiative"] for like in given["likes"]] == [one.initiative.uuid]
    assert [row["pitch"] for row in given["nominations"]] == ["Good bread."]
    assert not BELONGING.given(voter())["likes"]


def test_likes_stay_when_their_member_leaves(campaign):
    zoe, one = voter(), campaign.nominations.first()
    actions.like(one, by=zoe)
    one.by = zoe
    one.save()
    before = standing(campaign)
    assert BELONGING.warnings(zoe) == ["What you liked in campaigns goes on counting, without your name."]
    members.erase(zoe, by=zoe)
    ballot = Ballot.objects.get()
    one.refresh_from_db()
    assert (ballot.member, one.by) == (None, None)
    assert standing(campaign) == before


def test_whoever_comes_back_does_not_like_twice_while_likes_are_open(campaign):
    zoe, one = voter(), campaign.nominations.first()
    email = zoe.email
    actions.like(one, by=zoe)
    members.erase(zoe, by=zoe)
    assert actions.like(one, by=voter(email=email)) is False
    assert Ballot.objects.count() == 1


def test_once_results_are_there_nothing_is_kept_of_who_leaves(campaign):
    zoe = voter()
    actions.like(campaign.nominations.first(), by=zoe)
    Campaign.objects.update(phase="results")
    members.erase(zoe, by=zoe)
    assert Ballot.objects.get().address == ""


def test_digests_are_forgotten_a_month_after_the_results(campaign):
    Ballot.objects.create(
        campaign=campaign, voter="00000000-0000-4000-8000-000000000001", network="n", address="a"
    )
    past = timezone.now() - timedelta(days=29)
    dates = {
        "likes_from": past - timedelta(days=2),
        "likes_until": past - timedelta(days=1),
        "results_from": past,
    }
    early = {"call_from": past - timedelta(days=4), "selection_from": past - timedelta(days=3)}
    Campaign.objects.update(**dates, **early)
    assert forget_digests() == 0
    Campaign.objects.update(phase="results")
    assert forget_digests() == 0
    Campaign.objects.update(results_from=past, **{name: at - timedelta(days=2) for name, at in early.items()})
    Campaign.objects.update(likes_from=past - timedelta(days=3), likes_until=past - timedelta(days=2))
    Campaign.objects.update(results_from=past - timedelta(days=2))
    assert forget_digests() == 1
    ballot = Ballot.objects.get()
    assert (ballot.network, ballot.address) == ("", "")
    assert forget_digests() == 0


def test_codes_go_the_night_after(campaign):
    BallotCode.objects.create(campaign=campaign, address="a", code="x")
    assert codes.forget_old() == 0
    BallotCode.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert codes.forget_old() == 1
