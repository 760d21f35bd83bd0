"""The code for other sites follows the form; the frame shows what was chosen and lets visitors choose, or not."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import both_looks

pytestmark = pytest.mark.django_db(transaction=True)


def holding(part: str) -> re.Pattern:
    """A pattern of texts that hold a part."""
    return re.compile(re.escape(part))


def preview(page):
    """The map in the frame of the page, once it stands."""
    frame = page.frame_locator("[data-preview]")
    frame.locator("html[data-ready='true']").wait_for(state="attached")
    return frame


def test_the_code_and_the_preview_follow_the_form(show, size):
    page = show("/en/embed/build/")
    expect(page.get_by_label("Code to copy")).to_have_value(holding("/en/embed/"))
    page.get_by_label("Beside the map").select_option("filters")
    page.get_by_label("Colours").select_option("dark")
    expect(page.get_by_label("Code to copy")).to_have_value(holding("panel=filters"))
    frame = preview(page)
    expect(frame.locator("html")).to_have_attribute("data-scheme", "dark")
    expect(frame.locator(".embed__panel .row")).to_have_count(10)
    frame.locator("[data-theme='reuse'].facet").click()
    expect(frame.locator(".embed__panel .row")).to_have_count(2)
    assert "panel=filters" in page.url


def test_the_view_of_the_preview_is_taken(show):
    page = show("/en/embed/build/?view=6/45.0000/5.0000")
    frame = preview(page)
    frame.get_by_role("button", name="Zoom in", exact=True).click()
    expect(frame.locator("html")).to_have_attribute("data-view", holding("7/45"))
    page.get_by_role("button", name="As the preview stands now").click()
    expect(page.get_by_label("Code to copy")).to_have_value(holding("view=7/45"))
    expect(page.get_by_label("Or zoom/latitude/longitude")).to_have_value(holding("7/45"))


def test_another_choice_in_the_frame_keeps_the_view(show):
    page = show("/en/embed/?panel=filters&view=8/45.5/5.2")
    page.get_by_role("button", name="Zoom in", exact=True).click()
    page.locator("[data-theme='housing'].facet").click()
    page.wait_for_url(holding("theme="))
    page.wait_for_selector("html[data-ready='true']", state="attached")
    assert page.url.endswith("#9/45.5000/5.2000")
    page.get_by_role("searchbox").fill("banca")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(holding("q=banca"))
    page.wait_for_selector("html[data-ready='true']", state="attached")
    assert "panel=filters" in page.url
    assert page.url.endswith("#9/45.5000/5.2000")


def test_what_is_wrong_stands_beside_the_field(show):
    page = show("/en/embed/build/")
    page.get_by_label("Town where the map opens").fill("Grenoble")
    page.get_by_label("Town where the map opens").press("Tab")
    expect(page.get_by_label("Code to copy")).to_have_value(holding("view=12/45.1885/5.7245"))


def test_texts_can_be_copied(show, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    show("/en/embed/build/")
    page.locator(".copying").nth(1).get_by_role("button", name="Copy").click()
    expect(page.locator(".copying").nth(1).get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/en/embed/")


@both_looks
def test_axe_finds_nothing(show, axe, size, scheme, page):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for path in ("/fr/embed/build/", "/fr/embed/?panel=list", f"/fr/embed/?panel=filters&scheme={scheme}"):
        show(path)
        page.wait_for_load_state("networkidle")
        assert axe(page) == [], path
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/de/embed/build/", "/de/embed/?panel=filters"):
        show(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


class TestWithoutScript:
    """A form that answers with the code."""

    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        """A browser that runs no script."""
        return {**browser_context_args, "java_script_enabled": False}

    def test_the_button_gives_the_code(self, page, live_server, europe):
        page.goto(f"{live_server.url}/en/embed/build/")
        page.get_by_label("Beside the map").select_option("list")
        page.get_by_label("Town where the map opens").fill("Nowhereville")
        page.get_by_role("button", name="Show the code").click()
        expect(page.locator(".field__error")).to_be_visible()
        expect(page.get_by_label("Beside the map")).to_have_value("list")
        page.get_by_label("Town where the map opens").fill("")
        page.get_by_role("button", name="Show the code").click()
        expect(page.get_by_label("Code to copy")).to_have_value(holding("panel=list"))
        expect(page.get_by_role("button", name="Copy")).to_have_count(0)
