"""Merging what stands in a campaign: not before the results, and never so that likes are lost."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from campaigns.enums import NominationState, Phase
from campaigns.likes import actions
from campaigns.models import Like
from initiatives.merging.actions import merge
from tests.factories import InitiativeFactory, MemberFactory

from .campaign import campaign_of, voter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are compared."""
    with translation.override("en"):
        yield


@pytest.fixture
def boss():
    """Somebody who may do all."""
    return MemberFactory(is_superuser=True)


@pytest.mark.parametrize("phase", [Phase.CALL, Phase.SELECTION, Phase.LIKES, Phase.COUNTING])
@pytest.mark.parametrize(
    "state", [NominationState.PROPOSED, NominationState.ACCEPTED, NominationState.SELECTED]
)
def test_what_stands_in_a_campaign_under_way_lives_on_in_no_other(boss, phase, state):
    campaign = campaign_of(1, phase=phase)
    campaign.nominations.update(state=state)
    nominated, other = campaign.nominations.get().initiative, InitiativeFactory(published=True)
    with pytest.raises(ValidationError, match="stands in the campaign “Campaign 0”"):
        merge(nominated, into=other, by=boss)
    nominated.refresh_from_db()
    assert nominated.is_published


def test_another_one_is_merged_into_it_and_its_likes_stay(boss):
    nomination = campaign_of(1).nominations.get()
    actions.like(nomination, by=voter())
    merge(InitiativeFactory(published=True), into=nomination.initiative, by=boss)
    assert actions.like(nomination, by=voter())
    assert Like.objects.count() == 2


@pytest.mark.parametrize(
    ("phase", "state"),
    [
        (Phase.RESULTS, NominationState.LAUREATE),
        (Phase.LIKES, NominationState.WITHDRAWN),
        (Phase.CALL, NominationState.DECLINED),
        (Phase.DRAFT, NominationState.SELECTED),
    ],
)
def test_nothing_keeps_apart_what_stands_in_no_campaign_any_more(boss, phase, state):
    campaign = campaign_of(1, phase=phase)
    campaign.nominations.update(state=state)
    nominated, other = campaign.nominations.get().initiative, InitiativeFactory(published=True)
    assert merge(nominated, into=other, by=boss).kept == other
