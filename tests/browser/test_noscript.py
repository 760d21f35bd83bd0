"""Without script everything is still there."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser_context_args(browser_context_args):
    """A browser that runs no script."""
    return {**browser_context_args, "java_script_enabled": False}


def test_map_page_is_a_list_with_filters(page, live_server, europe, size):
    page.goto(f"{live_server.url}/fr/")
    expect(page.locator(".panel .row")).to_have_count(10)
    page.locator("[data-slug='reuse-repair-circular']").click()
    expect(page.locator(".panel .row")).to_have_count(2)
    page.get_by_role("link", name="Werkstatt Nord").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Werkstatt Nord")


def test_searching_works_with_a_form(page, live_server, europe):
    page.goto(f"{live_server.url}/en/initiatives/")
    page.get_by_role("searchbox").fill("fournil")
    page.locator(".listform button").click()
    expect(page.locator(".rows .row")).to_have_count(1)
