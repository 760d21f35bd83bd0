"""What looks odd is raised once, and two people decide."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from campaigns.enums import Act, FlagKind, FlagState
from campaigns.fairness import actions as deciding
from campaigns.fairness import flags
from campaigns.likes import actions
from campaigns.models import Ballot, Campaign, Like, LikeFlag, LikeLine
from campaigns.tasks import flag_likes
from community.members.enums import Role
from tests.factories import MemberFactory

from .campaign import campaign_of, replayed, standing, voter

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return campaign_of(2)


@pytest.fixture
def two():
    """Two who run campaigns, and a third."""
    return [MemberFactory(roles=[Role.ANIMATOR]) for _ in range(3)]


def ballots(campaign, number: int, **values) -> list[Ballot]:
    rows = [
        Ballot(campaign=campaign, voter=uuid.uuid4(), address=uuid.uuid4().hex, **values)
        for _ in range(number)
    ]
    return Ballot.objects.bulk_create(rows)


def liked(campaign, number: int, *, minutes_apart: float, **values) -> list[Ballot]:
    """So many likes for the first nomination, the last one an hour ago."""
    made, one = ballots(campaign, number, **values), campaign.nominations.first()
    for place, ballot in enumerate(made):
        actions.like(one, by=ballot)
        at = timezone.now() - timedelta(hours=1, minutes=place * minutes_apart)
        Like.objects.filter(ballot=ballot).update(at=at)
    return made


def test_many_likes_within_minutes_are_raised_once(campaign):
    liked(campaign, 40, minutes_apart=0.01)
    flag_likes(0)
    flag_likes(0)
    flag = LikeFlag.objects.get()
    assert (flag.kind, flag.state) == (FlagKind.BURST, FlagState.OPEN)
    assert flag.key.startswith(f"{campaign.nominations.first().pk} 20")
    assert flag.ballots.count() >= flags.LEAST


def test_as_many_over_hours_are_usual(campaign):
    liked(campaign, 40, minutes_apart=7)
    flag_likes(0)
    assert not LikeFlag.objects.exists()


def test_many_ballots_of_one_network_are_raised_and_later_ones_join(campaign):
    ballots(campaign, flags.NEIGHBOURS, network="n")
    assert flags.raise_in(campaign) == 0
    ballots(campaign, 1, network="n")
    ballots(campaign, 3, network="m")
    assert flags.raise_in(campaign) == 1
    flag = LikeFlag.objects.get()
    assert (flag.kind, flag.ballots.count()) == (FlagKind.NETWORK, flags.NEIGHBOURS + 1)
    ballots(campaign, 1, network="n")
    assert flags.raise_in(campaign) == 0
    assert flag.ballots.count() == flags.NEIGHBOURS + 2


def test_after_a_decision_a_network_is_raised_anew_for_new_ballots(campaign, two):
    ballots(campaign, flags.NEIGHBOURS + 1, network="n")
    flags.raise_in(campaign)
    for one in two[:2]:
        deciding.decide(LikeFlag.objects.get(), by=one, says="kept", reason="A school.")
    ballots(campaign, flags.NEIGHBOURS, network="n")
    assert flags.raise_in(campaign) == 0
    ballots(campaign, 1, network="n")
    assert flags.raise_in(campaign) == 1
    assert LikeFlag.objects.get(state="open").ballots.count() == flags.NEIGHBOURS + 1


def test_throw_away_addresses_are_one_flag(campaign):
    ballots(campaign, 2, is_disposable=True)
    assert flags.raise_in(campaign) == 1
    assert LikeFlag.objects.get().kind == FlagKind.DISPOSABLE


def test_nothing_is_raised_once_results_are_there(campaign):
    ballots(campaign, 1, is_disposable=True)
    Campaign.objects.update(phase="results")
    assert flags.raise_all() == 0


@pytest.fixture
def flag(campaign) -> LikeFlag:
    """Likes of throw-away addresses."""
    for ballot in ballots(campaign, 3, is_disposable=True):
        for nomination in campaign.nominations.all():
            actions.like(nomination, by=ballot)
    actions.like(campaign.nominations.first(), by=voter())
    flags.raise_in(campaign)
    return LikeFlag.objects.get()


def test_two_who_agree_declare_likes_void_and_the_log_says_why(campaign, flag, two):
    deciding.decide(flag, by=two[0], says="voided", reason="Made by one person.")
    assert Like.objects.filter(voided_at=None).count() == 7
    done = deciding.decide(flag, by=two[1], says="voided", reason="Made by\none person.")
    assert (done.state, done.first_by, done.second_by) == (FlagState.VOIDED, two[0], two[1])
    assert Like.objects.filter(voided_at=None).count() == 1
    assert set(LikeLine.objects.filter(act=Act.VOID).values_list("reason", flat=True)) == {
        "Made by one person."
    }
    assert LikeLine.objects.filter(act=Act.VOID).count() == 6
    assert replayed(campaign) == standing(campaign)


def test_two_who_agree_keep_likes(flag, two):
    for one in two[:2]:
        done = deciding.decide(flag, by=one, says="kept", reason="A school.")
    assert done.state == FlagState.KEPT
    assert not LikeLine.objects.filter(act=Act.VOID).exists()
    with pytest.raises(deciding.ClosedError):
        deciding.decide(flag, by=two[2], says="voided", reason="No.")


def test_nobody_decides_alone(flag, two):
    for _time in range(3):
        done = deciding.decide(flag, by=two[0], says="voided", reason="Odd.")
    assert (done.state, done.second_by) == (FlagState.OPEN, None)


def test_two_who_differ_leave_it_open_until_one_thinks_again(flag, two):
    deciding.decide(flag, by=two[0], says="voided", reason="Odd.")
    done = deciding.decide(flag, by=two[1], says="kept", reason="A school.")
    assert done.state == FlagState.OPEN
    assert deciding.is_disputed(done)
    done = deciding.decide(flag, by=two[1], says="kept", reason="A school, really.")
    assert done.state == FlagState.OPEN
    assert deciding.decide(flag, by=two[0], says="kept", reason="I see.").state == FlagState.KEPT


def test_a_third_person_decides_between_two(flag, two):
    deciding.decide(flag, by=two[0], says="voided", reason="Odd.")
    deciding.decide(flag, by=two[1], says="kept", reason="A school.")
    done = deciding.decide(flag, by=two[2], says="voided", reason="No school there.")
    assert (done.state, done.first_by, done.second_by) == (FlagState.VOIDED, two[0], two[2])


def test_a_burst_voids_the_likes_that_made_it_alone(campaign, two):
    made = liked(campaign, 40, minutes_apart=0)
    other = campaign.nominations.last()
    actions.like(other, by=made[0])
    flags.raise_in(campaign)
    burst = LikeFlag.objects.get(kind="burst")
    for one in two[:2]:
        deciding.decide(burst, by=one, says="voided", reason="A machine.")
    assert not campaign.nominations.first().likes.filter(voided_at=None).exists()
    assert other.likes.filter(voided_at=None).count() == 1


@pytest.mark.parametrize(("says", "reason"), [("", "x"), ("open", "x"), ("kept", " "), ("kept", "x" * 2_001)])
def test_a_word_needs_a_choice_and_a_reason(flag, two, says, reason):
    with pytest.raises(ValidationError):
        deciding.decide(flag, by=two[0], says=says, reason=reason)


def test_nobody_decides_on_likes_of_their_own(flag, two):
    boss = MemberFactory(is_superuser=True)
    flag.ballots.add(Ballot.objects.create(campaign=flag.campaign, member=boss, voter=uuid.uuid4()))
    with pytest.raises(PermissionDenied):
        deciding.decide(flag, by=boss, says="kept", reason="Mine.")
