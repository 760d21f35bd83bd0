"""axe finds nothing, in light and dark, at both sizes."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/fr/#5/47/6",
    "/en/initiatives/",
    "/fr/initiatives/le-fournil-des-deux-rives/",
    "/fr/territories/FR-69/",
    "/fr/collectives/tables-du-rhone/",
    "/fr/networks/grain-commun/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(show, axe, size, scheme, page):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for path in PAGES:
        show(path)
        assert axe(page) == [], path


def test_axe_finds_nothing_with_suggestions_and_card_open(show, axe, size):
    page = show("/fr/#9/45.2/5.7")
    page.locator("#q").fill("gren")
    page.get_by_role("option").first.wait_for()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.locator("[data-rows] .row a").first.click()
    page.locator(".sheet-card h2").wait_for()
    assert axe(page) == []


def test_pages_reflow_at_320_pixels(show, page):
    page.set_viewport_size({"width": 320, "height": 640})
    for path in PAGES:
        show(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
