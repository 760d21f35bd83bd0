"""The map page as visitors use it."""

import re

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import expect

from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = "[data-counts]"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_filter_narrows_map_list_and_address_and_back_undoes_it(show, size, language):
    page = show(f"/{language}/")
    expect(page.locator(COUNT)).to_contain_text("10")
    page.locator("[data-slug='reuse-repair-circular']").click()
    expect(page).to_have_url(re.compile("theme=reuse-repair-circular"))
    expect(page.locator("[data-rows] .row")).to_have_count(2)
    expect(page.locator(".marker, .cluster").first).to_be_visible()
    total = page.evaluate(
        "[...document.querySelectorAll('.cluster b')].reduce((n, b) => n + Number(b.textContent), 0)"
        " + document.querySelectorAll('.marker').length"
    )
    assert total == 2
    page.go_back()
    expect(page.locator("[data-rows] .row")).to_have_count(10)
    expect(page.locator("[data-slug='reuse-repair-circular']")).not_to_have_attribute("aria-current", "true")


def test_card_slides_in_and_the_address_becomes_the_page(show, size):
    page = show("/fr/")
    page.get_by_role("link", name="Radio Passerelle").click()
    card = page.locator(".sheet-card")
    expect(card.get_by_role("heading")).to_have_text("Radio Passerelle")
    expect(page).to_have_url(re.compile(r"/fr/initiatives/radio-passerelle/"))
    page.go_back()
    expect(card).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/fr/#"))
    page.go_forward()
    expect(card.get_by_role("heading")).to_have_text("Radio Passerelle")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Radio Passerelle")


def test_closing_the_card_gives_focus_back_to_its_mark(show):
    page = show("/fr/#9/45.2/5.7")
    mark = page.locator(".marker[data-slug='radio-passerelle']")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sheet-card h2")).to_be_focused()
    expect(mark).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".sheet-card")).to_have_count(0)
    expect(mark).to_be_focused()


def test_deep_link_shows_filters_and_view(show, size):
    page = show("/fr/?territory=FR-69&q=recyc#10/45.75/4.85")
    expect(page.locator("[data-rows] .row")).to_have_count(1)
    expect(page.locator("#q")).to_have_value("recyc")
    expect(page.locator(".filterbar .pill")).to_have_count(2)
    assert page.evaluate("location.hash") == "#10/45.75/4.85"


def test_a_cluster_zooms_until_its_members_part(show):
    page = show("/fr/#9/45.757/4.848")
    expect(page.locator(".cluster")).to_have_count(1)
    page.locator(".cluster").click()
    expect(page).to_have_url(re.compile("#11/"))
    page.locator(".cluster").click()
    expect(page.locator(".marker")).to_have_count(2)


def test_several_at_one_address_open_as_a_list_at_any_zoom(show, size):
    page = show("/en/#6/48.8566/2.3522")
    cluster = page.get_by_role("button", name=re.compile("^5 initiatives.*Show the list"))
    cluster.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-spot] .row")).to_have_count(5)
    expect(page).to_have_url(re.compile(r"#6/48\.85"))


def test_several_at_one_address_open_as_a_list(show, size):
    page = show("/fr/#18/48.8566/2.3522")
    page.locator(".cluster").click()
    expect(page.locator(".sheet-card .row")).to_have_count(5)
    page.get_by_role("link", name="Bureau 3").last.click()
    expect(page.locator(".sheet-card h2")).to_have_text("Bureau 3")


def test_a_long_list_at_one_address_goes_on(show, words):
    for number in range(33):
        InitiativeFactory(name=f"Tour {number:02}", position=Point(9.19, 45.4642, srid=4326), published=True)
    # A neighbour across the street, in the next cell.
    InitiativeFactory(name="En face", position=Point(9.1906, 45.4642, srid=4326), published=True)
    page = show("/fr/#18/45.4642/9.19")
    page.locator(".cluster").click()
    rows = page.locator(".sheet-card .row")
    expect(rows).to_have_count(30)
    page.locator(".sheet-card [data-more]").click()
    expect(rows).to_have_count(33)


def test_searching_for_a_town_goes_there(show, size):
    page = show("/fr/#4/50/10")
    page.locator("#q").fill("greno")
    page.get_by_role("option", name=re.compile("Grenoble")).first.click()
    expect(page.locator("[data-rows] .row")).to_have_count(1)
    expect(page.locator("[data-rows] .row")).to_contain_text("Radio Passerelle")


def test_an_outline_is_drawn_for_a_territory(show):
    page = show("/fr/?territory=FR-69")
    expect(page.locator("path.outline")).to_have_count(1)
    expect(page.locator(".has-outline")).to_have_count(1)


def test_an_empty_result_says_what_to_loosen(show, size):
    page = show("/fr/?q=nowhere-to-be-found&theme=reuse-repair-circular")
    expect(page.locator("[data-empty] .btn")).to_have_count(2)
    page.locator("[data-empty] .btn").first.click()
    expect(page.locator("[data-rows] .row").first).to_be_visible()


def test_a_view_with_nothing_in_it_offers_the_whole_map(show):
    page = show("/fr/#9/60/-20")
    expect(page.locator(COUNT)).to_contain_text("0")
    page.locator("[data-everywhere]").click()
    expect(page.locator("[data-rows] .row")).to_have_count(10)


def test_a_lost_connection_is_said_and_can_be_tried_again(page, live_server, europe):
    page.goto(f"{live_server.url}/fr/#5/47/6")
    page.wait_for_selector("html[data-ready='true']", state="attached")
    page.wait_for_load_state("networkidle")
    page.route("**/initiatives/panel/**", lambda route: route.abort())
    page.locator("[data-slug='reuse-repair-circular']").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.unroute("**/initiatives/panel/**")
    page.get_by_role("alert").get_by_role("button").click()
    expect(page.locator("[data-rows] .row")).to_have_count(2)


def test_bad_value_and_unknown_name_are_said_on_the_page(page, live_server, europe):
    answer = page.goto(f"{live_server.url}/fr/?theme=farms")
    assert answer.status == 400
    expect(page.get_by_role("alert")).to_contain_text("theme")
    answer = page.goto(f"{live_server.url}/fr/?colour=red")
    assert answer.status == 200
    expect(page.locator(".notice--warn")).to_contain_text("colour")


def test_sheet_moves_with_the_arrows(show, browser_context_args, page):
    page.set_viewport_size({"width": 390, "height": 844})
    show("/fr/")
    handle = page.locator("[data-handle]")
    handle.focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("html")).to_have_attribute("data-sheet", "full")
    expect(handle).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("html")).to_have_attribute("data-sheet", "peek")


def test_going_back_from_a_page_loads_the_map_again(show):
    page = show("/fr/")
    page.get_by_role("link", name="Radio Passerelle").click()
    expect(page.locator(".sheet-card h2")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Radio Passerelle")
    page.go_back()
    expect(page.locator("[data-rows] .row")).to_have_count(10)


def test_skipping_to_the_content_keeps_the_view(show):
    page = show("/fr/#10/45.75/4.85")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-rows] .row")).to_have_count(2)


def test_a_new_search_closes_the_card(show, size):
    page = show("/fr/")
    page.get_by_role("link", name="Radio Passerelle").click()
    expect(page.locator(".sheet-card h2")).to_be_visible()
    page.locator("#q").fill("fournil")
    page.keyboard.press("Enter")
    expect(page.locator(".sheet-card")).to_have_count(0)
    # Of all that match: the map may have gone to the card's place meanwhile, from where the match is not in view.
    expect(page.locator(f"{COUNT} span.num")).to_have_text("1")
    expect(page).to_have_url(re.compile(r"/fr/\?q=fournil"))


def test_a_card_that_comes_late_stays_closed(show):
    page = show("/fr/")
    page.route("**/card/", lambda route: (page.wait_for_timeout(600), route.continue_()))
    page.get_by_role("link", name="Radio Passerelle").click()
    page.go_back()
    page.wait_for_timeout(1200)
    expect(page.locator(".sheet-card")).to_have_count(0)


def test_back_to_a_card_brings_its_filters_back(show):
    page = show("/fr/")
    page.get_by_role("link", name="Radio Passerelle").click()
    expect(page.locator(".sheet-card h2")).to_be_visible()
    page.locator("[data-slug='reuse-repair-circular']").click()
    expect(page.locator(".filterbar .pill")).to_have_count(1)
    page.go_back()
    expect(page.locator(".sheet-card h2")).to_have_text("Radio Passerelle")
    expect(page.locator(".filterbar .pill")).to_have_count(0)


def test_title_and_languages_follow_the_filters(show):
    page = show("/fr/")
    page.locator("[data-slug='reuse-repair-circular']").click()
    expect(page).to_have_title(re.compile("^(?!Social Planet)"))
    assert "theme=reuse-repair-circular" in page.locator("a[hreflang='de']").first.get_attribute("href")
    page.get_by_role("link", name="Werkstatt Nord").click()
    expect(page).to_have_title(re.compile("Werkstatt Nord"))


def test_the_map_is_dragged_by_a_mark_without_opening_it(show):
    page = show("/fr/#9/45.757/4.848")
    box = page.locator(".cluster").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 60, steps=6)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"#9/(?!45\.757)"))
    expect(page.locator(".cluster")).to_have_count(1)
    page.locator(".cluster").click()
    expect(page).to_have_url(re.compile("#11/"))
