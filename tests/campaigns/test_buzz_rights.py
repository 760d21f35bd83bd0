"""Who sees what of a campaign's pictures, papers, share pages and figures: every role, door, phase and state."""

import itertools

import pytest

from campaigns.enums import NominationState, Phase, Totals
from campaigns.models import Campaign, Juror, Nomination
from community.members.enums import Role
from tests.factories import CollectiveFactory, InitiativeFactory, MemberFactory
from tests.initiatives.pages import address

from .heard import SEEN, card_of, card_of_campaign, poster_of
from .making import campaign_in, nominated
from .test_campaign_pages import liked, plain

pytestmark = pytest.mark.django_db
ROLES = ["nobody", "other", "nominator", "people", "juror", "moderator", "manager", "staff", "admin"]
RUNNING = {"manager", "staff", "admin"}


@pytest.fixture
def people(db) -> dict:
    """One of each role; `people` run the collective that carries what is nominated."""
    roles = {"moderator": [Role.MODERATOR], "manager": [Role.ANIMATOR]}
    found = {
        name: MemberFactory(roles=roles.get(name, []))
        for name in ROLES
        if name not in ("nobody", "admin", "staff")
    }
    found["staff"] = MemberFactory(is_staff=True)
    found["admin"] = MemberFactory(is_staff=True, is_superuser=True)
    return found


def share_of(nomination: Nomination) -> str:
    """Address of its share page."""
    return address("campaigns:share", nomination.campaign.slug, nomination.pk)


@pytest.mark.parametrize("role", ROLES)
def test_pictures_and_papers_are_of_what_everyone_sees_whoever_asks(client, people, role):
    collective = CollectiveFactory()
    collective.memberships.create(member=people["people"], role="facilitator")
    if role != "nobody":
        client.force_login(people[role])
    for phase, state in itertools.product(Phase, NominationState):
        campaign = campaign_in(phase)
        initiative = InitiativeFactory(published=True, collective=collective)
        nomination = nominated(campaign, initiative, state, by=people["nominator"])
        Juror.objects.create(campaign=campaign, member=people["juror"])
        expected = 200 if state in SEEN[phase] else 404
        for where in (card_of(nomination), poster_of(nomination), share_of(nomination)):
            assert client.get(where).status_code == expected, (phase, state, where)
        assert client.get(card_of_campaign(campaign)).status_code == (404 if phase == Phase.DRAFT else 200)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("phase", Phase)
def test_figures_are_for_those_who_run_the_campaign(client, people, role, phase):
    campaign = campaign_in(phase)
    Juror.objects.create(campaign=campaign, member=people["juror"])
    if role != "nobody":
        client.force_login(people[role])
    refused = 302 if role == "nobody" else 404 if phase == Phase.DRAFT else 403
    for route in ("campaigns:figures", "campaigns:figures_csv"):
        status = client.get(address(route, campaign.slug)).status_code
        assert status == (200 if role in RUNNING else refused), route


def test_an_initiative_that_is_not_published_has_nothing(client, bakery):
    nomination = nominated(campaign_in(Phase.LIKES), bakery, NominationState.SELECTED)
    doors = (card_of(nomination), poster_of(nomination), share_of(nomination))
    assert {client.get(where).status_code for where in doors} == {200}
    type(bakery).objects.filter(pk=bakery.pk).update(status="archived")
    assert {client.get(where).status_code for where in doors} == {404}


def test_a_nomination_is_below_its_own_campaign_alone(client, bakery):
    nomination = nominated(campaign_in(Phase.LIKES), bakery, NominationState.SELECTED)
    nomination.campaign = campaign_in(Phase.LIKES)
    for where in (card_of(nomination), poster_of(nomination), share_of(nomination)):
        assert client.get(where).status_code == 404


def told(client, nomination: Nomination) -> list:
    """All that anyone may fetch of it."""
    fixed = [card_of(nomination), card_of_campaign(nomination.campaign), poster_of(nomination)]
    pages = [share_of(nomination), "/feeds/campaigns.atom"]
    answers = [client.get(where) for where in (*fixed, *pages)]
    return [
        *((answer.content, answer.headers["ETag"]) for answer in answers[:3]),
        *(plain(answer.content.decode()) for answer in answers[3:]),
    ]


@pytest.mark.parametrize("totals", Totals)
@pytest.mark.parametrize("phase", [Phase.LIKES, Phase.COUNTING])
def test_likes_change_no_picture_paper_page_or_feed(client, bakery, phase, totals):
    nomination = nominated(campaign_in(phase, totals=totals), bakery, NominationState.SELECTED)
    before = told(client, nomination)
    liked(nomination, 7)
    assert told(client, nomination) == before


@pytest.mark.parametrize("phase", [Phase.CALL, Phase.SELECTION])
def test_the_jury_changes_nothing_before_likes_begin(client, bakery, phase):
    nomination = nominated(campaign_in(phase), bakery)
    before = told(client, nomination)
    Nomination.objects.filter(pk=nomination.pk).update(state=NominationState.SELECTED)
    assert told(client, nomination) == before
    Campaign.objects.filter(pk=nomination.campaign_id).update(phase=Phase.LIKES)
    assert told(client, nomination) != before


def test_the_share_page_has_link_picture_papers_code_and_ways(client, bakery):
    nomination = nominated(campaign_in(Phase.LIKES), bakery, NominationState.SELECTED)
    body = client.get(share_of(nomination)).content.decode()
    where = address("campaigns:nominee", nomination.campaign.slug, nomination.pk)
    assert f'{where}?source=link"' in body
    for source in ("mail", "mastodon", "bluesky", "whatsapp", "facebook", "linkedin"):
        assert f"source%3D{source}" in body
    for language in ("fr", "en", "es", "de", "it"):
        assert poster_of(nomination, language).replace("&", "&amp;") in body
        assert card_of(nomination, language) in body
    assert "source=embed" in body
    # Whatever is loaded comes from here.
    assert "<iframe" not in body
    assert body.count("<script") == body.count('<script type="module" src="/static/')


def test_a_name_that_is_markup_stays_text_on_the_share_page(client):
    initiative = InitiativeFactory(name='"><script>alert(1)</script>', published=True)
    nomination = nominated(campaign_in(Phase.LIKES), initiative, NominationState.SELECTED)
    body = client.get(share_of(nomination)).content.decode()
    assert "<script>alert" not in body
    # Once for the page, once more inside the code to copy.
    assert "&amp;lt;script&amp;gt;" in body
