"""A member's own pages in a real browser: nothing for axe to find, no wider than the screen, by keyboard."""

import pytest
from django.urls import reverse
from django.utils import translation

from community.members.enums import CollectiveRole
from community.members.models import PROFILE
from community.models import CollectiveMembership, Member
from tests.browser.looks import both_looks
from tests.factories import CollectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a-long-password-1"


@pytest.fixture
def member(page, client, live_server) -> Member:
    """Someone who told much, and runs a collective alone."""
    member = Member.objects.create_user("ana@demo.example", PASSWORD, public_name="Ana Lopes")
    member.skills = ["comptabilité", "réparation de vélos", "animation de réunions"]
    member.languages = ["fr", "pt", "oc"]
    member.locality = "Villeurbanne"
    member.introduction = "Je répare ce qui se répare.\n\nEt j’apprends à qui veut le reste."
    for name, level in zip(PROFILE, ("everyone", "everyone", "members", "members", "nobody")):
        setattr(member, f"{name}_seen_by", level)
    member.save()
    CollectiveMembership.objects.create(
        member=member, collective=CollectiveFactory(name="Les Tables"), role=CollectiveRole.FACILITATOR
    )
    client.force_login(member)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return member


def addresses(member: Member) -> list[str]:
    """Pages of the member, in French."""
    with translation.override("fr"):
        own = [reverse(name) for name in ("account_profile", "account_data", "account_erase")]
        return [*own, reverse("member", args=[member.uuid])]


@both_looks
def test_axe_finds_nothing_on_pages_of_a_member(words, member, page, live_server, axe, size, scheme):
    page.emulate_media(color_scheme=scheme)
    for address in addresses(member):
        page.goto(f"{live_server.url}{address}")
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_a_profile_is_filled_in_by_keyboard(words, member, page, live_server, axe):
    page.goto(f"{live_server.url}{addresses(member)[0]}")
    page.locator("#id_introduction").fill("x" * 1001, force=True)
    page.evaluate("document.querySelector('#id_introduction').removeAttribute('maxlength')")
    page.locator("#id_introduction").fill("x" * 1001)
    page.locator("#id_public_name").press("Enter")
    page.locator("#id_introduction_error").wait_for()
    assert axe(page) == []
    assert page.locator("[role=alert] a").get_attribute("href") == "#id_introduction"
    page.locator("#id_introduction").fill("Bonjour")
    page.locator("#id_public_name").press("Enter")
    page.locator("#id_introduction_error").wait_for(state="detached")
    page.wait_for_load_state()
    member.refresh_from_db()
    assert member.introduction == "Bonjour"


def test_an_account_is_deleted_by_keyboard(words, member, page, live_server):
    page.goto(f"{live_server.url}{addresses(member)[2]}")
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/fr/")
    member.refresh_from_db()
    assert member.erased_at
