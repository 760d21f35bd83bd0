"""Proposing a collective: its territory is suggested while typing, and understood without script too."""

import pytest
from playwright.sync_api import expect

from territories.models import Collective
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(page, client, live_server) -> None:
    """The page of a member."""
    client.force_login(MemberFactory(language="en"))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    page.goto(live_server.url + "/en/collectives/new/")


def test_the_territory_is_suggested_while_typing(europe, axe, size, page, client, live_server):
    signed_in(page, client, live_server)
    page.locator("[name=where]").press_sequentially("greno")
    expect(page.locator("#territories option").first).to_have_attribute("value", "Grenoble")
    assert axe(page) == []
    page.locator("[name=where]").fill("")
    page.locator("[name=where]").press_sequentially("g")
    expect(page.locator("#territories option")).to_have_count(0)


def test_a_search_that_fails_hinders_nothing(europe, page, client, live_server):
    signed_in(page, client, live_server)
    page.route("**/search/suggest/**", lambda route: route.abort())
    page.locator("[name=name]").fill("Les Tables")
    page.locator("[name=purpose]").fill("Eating together.")
    page.locator("[name=where]").press_sequentially("FR")
    page.keyboard.press("Enter")
    expect(page.locator(".notice--ok, .notice--error, fieldset").first).to_be_visible()
    assert Collective.objects.filter(name="Les Tables").count() <= 1
