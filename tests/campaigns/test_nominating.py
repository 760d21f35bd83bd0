"""Putting an initiative forward, whose yes it needs, taking it back."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from campaigns.enums import NominationState, Phase
from campaigns.models import Nomination
from campaigns.nominating import actions, belongings, people
from initiatives import actions as steps
from initiatives.models import Initiative
from tests.conftest import square
from tests.factories import InitiativeFactory, MemberFactory, TerritoryFactory
from vocabulary.models import Theme

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
    """One that takes nominations."""
    return campaign_in(Phase.CALL)


def put_forward(campaign, initiative, by, **more) -> Nomination:
    """A nomination through the action."""
    theme = campaign.themes.get(theme=initiative.root_theme)
    values = {"theme": theme, "pitch": "It bakes.\nFor all.", "language": "en", **more}
    return actions.nominate(campaign, by=by, initiative=initiative, **values)


def told(error) -> dict[str, str]:
    """The first message of each field."""
    return {name: messages[0] for name, messages in error.value.message_dict.items()}


def test_its_people_are_asked_and_who_put_it_forward_is_told(campaign, cast, bakery):
    by = cast["visitor"]
    nomination = put_forward(campaign, bakery, by)
    assert nomination.state == STATES.PROPOSED
    asked = sent()
    assert {one.to[0] for one in asked} == {cast["facilitator"].email, cast["steward"].email}
    assert f"/campaigns/{campaign.slug}/{nomination.pk}/answer/" in asked[0].body
    assert "> It bakes.\n> For all." in asked[0].body
    actions.answer(nomination, by=cast["facilitator"], accepts=True)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.answered_by) == (STATES.ACCEPTED, cast["facilitator"])
    answered = sent()
    assert by.email in {one.to[0] for one in answered}
    # The other one, whom the mail reached late, has nothing to answer any more.
    with pytest.raises(PermissionDenied):
        actions.answer(nomination, by=cast["steward"], accepts=False)
    assert actions.answer(nomination, by=cast["facilitator"], accepts=True).state == STATES.ACCEPTED


def test_who_speaks_for_it_needs_not_ask_themselves(campaign, cast, bakery):
    assert put_forward(campaign, bakery, cast["steward"]).state == STATES.ACCEPTED
    assert sent() == []


def test_one_that_nobody_speaks_for_asks_who_handed_it_in(campaign, cast):
    maker = MemberFactory()
    made = steps.submit(_made(maker), by=maker)
    steps.publish(made, by=None)
    made = Initiative.objects.get(pk=made.pk)
    nomination = put_forward(campaign, made, cast["visitor"])
    assert [one.to[0] for one in sent()] == [maker.email]
    with pytest.raises(PermissionDenied):
        actions.answer(nomination, by=cast["animator"], accepts=True)
    actions.answer(nomination, by=maker, accepts=False)
    nomination.refresh_from_db()
    assert nomination.state == STATES.DECLINED
    with pytest.raises(ValidationError) as error:
        put_forward(campaign, made, MemberFactory())
    assert "declined" in told(error)["initiative"]


def _made(maker) -> Initiative:
    values = {
        "name": "Bread",
        "primary_theme": Theme.objects.get(slug="co-housing"),
        "position": Point(4.83, 45.76, srid=4326),
    }
    return steps.create(by=maker, values=values)


def test_for_one_without_anybody_those_who_run_the_campaign_answer(campaign, cast):
    orphan = InitiativeFactory(published=True)
    assert not people.asked(orphan).exists()
    nomination = put_forward(campaign, orphan, cast["visitor"])
    assert sent() == []
    for name in ("visitor", "facilitator", "moderator"):
        with pytest.raises(PermissionDenied):
            actions.answer(nomination, by=cast[name], accepts=True)
    assert actions.answer(nomination, by=cast["animator"], accepts=True).state == STATES.ACCEPTED


def test_who_hands_one_in_on_the_way_nominates_it_and_it_counts_once_published(campaign):
    maker = MemberFactory()
    waiting = steps.submit(_made(maker), by=maker)
    with pytest.raises(ValidationError) as error:
        put_forward(campaign, waiting, MemberFactory())
    assert told(error) == {"initiative": "This initiative is not published."}
    nomination = put_forward(campaign, waiting, maker)
    assert nomination.state == STATES.ACCEPTED
    assert not Nomination.objects.shown_in(Phase.CALL).exists()
    steps.publish(waiting, by=None)
    assert Nomination.objects.shown_in(Phase.CALL).get() == nomination


def test_only_what_lies_in_its_territory_stands_in_a_campaign(cast, bakery, rhone):
    by = cast["visitor"]
    here = campaign_in(Phase.CALL, territory=rhone)
    assert put_forward(here, bakery, by).campaign == here
    elsewhere = campaign_in(
        Phase.CALL, territory=TerritoryFactory(names={"en": "Elsewhere"}, boundary=square(20, 50, 21, 51))
    )
    with pytest.raises(ValidationError) as error:
        put_forward(elsewhere, bakery, by)
    assert "Elsewhere" in told(error)["initiative"]


def test_a_theme_of_another_campaign_is_refused(campaign, cast, bakery):
    other = campaign_in(Phase.CALL)
    with pytest.raises(ValidationError) as error:
        put_forward(campaign, bakery, cast["visitor"], theme=other.themes.first())
    assert set(told(error)) == {"theme"}


def test_an_initiative_stands_once_in_a_campaign(campaign, cast, bakery):
    first = put_forward(campaign, bakery, cast["visitor"])
    assert put_forward(campaign, bakery, cast["visitor"]) == first
    with pytest.raises(ValidationError) as error:
        put_forward(campaign, bakery, MemberFactory())
    assert told(error) == {"initiative": "It stands in this campaign already."}
    assert put_forward(campaign_in(Phase.CALL), bakery, MemberFactory()).pk != first.pk


def test_one_taken_back_can_be_put_forward_again(campaign, cast, bakery, picture):
    first = put_forward(campaign, bakery, cast["visitor"], image=picture(), alt="An oven")
    actions.withdraw(first, by=cast["visitor"])
    assert actions.withdraw(first, by=cast["visitor"]).pk == first.pk
    again = put_forward(campaign, bakery, MemberFactory())
    assert (again.pk, again.state, again.image.name, again.alt) == (first.pk, STATES.PROPOSED, "", "")


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase != Phase.CALL])
def test_nominating_is_for_the_call_alone(cast, bakery, phase):
    with pytest.raises(PermissionDenied):
        put_forward(campaign_in(phase), bakery, cast["visitor"])


def test_a_mail_that_comes_too_late_is_not_sent(campaign, cast, bakery):
    nomination = put_forward(campaign, bakery, cast["visitor"])
    actions.withdraw(nomination, by=cast["visitor"])
    assert sent() == []


def test_what_people_put_forward_goes_with_them_and_stays_without_their_name(campaign, cast, bakery):
    by = cast["visitor"]
    nomination = put_forward(campaign, bakery, by)
    assert belongings.given(by)["nominations"][0]["pitch"] == nomination.pitch
    belongings.forget(by, set())
    nomination.refresh_from_db()
    assert nomination.by is None


def test_an_answer_is_still_good_during_the_selection_and_not_later(cast, bakery):
    campaign = campaign_in(Phase.SELECTION)
    nomination = nominated(campaign, bakery, STATES.PROPOSED)
    campaign.phase, campaign.likes_from = Phase.LIKES, timezone.now() - timedelta(minutes=1)
    campaign.save()
    with pytest.raises(PermissionDenied):
        actions.answer(nomination, by=cast["facilitator"], accepts=True)
    campaign.phase = Phase.SELECTION
    campaign.save()
    assert actions.answer(nomination, by=cast["facilitator"], accepts=True).state == STATES.ACCEPTED
