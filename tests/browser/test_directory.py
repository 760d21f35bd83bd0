"""From the directory to a member and a message to them: by keyboard, on a phone, for a screen reader."""

import pytest
from playwright.sync_api import expect

from community.members.enums import Visibility
from community.members.models import PROFILE
from community.models import RelayedMessage
from tests.conftest import square
from tests.factories import MemberFactory, TerritoryFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member(page, client, live_server):
    """Someone who is signed in, among two of whom one mends bicycles."""
    levels = {f"{name}_seen_by": Visibility.MEMBERS for name in PROFILE}
    for name, skill in (("Otto Other", "bicycles"), ("Lise Long " + "Lang" * 15, "beekeeping")):
        told = {"skills": [skill], "languages": ["fr", "pt"], "status": ["volunteer"], "locality": "Bron"}
        MemberFactory(public_name=name, is_listed=True, language="en", **told, **levels)
    member = MemberFactory(language="en")
    client.force_login(member)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return member


def test_one_finds_a_member_and_writes_by_keyboard_alone(member, axe, size, page, live_server):
    page.goto(live_server.url + "/en/members/")
    expect(page.locator(".cards li")).to_have_count(2)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("[name=q]").focus()
    page.keyboard.type("bicy")
    page.keyboard.press("Enter")
    expect(page.locator(".cards li")).to_have_count(1)
    page.get_by_role("link", name="Otto Other").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Otto Other")
    assert axe(page) == []
    page.get_by_role("link", name="Write a message").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Write to Otto Other")
    assert axe(page) == []
    page.get_by_label("Message", exact=True).focus()
    # Sent empty, it says what is missing and takes the focus there.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notice--error")).to_be_focused()
    assert axe(page) == []
    page.get_by_label("Message", exact=True).focus()
    page.keyboard.type("Bees at noon?")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your message is on its way.")).to_be_visible()
    sent = RelayedMessage.objects.get()
    assert (sent.sender, sent.receiver.public_name) == (member, "Otto Other")


@pytest.mark.parametrize(
    "path", ["accounts/profile/", "accounts/contributions/", "contributions/", "accounts/data/"]
)
def test_pages_of_members_fit_and_read_well(member, axe, size, page, live_server, path):
    page.goto(f"{live_server.url}/en/{path}")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_map_of_regions_has_no_barrier(axe, size, page, live_server, words):
    page.goto(live_server.url + "/en/members/places/")
    expect(page.locator(".empty")).to_be_visible()
    assert axe(page) == []
    region = TerritoryFactory(
        code="FR-ARA", scheme="region", names={"en": "Alpes"}, boundary=square(2, 44, 7, 47)
    )
    for _one in range(3):
        MemberFactory(
            public_name="Zora", is_listed=True, territory=region, territory_seen_by=Visibility.MEMBERS
        )
    page.reload()
    page.wait_for_selector("[data-choropleth][data-ready='true']")
    expect(page.locator("path.area--1")).to_have_count(1)
    expect(page.locator("tbody tr")).to_have_count(1)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
