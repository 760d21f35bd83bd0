"""Two entries made one and two again, without script too; axe on each of the pages."""

import os

import pytest
from playwright.sync_api import expect

from community.members.enums import Role
from initiatives.merging import actions as merging
from initiatives.models import Initiative, Merge
from tests.browser.looks import both_looks
from tests.conftest import LYON
from tests.factories import InitiativeFactory, MemberFactory
from tests.initiatives.merging import dressed, twin

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both(show, page, client, live_server, settings, tmp_path):
    """Two entries for one bakery, and a moderator signed in."""
    settings.MEDIA_ROOT = tmp_path
    name = "Le Fournil des Deux Rives de Lyon"
    bakery = dressed(InitiativeFactory(name=name, position=LYON, published=True))
    other = twin(name="Fournil des Deux Rives", description="Du pain au levain. " * 30)
    client.force_login(MemberFactory(public_name="Maud", roles=[Role.MODERATOR]))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return bakery, other


def pictured(page, name: str, *said: str) -> None:
    """Keep a picture where somebody wants to look."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{'-'.join((name, *said))}.png", full_page=True)


@both_looks
def test_axe_finds_nothing(show, axe, page, size, scheme, both):
    bakery, other = both
    page.emulate_media(color_scheme=scheme)
    show(f"/en/moderation/{other.uuid}/")
    assert axe(page) == []
    pictured(page, "similar", size, scheme)
    show(f"/en/moderation/{other.uuid}/merge/{bakery.uuid}/")
    assert axe(page) == []
    pictured(page, "merge", size, scheme)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    merge = merging.merge(other, into=bakery, by=None)
    show(f"/en/moderation/merges/{merge.pk}/undo/")
    assert axe(page) == []
    pictured(page, "undo", size, scheme)
    show(f"/en/moderation/{bakery.uuid}/")
    assert axe(page) == []
    pictured(page, "merged", size, scheme)


def test_by_keyboard_there_and_back(show, page, both):
    bakery, other = both
    show(f"/en/moderation/{other.uuid}/")
    page.get_by_role("link", name=f"Merge into “{bakery.name}”").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Merge two entries")
    name = page.get_by_role("group", name="Name", exact=True)
    name.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Merge", exact=True).press("Enter")
    expect(page.get_by_text("lives on in").first).to_be_visible()
    assert Initiative.objects.get(pk=bakery.pk).name == other.name
    page.get_by_role("link", name="Undo the merge").press("Enter")
    page.get_by_role("button", name="Undo the merge").press("Enter")
    expect(page.get_by_text("Both are as they were before the merge.")).to_be_visible()
    assert Initiative.objects.get(pk=bakery.pk).name == bakery.name
    assert Merge.objects.get().undone_by.public_name == "Maud"
