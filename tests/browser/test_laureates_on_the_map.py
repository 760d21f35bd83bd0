"""Marks and cards of laureates: a badge of the campaign that the map is narrowed to, else of any."""

import pytest
from playwright.sync_api import expect

from campaigns.enums import NominationState, Phase
from initiatives.models import Initiative
from tests.campaigns.making import campaign_in, nominated

pytestmark = pytest.mark.django_db(transaction=True)

VIEW = "#9/45.2/5.7"
NAME = "Radio Passerelle, Housing and living together"


@pytest.fixture
def radio(europe) -> Initiative:
    """A laureate of one campaign, and selected in another one."""
    found = Initiative.objects.get(slug="radio-passerelle")
    past = campaign_in(Phase.RESULTS, slug="past", titles={"en": "Past prize"})
    nominated(past, found, NominationState.LAUREATE)
    now = campaign_in(Phase.LIKES, slug="now", titles={"en": "Prize of now"})
    nominated(now, found, NominationState.SELECTED)
    return found


def test_the_badge_goes_with_the_campaign_that_the_map_is_narrowed_to(radio, show, axe):
    page = show(f"/en/{VIEW}")
    mark = page.locator(".marker[data-slug='radio-passerelle']")
    expect(mark).to_have_accessible_name(f"{NAME}, laureate of a campaign")
    expect(mark.locator(".marker__badge")).to_be_visible()
    menu = page.locator("select[name='campaign']")
    menu.select_option("now")
    expect(mark).to_have_accessible_name(NAME)
    expect(mark.locator(".marker__badge")).to_have_count(0)
    menu.select_option("past")
    expect(mark).to_have_accessible_name(f"{NAME}, laureate of a campaign")
    expect(page.locator(".pill")).to_contain_text("Campaign: Past prize")
    assert axe(page) == []


def test_badges_of_a_row_and_a_card_lead_to_the_campaign(radio, show, live_server):
    page = show(f"/en/?campaign=past{VIEW}")
    row = page.locator(".row[data-slug='radio-passerelle']")
    expect(row.locator(".badge--accent")).to_contain_text("Laureate of Past prize")
    row.locator("a").first.click()
    card = page.locator(".sheet-card")
    expect(card.locator(".badge")).to_have_count(2)
    card.locator(".badge--accent").click()
    page.wait_for_url(f"{live_server.url}/en/campaigns/past/")
