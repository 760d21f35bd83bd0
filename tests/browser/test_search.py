"""The search box as visitors use it: typing errors, completion, by keyboard and by hand."""

import re

import pytest
from playwright.sync_api import expect

from initiatives.searching import lexicon

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def spelt(europe):
    """The words of the initiatives are counted."""
    lexicon.rebuild()


def test_a_misspelt_word_leads_to_the_right_one_on_the_map(show, spelt, size):
    page = show("/fr/")
    page.locator("#q").fill("recylerie")
    page.keyboard.press("Enter")
    expect(page.locator("[data-empty] [data-proposal]")).to_have_text("recyclerie")
    page.locator("[data-empty] [data-proposal]").click()
    expect(page.locator("[data-rows] .row")).to_contain_text(["Recyclerie du Rhône"])
    expect(page.locator("#q")).to_have_value("recyclerie")
    expect(page).to_have_url(re.compile(r"q=recyclerie"))
    expect(page.locator("[data-empty] [data-proposal]")).to_have_count(0)


def test_a_misspelt_word_leads_to_the_right_one_without_script(browser, live_server, spelt):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/fr/initiatives/?q=recylerie")
    page.get_by_role("link", name="recyclerie").click()
    expect(page.locator(".row")).to_contain_text(["Recyclerie du Rhône"])
    context.close()


def test_a_correction_is_suggested_while_typing(show, spelt, size):
    page = show("/fr/")
    page.locator("#q").fill("forunil")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("fournil")
    option.click()
    expect(page.locator("[data-rows] .row")).to_have_count(1)
    expect(page.locator("#q")).to_have_value("fournil")


def test_a_word_is_completed_by_keyboard(show, spelt, size):
    page = show("/fr/")
    page.locator("#q").focus()
    page.keyboard.type("werk")
    option = page.get_by_role("option", name="werkstatt", exact=True)
    expect(option).to_be_visible()
    while option.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    active = page.locator("#q").get_attribute("aria-activedescendant")
    assert option.get_attribute("id") == active
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value("werkstatt")
    expect(page.locator("#q")).to_be_focused()
    # The box is asked again at once; what was typed is not sent yet.
    expect(page.get_by_role("option").first).to_contain_text("Werkstatt Nord")
    expect(page.locator("[data-suggest-status]")).not_to_be_empty()
    expect(page).not_to_have_url(re.compile("q="))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=werkstatt"))
    expect(page.locator("[data-rows] .row")).to_have_count(1)


def test_completions_name_themselves_to_everyone(show, spelt, axe):
    page = show("/fr/")
    page.locator("#q").fill("recy")
    expect(page.get_by_role("option", name="recyclerie", exact=True)).to_be_visible()
    assert not axe(page)
    page.locator("#q").fill("recylerie")
    page.keyboard.press("Enter")
    expect(page.locator("[data-empty] [data-proposal]")).to_be_visible()
    assert not axe(page)
