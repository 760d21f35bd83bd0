"""Figures by territory on the map: areas by class, what they say, where they lead; the table without script."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import both_looks

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/en/figures/?scheme=department"


def open_figures(show, path: str = PAGE):
    """The page, once its map stands."""
    page = show(path)
    page.locator("[data-choropleth][data-ready]").wait_for(state="attached")
    return page


def test_areas_have_the_shade_of_their_class_and_lead_on(show, size):
    page = open_figures(show, f"{PAGE}&territory=FR")
    area = page.locator("path.area")
    expect(area).to_have_count(1)
    # Nobody counted the people of the department, so the map shows numbers.
    expect(page.locator("path.area--1")).to_have_count(1)
    area.hover()
    expect(page.locator(".leaflet-tooltip")).to_have_text("Rhône: 2 initiatives")
    area.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rhône")


def test_the_map_opens_on_what_is_chosen(show, size):
    for path, code in ((f"{PAGE}&territory=FR", "department"), ("/en/figures/", "country")):
        page = open_figures(show, path)
        whole = page.locator("[data-choropleth] > section").bounding_box()
        area = page.locator("path.area").bounding_box()
        middle = (area["x"] + area["width"] / 2, area["y"] + area["height"] / 2)
        assert whole["x"] < middle[0] < whole["x"] + whole["width"], code
        assert whole["y"] + 0.2 * whole["height"] < middle[1] < whole["y"] + 0.8 * whole["height"], code


def test_the_map_is_zoomed_by_its_buttons(show):
    page = open_figures(show)
    page.get_by_role("button", name="Zoom in", exact=True).click()
    expect(page.locator("path.area")).to_have_count(1)


def test_the_form_and_the_heads_of_columns_lead_to_another_table(show):
    page = open_figures(show, "/en/figures/")
    page.get_by_label("Territories", exact=True).select_option("department")
    page.get_by_role("button", name="Apply").click()
    row = page.get_by_role("row").filter(has_text="Rhône")
    expect(row).to_contain_text("not known")
    page.get_by_role("columnheader", name="Territory").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Territory")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("link", name="White spots").click()
    expect(page.get_by_text("There is no white spot")).to_be_visible()


@both_looks
def test_axe_finds_nothing(show, axe, size, scheme, page):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for path in ("/fr/figures/", PAGE, f"{PAGE}&mix=all", "/en/figures/?scheme=nuts1"):
        show(path)
        page.wait_for_load_state("networkidle")
        assert axe(page) == [], path
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/de/figures/", "/de/figures/?mix=all"):
        show(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


class TestWithoutScript:
    """The table says it all."""

    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        """A browser that runs no script."""
        return {**browser_context_args, "java_script_enabled": False}

    def test_the_table_is_there_and_no_empty_map(self, page, live_server, europe):
        page.goto(f"{live_server.url}{PAGE}")
        expect(page.get_by_role("row").filter(has_text="Rhône")).to_be_visible()
        expect(page.locator("[data-choropleth]")).to_be_hidden()
        expect(page.get_by_role("list", name="Legend")).to_be_visible()
