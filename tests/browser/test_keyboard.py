"""From search to an opened initiative by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


def test_keyboard_alone_from_search_to_an_opened_initiative(show, size):
    page = show("/fr/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    for _press in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("fournil")
    expect(page.get_by_role("option").first).to_contain_text("Fournil")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".sheet-card h2")).to_be_focused()
    while page.evaluate("!document.activeElement.matches('[data-page-link]')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Le Fournil des Deux Rives")
    expect(page).to_have_url(re.compile("/fr/initiatives/le-fournil-des-deux-rives/"))


def test_escape_closes_suggestions_then_empties_the_search(show):
    page = show("/fr/?q=fournil")
    page.locator("#q").focus()
    page.keyboard.type("s")
    page.keyboard.press("Backspace")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_value("")
    expect(page).not_to_have_url(re.compile("q="))


def test_removing_a_filter_keeps_focus_among_the_filters(show):
    page = show("/fr/?theme=reuse-repair-circular&q=recyclerie")
    page.locator(".filterbar .pill a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".filterbar .pill")).to_have_count(1)
    assert page.evaluate(
        "Boolean(document.activeElement.closest('.filterbar')) || document.activeElement.id === 'q'"
    )


def test_arrows_move_the_map_and_plus_zooms(show):
    page = show("/fr/#5/47/6")
    page.locator("[data-map]").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"#5/47\.\d+/(?!6\.0)\d+\."))
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("#6/"))
