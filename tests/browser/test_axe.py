"""axe finds nothing, in light and dark, at both sizes."""

import pytest

from tests.browser.looks import both_looks
from tests.browser.waiting import busy_member, open_pages, pages_of
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/fr/#5/47/6",
    "/en/initiatives/",
    "/fr/initiatives/le-fournil-des-deux-rives/",
    "/fr/territories/FR-69/",
    "/fr/collectives/tables-du-rhone/",
    "/fr/networks/grain-commun/",
    "/fr/activity/",
]


@both_looks
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


def test_axe_finds_nothing_with_a_new_token(show, axe, size, page, client, live_server):
    client.force_login(MemberFactory())
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    page.goto(f"{live_server.url}/fr/accounts/tokens/")
    assert axe(page) == []
    page.get_by_label("Usage").fill("Le site de notre association")
    page.keyboard.press("Enter")
    page.locator(".secret").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Révoquer – Le site de notre association").click()
    page.get_by_text("Le jeton est révoqué.").wait_for()


@both_looks
def test_axe_finds_nothing_on_pages_of_what_waits(
    europe, axe, size, scheme, page, client, live_server, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    maud = busy_member()
    signed_in = pages_of(maud)
    found = _troubles(page, axe, live_server.url, open_pages())
    client.force_login(maud)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    found += _troubles(page, axe, live_server.url, signed_in)
    assert not found, "\n".join(found)


def _troubles(page, axe, site: str, paths: list[str]) -> list[str]:
    """What axe says of each page, and which of them are wider than a small phone, in German, the longest."""
    found = []
    for path in paths:
        answer = page.goto(f"{site}/de{path}")
        found += [
            f"{path}: {line}" for line in [answer.status >= 400 and str(answer.status), *axe(page)] if line
        ]
        wide = page.viewport_size
        page.set_viewport_size({"width": 320, "height": 640})
        width = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size(wide)
        if width > 320:
            found.append(f"{path}: {width} wide")
    return found


def test_pages_reflow_at_320_pixels(show, page):
    page.set_viewport_size({"width": 320, "height": 640})
    for path in PAGES:
        show(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
