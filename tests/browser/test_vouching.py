"""Vouching and objecting by keyboard alone; axe on each of the pages; nothing wider than the screen."""

import pytest
from playwright.sync_api import expect

from initiatives.models import Vouch
from territories.models import Territory
from tests.browser.looks import both_looks
from tests.initiatives.vouching import neighbour, waiting

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/en/initiatives/vouching/"


@pytest.fixture
def at_home(europe, settings, page, client, live_server):
    """A neighbour who is signed in, and two that wait."""
    settings.VOUCHES_NEEDED = 2
    for days, name in ((9, "Un Jardin"), (3, "Atelier Vélo")):
        waiting(name=name, days=days, locality="Lyon", summary=f"{name} à Lyon", website="https://a.example/")
    client.force_login(neighbour(Territory.objects.get(code="FR-69"), public_name="Maud"))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])


@both_looks
def test_a_neighbour_vouches_and_objects_by_keyboard(at_home, axe, size, scheme, page, live_server):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(live_server.url + LIST)
    assert axe(page) == []
    page.locator(".reviews__name").first.focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="I vouch for it")
    expect(button).to_be_visible()
    assert axe(page) == []
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".notice--ok")).to_contain_text("you vouch for “Un Jardin”")
    assert axe(page) == []
    page.locator(".reviews__name").first.focus()
    page.keyboard.press("Enter")
    back = page.get_by_role("button", name="Take it back")
    expect(back).to_be_visible()
    assert axe(page) == []
    back.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".notice--ok")).to_contain_text("taken back")
    page.locator(".reviews__name").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Atelier Vélo")).to_be_visible()
    page.get_by_role("button", name="I vouch for it").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#reason")).to_be_focused()
    expect(page.locator("#reason_error")).to_be_visible()
    assert axe(page) == []
    page.keyboard.type("They moved to Vienne.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notice--ok")).to_contain_text("the moderators read why")
    assert Vouch.objects.get().reason == "They moved to Vienne."


def test_pages_of_vouching_reflow_at_320_pixels(at_home, page, live_server):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_server.url + LIST)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator(".reviews__name").first.click()
    page.locator("main summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
