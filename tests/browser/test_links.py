"""Lines from the chosen initiative to those it is linked with."""

import pytest
from playwright.sync_api import expect

from initiatives.models import Initiative, Link

pytestmark = pytest.mark.django_db(transaction=True)
LINES = ".linklines"


@pytest.fixture
def tied(europe):
    """A radio that two others supply."""
    named = {row.name: row for row in Initiative.objects.all()}
    radio = named["Radio Passerelle"]
    for name in ("Le Fournil des Deux Rives", "Banca del Tempo"):
        Link.objects.create(from_initiative=named[name], kind="supplies", to_initiative=radio)
    return radio


def test_lines_come_with_the_card_and_go_with_it(tied, show, size):
    page = show("/en/")
    expect(page.locator(LINES)).to_have_count(0)
    page.get_by_role("link", name="Radio Passerelle").click()
    expect(page.locator(".sheet-card")).to_contain_text("Lines lead to 2 initiatives")
    expect(page.locator(LINES)).to_have_count(1)
    assert page.locator(LINES).get_attribute("d").count("M") == 2
    assert page.locator(".leaflet-ground-pane .linklines").count() == 1
    page.locator("[data-close]").click()
    expect(page.locator(LINES)).to_have_count(0)
    page.go_back()
    expect(page.locator(LINES)).to_have_count(1)
    page.go_back()
    expect(page.locator(LINES)).to_have_count(0)


def test_another_card_takes_the_lines_away(tied, show):
    page = show("/en/#8/45.4/5.2")
    page.get_by_role("link", name="Radio Passerelle").click()
    expect(page.locator(LINES)).to_have_count(1)
    page.get_by_role("link", name="Recyclerie du Rhône").click()
    expect(page.locator(".sheet-card h2")).to_have_text("Recyclerie du Rhône")
    expect(page.locator(LINES)).to_have_count(0)


def test_the_page_lists_them(tied, show, axe):
    page = show("/en/initiatives/radio-passerelle/")
    listed = page.get_by_role("region", name="Linked with")
    expect(listed.get_by_role("listitem")).to_have_count(2)
    expect(listed).to_contain_text("Is supplied by")
    assert axe(page) == []
