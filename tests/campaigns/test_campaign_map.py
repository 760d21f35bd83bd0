"""The map of a campaign: beside its nominees, in a frame, and its name at the head of the map page."""

import json
import re

import pytest
from django.contrib.gis.geos import Point

from campaigns.enums import NominationState, Phase
from community.members.enums import Role
from tests.factories import InitiativeFactory, MemberFactory
from tests.initiatives.pages import address, page

from .making import campaign_in, nominated

pytestmark = pytest.mark.django_db
STATES = NominationState


def told(body: str) -> dict | None:
    """What the script of the map is told."""
    found = re.search(r'<script id="map-config"[^>]*>(.*?)</script>', body)
    return found and json.loads(found[1])


def at(lon: float, lat: float, **values) -> InitiativeFactory:
    """A published initiative somewhere."""
    return InitiativeFactory(published=True, position=Point(lon, lat, srid=4326), **values)


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase != Phase.DRAFT])
def test_the_map_opens_on_those_who_stand_there_and_nobody_else(client, phase):
    campaign = campaign_in(phase)
    state = STATES.ACCEPTED if phase in (Phase.CALL, Phase.SELECTION) else STATES.SELECTED
    for lon, lat in ((5, 45), (10, 50)):
        nominated(campaign, at(lon, lat), state=state)
    for gone in (STATES.PROPOSED, STATES.DECLINED, STATES.WITHDRAWN):
        nominated(campaign, at(20, 60), state=gone)
    config = told(page(client, "campaign", campaign.slug))
    assert config["query"] == f"campaign={campaign.slug}"
    assert config["bounds"] == [pytest.approx([44.98, 4.98]), pytest.approx([50.02, 10.02])]


def test_what_the_jury_chose_moves_no_map_before_likes_begin(client):
    campaign = campaign_in(Phase.SELECTION)
    rows = [nominated(campaign, at(5 + number, 45)) for number in range(3)]
    before = told(page(client, "campaign", campaign.slug))
    rows[0].state = STATES.SELECTED
    rows[0].save()
    assert told(page(client, "campaign", campaign.slug)) == before


def test_a_theme_moves_the_map_to_those_in_it_and_hides_nobody(client):
    campaign = campaign_in(Phase.CALL)
    nominated(campaign, at(5, 45, theme="food-agriculture"))
    nominated(campaign, at(10, 50, theme="housing-living-together"))
    body = client.get(address("campaign", campaign.slug), {"theme": "food-agriculture"}).text
    assert told(body)["bounds"] == [pytest.approx([44.98, 4.98]), pytest.approx([45.02, 5.02])]
    assert told(body)["query"] == f"campaign={campaign.slug}"


def test_there_is_no_map_of_nothing_and_none_before_the_announcement(client):
    assert told(page(client, "campaign", campaign_in(Phase.CALL).slug)) is None
    draft = campaign_in(Phase.DRAFT)
    nominated(draft, at(5, 45))
    client.force_login(MemberFactory(roles=[Role.ANIMATOR]))
    body = page(client, "campaign", draft.slug)
    assert told(body) is None
    assert "leaflet" not in body


def test_the_page_gives_the_code_for_other_sites(client):
    campaign = campaign_in(Phase.CALL)
    nominated(campaign, at(5, 45))
    assert f"/en/embed/?campaign={campaign.slug}" in page(client, "campaign", campaign.slug)


def test_the_frame_has_the_colour_the_title_and_the_place_of_its_campaign(client):
    campaign = campaign_in(Phase.CALL, accent="brick", titles={"en": "Ten <Themes>"})
    nominated(campaign, at(5, 45))
    body = client.get("/en/embed/", {"campaign": campaign.slug}).text
    assert "space--brick" in body
    assert f'<a href="{address("campaign", campaign.slug)}">Ten &lt;Themes&gt;</a>' in body
    assert told(body)["bounds"] == [pytest.approx([44.98, 4.98]), pytest.approx([45.02, 5.02])]
    assert "campaign-map" not in client.get("/en/embed/").text


@pytest.mark.parametrize("path", ["/en/", address("initiative_panel")])
def test_the_map_page_says_which_campaign_it_is_narrowed_to(client, path):
    one, two = (
        campaign_in(Phase.CALL, accent="slate", titles={"en": f"Named {name}"}) for name in ("one", "two")
    )
    link = f'<a href="{address("campaign", one.slug)}">Named one</a>'
    assert link in client.get(path, {"campaign": one.slug}).text
    for query in ({}, {"campaign": f"{one.slug},{two.slug}"}, {"campaign": "unknown"}):
        assert "panel__of" not in client.get(path, query).text


def test_laureates_are_told_apart_by_shape_and_only_with_the_results(client):
    for phase, is_shown in ((Phase.COUNTING, False), (Phase.RESULTS, True)):
        campaign = campaign_in(phase)
        nominated(campaign, at(5, 45), state=STATES.LAUREATE if is_shown else STATES.SELECTED)
        body = page(client, "campaign", campaign.slug)
        assert ("campaign-map--results" in body) is is_shown
        assert ("key--laureate" in body) is is_shown
