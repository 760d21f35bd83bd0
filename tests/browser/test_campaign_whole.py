"""A campaign of ten themes from call to results, by its verbs and its dates: on both screens, and without a script."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.enums import NominationState, Phase
from campaigns.jury import actions as jury
from campaigns.models import Campaign, Like
from campaigns.models.campaign import DATES
from campaigns.nominating import actions as nominating
from campaigns.results.actions import publish_results
from campaigns.running import actions, moving
from community.members.enums import Role
from tests.campaigns.campaign import voter
from tests.factories import InitiativeFactory
from vocabulary.models import Theme

from .keys import signed_in
from .test_campaigns import fits

pytestmark = pytest.mark.django_db(transaction=True)
PHASES = list(Phase)[1:]
MAP = "Map: the initiatives of Ten Themes"


def dates(reached: int) -> dict:
    """The first ones have come, the others lie ahead."""
    now = timezone.now()
    return {name: now + timedelta(days=place - reached - 0.5) for place, name in enumerate(DATES)}


def come_to(campaign: Campaign, phase: str) -> Campaign:
    """As if the time until then had passed, and the worker had come by."""
    Campaign.objects.filter(pk=campaign.pk).update(**dates(PHASES.index(phase)))
    moving.move_phases()
    found = Campaign.objects.get(pk=campaign.pk)
    return publish_results(found, by=None) if phase == Phase.RESULTS else found


@pytest.fixture
def manager(words):
    """Who runs it, and judges."""
    return voter(language="en", roles=[Role.ANIMATOR])


@pytest.fixture
def campaign(manager):
    """In its call, with three nominations in each of ten themes, spread over Europe."""
    themes = list(Theme.objects.roots())
    values = {
        "titles": {"en": "Ten Themes"},
        "stories": {"en": "Ten themes, twenty initiatives."},
        "rules": {"en": "The most liked of each theme."},
        "accent": "brick",
        "themes": [(theme, 1, 2) for theme in themes],
        **dates(-1),
    }
    made = actions.announce(actions.create(by=manager, values=values), by=manager)
    for column, theme in enumerate(themes):
        for row in range(3):
            initiative = InitiativeFactory(
                name=f"{theme.slug} {row}",
                theme=theme.slug,
                position=Point(-4 + column * 2.5, 41 + row * 6, srid=4326),
                published=True,
            )
            put = nominating.nominate(
                made,
                by=manager,
                initiative=initiative,
                theme=made.themes.get(theme=theme),
                pitch="It is good.",
                language="en",
            )
            nominating.answer(put, by=manager, accepts=True)
    return made


def select(campaign: Campaign, by) -> None:
    """Two of each theme."""
    for row in campaign.nominations.filter(initiative__name__regex="[01]$"):
        jury.select(row, by=by)


def test_it_goes_from_call_to_results_on_a_map_beside_its_list(
    campaign, manager, axe, size, page, client, live_server
):
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    here = f"/en/campaigns/{campaign.slug}/"

    def look(number: int) -> None:
        page.goto(live_server.url + here)
        page.wait_for_selector("html[data-ready='true']", state="attached")
        expect(page.get_by_role("region", name=MAP)).to_be_visible()
        expect(page.locator("[data-nominees] .nominee")).to_have_count(number)
        assert axe(page) == []
        assert fits(page)

    zoe = voter(language="en")
    signed_in(page, client, live_server, zoe, here)
    look(30)
    campaign = come_to(campaign, Phase.SELECTION)
    select(campaign, manager)
    look(30)
    campaign = come_to(campaign, Phase.LIKES)
    look(20)
    for name in ("food-agriculture 1", "care-health 0"):
        button = page.get_by_role("button", name=f"I like it – {name}")
        button.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(button).not_to_have_attribute("aria-busy", "true")
    campaign = come_to(campaign, Phase.COUNTING)
    look(20)
    expect(page.get_by_role("button", name="I like it")).to_have_count(0)
    expect(page.get_by_text("1 like", exact=True)).to_have_count(0)
    campaign = come_to(campaign, Phase.RESULTS)
    look(20)
    laureates = campaign.nominations.filter(state=NominationState.LAUREATE)
    names = sorted(laureates.values_list("initiative__name", flat=True))
    assert names == ["care-health 0", "food-agriculture 1"]
    assert troubles == []


def test_a_mark_opens_a_card_by_keyboard_and_a_card_of_the_list_lights_its_mark(
    campaign, size, page, live_server, axe
):
    page.goto(f"{live_server.url}/en/campaigns/{campaign.slug}/?theme=care-health")
    page.wait_for_selector("html[data-ready='true']", state="attached")
    mark = page.locator(".marker[data-slug='care-health-1']")
    # On a small map it stands in a cluster at first.
    for _step in range(2 if size == "phone" else 0):
        page.get_by_role("button", name="Zoom in", exact=True).click()
        page.wait_for_load_state("networkidle")
    expect(mark).to_be_visible()
    # The page scrolls to what has the focus: under a pointer that stays, another card would light its own.
    page.mouse.move(0, 0)
    page.locator(".nominee[data-slug='care-health-1'] a").focus()
    expect(mark).to_have_class("marker is-lit")
    mark.press("Enter")
    card = page.locator("[data-card] .sheet-card")
    expect(card.get_by_role("heading", name="care-health 1")).to_be_focused()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(mark).to_be_focused()


def test_the_map_and_its_frame_name_the_campaign(campaign, size, page, live_server, axe):
    page.goto(f"{live_server.url}/en/campaigns/{campaign.slug}/")
    page.get_by_role("link", name="All of them on the map").click()
    page.wait_for_selector("html[data-ready='true']", state="attached")
    head = page.locator(".panel__of")
    expect(head.get_by_role("link", name="Ten Themes")).to_be_visible()
    expect(page.locator("[data-counts]")).to_contain_text("30")
    assert axe(page) == []
    page.goto(f"{live_server.url}/en/embed/?campaign={campaign.slug}")
    page.wait_for_selector("html[data-ready='true']", state="attached")
    expect(page.get_by_role("link", name="Ten Themes")).to_be_visible()
    assert axe(page) == []


def test_without_a_script_the_list_stands_alone_and_likes_are_forms(
    campaign, manager, size, browser, browser_context_args, client, live_server
):
    select(come_to(campaign, Phase.SELECTION), manager)
    come_to(campaign, Phase.LIKES)
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    signed_in(page, client, live_server, voter(language="en"), f"/en/campaigns/{campaign.slug}/")
    expect(page.locator(".mapped__map")).to_be_hidden()
    expect(page.locator(".nominee")).to_have_count(20)
    page.get_by_role("button", name="I like it – food-agriculture 1").click()
    expect(page.get_by_role("button", name="I like it – food-agriculture 1")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert Like.objects.get().nomination.initiative.name == "food-agriculture 1"
    page.get_by_role("link", name="All of them on the map").click()
    expect(page.locator(".panel__of")).to_contain_text("Ten Themes")
    context.close()
