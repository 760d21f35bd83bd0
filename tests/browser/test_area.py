"""Keeping to an area of the map, and following what it shows: by keyboard, by pointer, and back."""

import re

import pytest
from playwright.sync_api import expect

from initiatives.groups import actions
from initiatives.models import Follow, Initiative
from tests.factories import GroupFactory, MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)

LYON = "/en/#10/45.7500/4.8500"


@pytest.fixture
def member(page, client, live_server):
    """Someone who is signed in."""
    member = MemberFactory(language="en")
    client.force_login(member)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return member


def test_what_is_in_view_is_kept_followed_and_let_go_by_keyboard(show, size, axe, member):
    page = show(LYON)
    loaded = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert not [name for name in loaded if "map/area" in name]
    page.get_by_role("button", name="Only this part of the map").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("bbox="))
    expect(page.locator("[data-rows] .row")).to_have_count(2)
    expect(page.locator(".filterbar .pill")).to_have_text("In a box")
    expect(page.locator("path.boxline")).to_have_count(1)
    page.locator("[data-zoom='-1']").click(click_count=2, delay=50)
    expect(page.locator("[data-rows] .row")).to_have_count(2)
    assert axe(page) == []
    if (handle := page.locator("[data-handle]")).is_visible():
        # The ways on from a selection are there once the sheet is drawn up.
        handle.focus()
        page.keyboard.press("Enter")
        expect(handle).to_have_attribute("aria-expanded", "true")
    page.get_by_role("link", name="Follow this").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow this")
    page.locator("[name=frequency]:checked").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tokens li")).to_have_count(1)
    assert re.fullmatch(r"bbox=4\.\d+%2C45\.\d+%2C5\.\d+%2C4[56]\.\d+", Follow.objects.get().query)
    page.go_back()
    page.go_back()
    page.wait_for_selector("html[data-ready='true']", state="attached")
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Remove the filter In a box").focus()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("bbox="))
    expect(page.locator("path.boxline")).to_have_count(0)


def drawn(page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag over the screen."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def test_an_area_is_drawn_by_pointer(show, size):
    page = show(LYON)
    left = 40 if size == "phone" else 600
    before = page.evaluate("location.hash")
    draw = page.get_by_role("button", name="Draw an area")
    draw.click()
    expect(draw).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-area-hint]")).to_contain_text("Drag over the map")
    drawn(page, (left, 130), (left + 300, 560))
    expect(page).to_have_url(re.compile("bbox="))
    expect(page.locator("path.boxline")).to_have_count(1)
    expect(page.locator("[data-area-hint]")).to_be_empty()
    assert page.evaluate("location.hash") == before
    west, south, east, north = map(float, re.search("bbox=([^#&]+)", page.url)[1].split("%2C"))
    assert west < east
    assert south < north
    # Afterwards a drag moves the map again.
    drawn(page, (left, 130), (left + 100, 200))
    expect(page).not_to_have_url(re.compile(re.escape(before)))


def test_drawing_ends_without_an_area(show):
    page = show(LYON)
    draw = page.get_by_role("button", name="Draw an area")
    for end in (
        lambda: page.keyboard.press("Escape"),
        lambda: draw.click(),
        lambda: drawn(page, (700, 300), (703, 302)),
    ):
        draw.click()
        expect(page.locator(".is-drawing")).to_have_count(1)
        end()
        expect(draw).to_have_attribute("aria-pressed", "false")
        expect(page.locator(".is-drawing")).to_have_count(0)
        expect(page).not_to_have_url(re.compile("bbox="))


def test_a_group_is_chosen_in_the_panel(show, europe):
    group = GroupFactory(name="Shared ovens", slug="shared-ovens")
    actions.name_group(Initiative.objects.get(slug="radio-passerelle"), group=group, by=None)
    page = show("/en/")
    page.get_by_label("Group", exact=True).select_option("Shared ovens")
    expect(page).to_have_url(re.compile("group=shared-ovens"))
    expect(page.locator("[data-rows] .row")).to_have_count(1)
    expect(page.locator(".filterbar .pill")).to_have_text("Shared ovens")
    page.get_by_role("link", name="Remove the filter Shared ovens").click()
    expect(page.get_by_label("Group", exact=True)).to_have_value("")
