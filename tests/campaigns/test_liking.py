"""Likes: once, under the caps, never for one's own, written into the log."""

from datetime import timedelta

import pytest
import rules
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from campaigns.enums import Act, NominationState, Phase
from campaigns.fairness.sealing import seal
from campaigns.likes import actions, errors, voters
from campaigns.models import Ballot, Campaign, Like, LikeLine
from community.members.enums import CollectiveRole, Role
from community.models import CollectiveMembership
from initiatives.models import Initiative, Submission
from tests.factories import CollectiveFactory, MemberFactory, NetworkFactory

from .campaign import campaign_of, nominee, replayed, standing, voter

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return campaign_of(3, 2)


def acts(campaign) -> list[str]:
    seal(campaign)
    return list(LikeLine.objects.filter(campaign=campaign).order_by("pk").values_list("act", flat=True))


def test_a_like_asked_for_twice_is_one(campaign):
    zoe, one = voter(), campaign.nominations.first()
    assert actions.like(one, by=zoe, network="n") is True
    assert actions.like(one, by=zoe) is False
    like = Like.objects.get()
    assert (like.nomination, like.theme, like.ballot.member) == (one, one.theme, zoe)
    assert like.ballot.network == "n"
    assert acts(campaign) == [Act.LIKE]


def test_a_like_taken_back_twice_is_taken_back_once(campaign):
    zoe, one = voter(), campaign.nominations.first()
    assert actions.unlike(one, by=zoe) is False
    actions.like(one, by=zoe)
    assert actions.unlike(one, by=zoe) is True
    assert actions.unlike(one, by=zoe) is False
    actions.like(one, by=zoe)
    assert acts(campaign) == [Act.LIKE, Act.UNLIKE, Act.LIKE]
    assert replayed(campaign) == standing(campaign)


def test_each_like_has_one_line_whenever_it_is_taken_back(campaign):
    zoe, (one, two) = voter(), campaign.nominations.all()[:2]
    for each in (one, two):
        actions.like(each, by=zoe)
    # Before the worker has noted it, and after.
    actions.unlike(one, by=zoe)
    assert acts(campaign) == [Act.LIKE, Act.UNLIKE, Act.LIKE]
    actions.unlike(two, by=zoe)
    assert acts(campaign) == [Act.LIKE, Act.UNLIKE, Act.LIKE, Act.UNLIKE]
    assert replayed(campaign) == standing(campaign) == set()


def test_whoever_likes_nothing_has_no_ballot(campaign):
    actions.unlike(campaign.nominations.first(), by=voter())
    assert not Ballot.objects.exists()


def test_the_first_like_freezes_the_rule(campaign):
    one, two = campaign.nominations.all()[:2]
    actions.like(one, by=voter())
    campaign.refresh_from_db()
    frozen = campaign.frozen_at
    assert frozen is not None
    actions.like(two, by=voter())
    campaign.refresh_from_db()
    assert campaign.frozen_at == frozen


def test_a_cap_holds_and_a_like_taken_back_frees_it(campaign):
    Campaign.objects.update(likes_each=2)
    zoe, rows = voter(), list(campaign.nominations.all())
    for one in rows[:2]:
        actions.like(one, by=zoe)
    with pytest.raises(errors.CapError, match="all of your 2 likes"):
        actions.like(rows[2], by=zoe)
    # Once more is no more.
    assert actions.like(rows[0], by=zoe) is False
    actions.unlike(rows[0], by=zoe)
    assert actions.like(rows[2], by=zoe) is True
    assert actions.like(rows[0], by=voter()) is True


def test_a_cap_of_a_theme_holds_within_it_alone(campaign):
    Campaign.objects.update(likes_each_theme=1)
    first, second = campaign.themes.all()
    zoe, (one, two, _three) = voter(), first.nominations.all()
    actions.like(one, by=zoe)
    with pytest.raises(errors.CapError, match="your like in this theme"):
        actions.like(two, by=zoe)
    assert actions.like(second.nominations.first(), by=zoe) is True


def test_a_void_like_counts_for_no_cap_and_cannot_be_given_again(campaign):
    Campaign.objects.update(likes_each=1)
    zoe, (one, two) = voter(), campaign.nominations.all()[:2]
    actions.like(one, by=zoe)
    Like.objects.update(voided_at=timezone.now(), void_reason="x")
    for verb in (actions.like, actions.unlike):
        with pytest.raises(errors.VoidError):
            verb(one, by=zoe)
    assert actions.like(two, by=zoe) is True
    assert voters.liked(campaign, zoe) == {two.pk}


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.CALL, Phase.SELECTION])
def test_before_its_phase_nothing_is_liked(campaign, phase):
    Campaign.objects.update(phase=phase)
    with pytest.raises(errors.EarlyError, match="not open yet"):
        actions.like(campaign.nominations.first(), by=voter())
    assert not Like.objects.exists()


@pytest.mark.parametrize("phase", [Phase.COUNTING, Phase.RESULTS])
def test_after_its_phase_nothing_is_liked_or_taken_back(campaign, phase):
    zoe, one = voter(), campaign.nominations.first()
    actions.like(one, by=zoe)
    Campaign.objects.update(phase=phase)
    for verb in (actions.like, actions.unlike):
        with pytest.raises(errors.LateError, match="closed"):
            verb(one, by=zoe)
    assert standing(campaign)


@pytest.mark.parametrize("state", sorted(set(NominationState.values) - {"selected"}))
def test_only_what_is_selected_is_liked(campaign, state):
    one = nominee(campaign, state=state)
    with pytest.raises(errors.NotSelectedError):
        actions.like(one, by=voter())


def test_what_left_the_map_is_not_liked(campaign):
    one = campaign.nominations.first()
    Initiative.objects.filter(pk=one.initiative_id).update(status="archived")
    with pytest.raises(errors.NotSelectedError):
        actions.like(one, by=voter())


def test_an_unconfirmed_address_likes_nothing(campaign):
    zoe = MemberFactory()
    zoe.emailaddress_set.create(email=zoe.email, verified=False)
    with pytest.raises(errors.UnverifiedError, match="Confirm your e-mail"):
        actions.like(campaign.nominations.first(), by=zoe)


def test_a_closed_account_likes_nothing(campaign):
    with pytest.raises(PermissionDenied):
        actions.like(campaign.nominations.first(), by=voter(is_active=False))


def carries(initiative, zoe, role=CollectiveRole.MEMBER, **dates):
    collective = CollectiveFactory()
    CollectiveMembership.objects.create(member=zoe, collective=collective, role=role, **dates)
    Initiative.objects.filter(pk=initiative.pk).update(collective=collective)


def runs_network(initiative, zoe, **dates):
    network = NetworkFactory()
    network.stewards.add(zoe)
    initiative.memberships.create(network=network, **dates)


def hands_in(initiative, email):
    Submission.objects.create(initiative=initiative, email=email.upper(), language="en")


def another_address(initiative, zoe):
    zoe.emailaddress_set.create(email="zoe.else@demo.example")
    hands_in(initiative, "zoe.else@demo.example")


TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)
# How one comes to have to do with an initiative, and whether that makes it one's own.
WAYS = {
    "nothing": (lambda initiative, zoe: None, False),
    "member": (carries, True),
    "facilitator": (lambda *both: carries(*both, CollectiveRole.FACILITATOR), True),
    "former": (lambda *both: carries(*both, started_on=YESTERDAY, ended_on=TODAY), False),
    "to come": (lambda *both: carries(*both, started_on=TODAY + timedelta(days=2)), False),
    "made": (lambda initiative, zoe: initiative.status_changes.filter(verb="create").update(by=zoe), True),
    "published": (
        lambda initiative, zoe: initiative.status_changes.filter(verb="publish").update(by=zoe),
        False,
    ),
    "handed in": (lambda initiative, zoe: hands_in(initiative, zoe.email), True),
    "by another address": (another_address, True),
    "of somebody else": (lambda initiative, zoe: hands_in(initiative, "bea@demo.example"), False),
    "steward": (runs_network, True),
    "former steward": (lambda *both: runs_network(*both, until=YESTERDAY), False),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("values", [{}, {"is_superuser": True}, {"roles": [Role.ANIMATOR]}])
def test_nobody_likes_their_own_and_the_rule_says_the_same(campaign, way, values):
    zoe, one = voter(**values), campaign.nominations.first()
    come, is_own = WAYS[way]
    come(one.initiative, zoe)
    one = campaign.nominations.get(pk=one.pk)
    assert rules.has_perm("campaigns.like", zoe, one) is not is_own
    if is_own:
        with pytest.raises(errors.OwnError, match="of your own"):
            actions.like(one, by=zoe)
    else:
        assert actions.like(one, by=zoe) is True


def test_a_ballot_of_another_campaign_likes_nothing_here(campaign):
    other = campaign_of(1)
    ballot = Ballot.objects.create(campaign=other, address="a", voter="00000000-0000-4000-8000-000000000001")
    with pytest.raises(PermissionDenied):
        actions.like(campaign.nominations.first(), by=ballot)
    assert not Like.objects.exists()


def test_a_throw_away_address_is_noted_and_not_refused(campaign):
    actions.like(campaign.nominations.first(), by=voter(email="zoe@sub.mailinator.com"))
    assert Ballot.objects.get().is_disposable


def test_a_like_takes_few_statements(campaign, django_assert_max_num_queries):
    zoe, (one, two) = voter(), campaign.nominations.all()[:2]
    actions.like(one, by=zoe)
    # Three go by the driver, past what is counted here: may one, the lock, the like.
    with django_assert_max_num_queries(0):
        actions.like(two, by=zoe)
