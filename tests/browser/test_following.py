"""From the list to following what it shows, and back: by keyboard, on a phone, for a screen reader, without script."""

import pytest
from django.utils import translation
from playwright.sync_api import expect

from initiatives.following import actions
from initiatives.following.links import way_out
from initiatives.models import Follow
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member(page, client, live_server):
    """Someone who is signed in."""
    member = MemberFactory(language="en")
    client.force_login(member)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return member


def fits(page, axe) -> bool:
    """Nothing stands in the way of anybody, and nothing goes over the edge."""
    assert axe(page) == []
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_one_follows_the_list_and_stops_by_keyboard_alone(europe, member, axe, size, page, live_server):
    page.goto(live_server.url + "/en/accounts/following/")
    expect(page.locator(".empty")).to_be_visible()
    assert fits(page, axe)
    page.goto(live_server.url + "/en/initiatives/?q=rhone&theme=repair-cafes")
    page.locator("main").get_by_role("link", name="Follow this").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow this")
    assert fits(page, axe)
    page.locator("[name=frequency]:checked").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".tokens li")).to_have_count(1)
    assert Follow.objects.get().frequency == "daily"
    assert fits(page, axe)
    page.get_by_role("button", name="Stop following").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".empty")).to_be_visible()
    assert not Follow.objects.exists()


def test_the_way_out_of_a_letter_is_one_button(europe, axe, size, page, live_server, settings):
    settings.SITE_URL = live_server.url
    own = actions.follow(by=MemberFactory(), query="q=" + "Donaudampfschiff" * 6)
    with translation.override("en"):
        page.goto(way_out(own))
    assert fits(page, axe)
    page.get_by_role("button", name="Stop following").click()
    expect(page.locator(".notice--ok")).to_be_visible()
    assert fits(page, axe)
