"""Boundaries from upload to the map of their run and back, as an administrator, by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from importers.boundaries import actions
from importers.models import BoundaryRun
from tests.browser.looks import both_looks
from tests.factories import MemberFactory
from tests.importers.conftest import frame

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin(europe, client, page, live_server, settings, tmp_path):
    """Signed in as the one who may do all."""
    settings.IMPORTS_ROOT = tmp_path / "imports"
    client.force_login(member := MemberFactory(is_superuser=True, is_staff=True))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return member


@both_looks
def test_boundaries_are_handed_in_looked_at_written_and_undone(
    admin, axe, size, scheme, page, live_server, tmp_path
):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/en/imports/territories/")
    assert axe(page) == []
    page.get_by_role("link", name="Bring in boundaries").focus()
    page.keyboard.press("Enter")
    frame().assign(code=["FR-69", "FR-01"]).to_file(tmp_path / "departments.geojson")
    page.locator("[name=scheme]").select_option("department")
    page.locator("[name=file]").set_input_files(tmp_path / "departments.geojson")
    assert axe(page) == []
    page.get_by_role("button", name="Look at it").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/territories/\d+/$"))
    run = BoundaryRun.objects.get()
    actions.look(run.pk)
    # The page notices by itself.
    expect(page.get_by_role("heading", name="Write this?")).to_be_visible(timeout=10_000)
    expect(page.locator(".imports__map path.leaflet-interactive")).to_have_count(2)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Write it").click()
    page.wait_for_load_state()
    actions.write_now(run.pk)
    undo = page.get_by_role("button", name="Undo this import")
    expect(undo).to_be_visible(timeout=10_000)
    undo.click()
    expect(page.get_by_role("heading", name="What the undo did")).to_be_visible()
    assert axe(page) == []
    assert troubles == []
