"""The jury: marks without those in conflict, floors and ceilings, nothing told before likes begin."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from campaigns.enums import NominationState, Phase
from campaigns.jury import actions, reading
from campaigns.models import Juror, JuryNote
from community.collectives.actions import ClosedError
from tests.factories import InitiativeFactory, MemberFactory

from .making import campaign_in, nominated, sent

pytestmark = pytest.mark.django_db
STATES = NominationState


@pytest.fixture(autouse=True)
def in_english():
    """Words are compared in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def campaign():
    """One whose jury is at work."""
    return campaign_in(Phase.SELECTION, ceiling=1)


def juror(campaign) -> MemberFactory:
    """A member of the jury."""
    return Juror.objects.create(campaign=campaign, member=MemberFactory()).member


def line_of(campaign, nomination, reader):
    """A nomination as the page of the jury has it."""
    lines = [line for part in reading.parts(campaign, reader) for line in part.lines]
    return next(line for line in lines if line.nomination == nomination)


def test_who_is_taken_in_is_told_once(campaign, cast):
    made = actions.seat(campaign, by=cast["animator"], member=cast["visitor"])
    assert actions.seat(campaign, by=cast["animator"], member=cast["visitor"]) == made
    [mail] = sent()
    assert mail.to == [cast["visitor"].email]
    assert f"/campaigns/{campaign.slug}/jury/" in mail.body
    actions.unseat(made, by=cast["animator"])
    assert not Juror.objects.exists()


def test_the_average_leaves_out_who_is_in_conflict(campaign, bakery):
    nomination = nominated(campaign, bakery)
    ana, bea, eva = (juror(campaign) for _one in range(3))
    for who, mark in ((ana, 5), (bea, 2), (eva, 4)):
        actions.judge(nomination, by=who, mark=mark)
    actions.judge(nomination, by=bea, mark=1, text="Changed my mind.")
    assert line_of(campaign, nomination, ana).mark == pytest.approx(10 / 3)
    actions.declare_conflict(nomination, by=bea, reason="My neighbour.")
    line = line_of(campaign, nomination, bea)
    assert (line.mark, line.is_in_conflict) == (4.5, True)
    with pytest.raises(PermissionDenied):
        actions.judge(nomination, by=bea, mark=5)


def test_ones_own_is_a_conflict_by_itself(campaign, cast, bakery):
    nomination = nominated(campaign, bakery)
    for name in ("facilitator", "steward"):
        Juror.objects.create(campaign=campaign, member=cast[name])
        assert line_of(campaign, nomination, cast[name]).is_own
        with pytest.raises(PermissionDenied):
            actions.judge(nomination, by=cast[name], mark=5)
    assert not JuryNote.objects.exists()


def test_who_may_do_all_has_no_conflict_by_that_alone(campaign, cast, bakery):
    nomination = nominated(campaign, bakery)
    Juror.objects.create(campaign=campaign, member=cast["admin"])
    assert actions.judge(nomination, by=cast["admin"], mark=3).mark == 3
    bakery.collective.memberships.create(member=cast["admin"])
    with pytest.raises(PermissionDenied):
        actions.select(nomination, by=cast["admin"])


@pytest.mark.parametrize("mark", [0, 6])
def test_marks_go_from_one_to_five(campaign, bakery, mark):
    nomination, ana = nominated(campaign, bakery), juror(campaign)
    with pytest.raises(ValidationError):
        actions.judge(nomination, by=ana, mark=mark)


def test_a_theme_takes_no_more_than_its_ceiling(campaign, cast, bakery):
    first, second = nominated(campaign, bakery), nominated(campaign, InitiativeFactory(published=True))
    assert actions.select(first, by=cast["animator"]).state == STATES.SELECTED
    assert actions.select(first, by=cast["animator"]).state == STATES.SELECTED
    with pytest.raises(ValidationError, match="at most 1"):
        actions.select(second, by=cast["animator"])
    actions.leave_out(first, by=cast["animator"])
    assert actions.select(second, by=cast["animator"]).state == STATES.SELECTED


@pytest.mark.parametrize("state", [STATES.PROPOSED, STATES.DECLINED, STATES.WITHDRAWN])
def test_only_what_its_people_accepted_is_selected(campaign, cast, bakery, state):
    nomination = nominated(campaign, bakery, state)
    with pytest.raises(ClosedError):
        actions.select(nomination, by=cast["animator"])


def test_what_is_not_published_waits(campaign, cast):
    nomination = nominated(campaign, InitiativeFactory())
    with pytest.raises(ClosedError):
        actions.select(nomination, by=cast["animator"])
    assert not any(part.lines for part in reading.parts(campaign, cast["animator"]))


def test_the_balance_counts_by_theme_country_and_region(campaign, cast, bakery, rhone):
    nomination = nominated(campaign, bakery)
    nominated(campaign, InitiativeFactory(published=True))
    actions.select(nomination, by=cast["animator"])
    parts = reading.parts(campaign, cast["animator"])
    [part] = [part for part in parts if part.lines]
    assert (part.chosen, part.is_full, part.is_short) == (1, True, False)
    assert [(place.name, place.nominated, place.chosen) for place in reading.places(parts)] == [
        ("France", 2, 1)
    ]


def test_the_jury_stays_as_it_was_once_the_selection_is_made(cast):
    campaign = campaign_in(Phase.LIKES)
    seat = Juror.objects.create(campaign=campaign, member=MemberFactory())
    with pytest.raises(ValidationError):
        actions.unseat(seat, by=cast["animator"])
    with pytest.raises(ValidationError):
        actions.seat(campaign, by=cast["animator"], member=MemberFactory())
