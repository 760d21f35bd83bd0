"""A reviewer by keyboard alone; axe on each of the pages."""

import pytest
from playwright.sync_api import expect

from community.members.enums import Role
from initiatives import actions
from initiatives.enums import ContactKind, Status, Visibility
from initiatives.models import Initiative, ReviewClaim
from initiatives.reviews import actions as reviews
from tests.conftest import LYON
from tests.factories import InitiativeFactory, MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = ("Le Four du Rhône", "Radio Passerelle de Lyon", "Le Fournil des deux rives")


@pytest.fixture
def queue(show, page, client, live_server):
    """The queue with three that wait, opened by a moderator."""
    for number, name in enumerate(WAITING):
        made = InitiativeFactory(
            name=name,
            summary="Du pain au levain, cuit sur place, et un lieu pour se retrouver.",
            position=LYON,
            precision="street" if number else "exact",
            street="3 rue du Four",
            locality="Lyon",
            contacts={ContactKind.EMAIL: ("four@demo.example", Visibility.NOBODY)},
        )
        actions.submit(made, by=None, reason="Merci de relire.")
    client.force_login(MemberFactory(public_name="Maud", roles=[Role.MODERATOR]))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return show("/fr/moderation/")


def status(name: str) -> str:
    """Where one stands."""
    return Initiative.objects.filter(name=name).latest("pk").status


def test_an_initiative_is_read_taken_on_and_published_by_keyboard(queue, axe, size):
    page = queue
    assert axe(page) == []
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("[data-open]").first).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(WAITING[0])
    page.wait_for_load_state("networkidle")
    assert axe(page) == []
    page.keyboard.press("c")
    expect(page.locator("button[name=release]")).to_be_visible()
    assert ReviewClaim.objects.get().member.public_name == "Maud"
    # Typed into a field, the letters are letters.
    page.locator("#reason").focus()
    page.keyboard.type("joc?")
    expect(page.locator("#reason")).to_have_value("joc?")
    page.keyboard.press("Tab")
    expect(page.locator("button[value=publish]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".notice--ok")).to_contain_text(WAITING[0])
    assert status(WAITING[0]) == Status.PUBLISHED
    assert not ReviewClaim.objects.exists()


def test_shortcuts_can_be_switched_off(queue):
    page = queue
    page.keyboard.press("?")
    page.locator("[data-keys-on]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("[data-open]").first).not_to_be_focused()
    page.reload()
    page.keyboard.press("j")
    expect(page.locator("[data-open]").first).not_to_be_focused()


def test_axe_finds_nothing_after_a_decision_on_many_and_in_a_conflict(queue, axe, size, live_server):
    page = queue
    one = Initiative.objects.get(name=WAITING[1])
    reviews.claim(one, by=MemberFactory(public_name="Otto", roles=[Role.MODERATOR]))
    page.goto(f"{live_server.url}/fr/moderation/{one.uuid}/")
    page.wait_for_load_state("networkidle")
    assert axe(page) == []
    page.goto(f"{live_server.url}/fr/moderation/")
    for box in page.locator("[name=chosen]").all():
        box.check()
    page.locator("#verb").select_option("publish")
    page.locator("button.btn--main").last.click()
    expect(page.locator(".outcomes li")).to_have_count(3)
    assert axe(page) == []
    assert [status(name) for name in WAITING] == ["published", "pending", "published"]


def test_pages_of_reviewers_reflow_at_320_pixels(queue, live_server):
    page = queue
    page.set_viewport_size({"width": 320, "height": 640})
    one = Initiative.objects.get(name=WAITING[0])
    for path in ("/fr/moderation/", f"/fr/moderation/{one.uuid}/"):
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
