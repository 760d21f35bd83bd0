"""Reporting and settling by keyboard alone; axe on each of the pages."""

import pytest
from playwright.sync_api import expect

from community.members.enums import Role
from initiatives.models import Initiative, Report
from tests.browser.looks import both_looks
from tests.factories import MemberFactory
from tests.initiatives.reporting import reported

pytestmark = pytest.mark.django_db(transaction=True)
SLUG = "le-fournil-des-deux-rives"


@both_looks
def test_a_duplicate_is_reported_and_settled_by_keyboard(
    europe, axe, size, scheme, page, client, live_server
):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(live_server.url + f"/en/initiatives/{SLUG}/report/")
    assert axe(page) == []
    other = page.locator("[name=other]")
    expect(other).to_be_hidden()
    page.locator("[value=gone]").focus()
    for _kind in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator("[value=duplicate]")).to_be_checked()
    page.keyboard.press("Tab")
    expect(other).to_be_focused()
    page.keyboard.type("no-such")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    assert axe(page) == []
    page.locator("[name=other]").fill(f"{live_server.url}/fr/initiatives/radio-passerelle/")
    page.keyboard.press("Enter")
    expect(page.locator(".notice--ok")).to_contain_text("Thank you")
    initiative = Initiative.objects.get(slug=SLUG)
    reported(initiative, "duplicate", other=Report.objects.get().other, message="The same people.")
    reported(initiative, "abuse", message="Not a bakery at all: it sells watches.")
    client.force_login(MemberFactory(public_name="Maud", roles=[Role.MODERATOR]))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    page.goto(live_server.url + "/en/moderation/reports/")
    assert axe(page) == []
    first = page.locator(".reviews__name").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_be_visible()
    assert axe(page) == []
    pk = Report.objects.earliest("pk").pk
    page.goto(live_server.url + f"/en/moderation/reports/{pk}/")
    assert axe(page) == []
    expect(page.locator("tbody tr").first).to_contain_text("Radio Passerelle")
    page.locator("#answer").focus()
    page.keyboard.type("Thank you, it is one now.")
    page.keyboard.press("Tab")
    expect(page.locator("[name=decision]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".notice--ok")).to_contain_text("2 reports are settled.")
    assert Initiative.objects.get(slug=SLUG).status == "archived"
    assert [row.kind for row in Report.objects.open()] == ["abuse"]


def test_pages_of_reports_reflow_at_320_pixels(show, page, client, live_server):
    page.set_viewport_size({"width": 320, "height": 640})
    show(f"/fr/initiatives/{SLUG}/report/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    initiative = Initiative.objects.get(slug=SLUG)
    other = Initiative.objects.get(slug="radio-passerelle")
    one = reported(initiative, "duplicate", other=other, message="https://long.example/" + "x" * 200)
    client.force_login(MemberFactory(roles=[Role.MODERATOR]))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    for path in ("", f"{one.pk}/"):
        show(f"/fr/moderation/reports/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
