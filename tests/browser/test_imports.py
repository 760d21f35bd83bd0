"""A network's file from upload to the map and back, as its steward, by keyboard."""

import pytest
from playwright.sync_api import expect

from importers import actions
from importers.models import ImportRun
from initiatives.models import Initiative, Network
from tests.browser.looks import both_looks
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [
    "id;nom;lat;lon;activité;site",
    "1;La Remise des Pentes;45.77;4.83;repair café;https://remise.example.org",
    "2;Le Four du Quai;45.75;4.86;habitat participatif;",
    "3;Sans thème;45.74;4.87;inconnu;",
]


@pytest.fixture
def steward(europe, client, page, live_server, settings, tmp_path):
    """Signed in as the one who runs the network."""
    settings.IMPORTS_ROOT = tmp_path / "imports"
    member = MemberFactory()
    Network.objects.get().stewards.add(member)
    client.force_login(member)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return member


@both_looks
def test_a_file_is_handed_in_looked_at_written_and_undone(
    steward, axe, size, scheme, page, live_server, tmp_path
):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/en/imports/")
    assert axe(page) == []
    page.get_by_role("link", name="Bring in a file").focus()
    page.keyboard.press("Enter")
    file = tmp_path / "ateliers.csv"
    file.write_text("\n".join(ROWS))
    page.locator("[name=file]").set_input_files(file)
    assert axe(page) == []
    page.get_by_role("button", name="Look at it").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/imports/*/")
    expect(page.get_by_text("The file is being read.").first).to_be_visible()
    run = ImportRun.objects.get()
    actions.look(run.pk)
    # The page notices by itself.
    expect(page.get_by_role("heading", name="Write this?")).to_be_visible(timeout=10_000)
    expect(page.locator(".imports__map canvas")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Write it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The file is being read.").first).to_be_visible()
    actions.write_now(run.pk, even_so=False)
    undo = page.get_by_role("button", name="Undo this import")
    expect(undo).to_be_visible(timeout=10_000)
    assert axe(page) == []
    assert Initiative.objects.filter(name="La Remise des Pentes", status="published").exists()
    undo.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 taken away")).to_be_visible()
    assert not Initiative.objects.filter(name="La Remise des Pentes").exists()
    assert troubles == []


def test_without_script_a_link_asks_again(steward, browser, live_server, page):
    network = Network.objects.get()
    run = ImportRun.objects.create(network=network, source="a.csv", status="waiting")
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(f"{live_server.url}/en/imports/{run.pk}/")
    expect(plain.get_by_text("The file is being read.").first).to_be_visible()
    run.status, run.notes = "failed", "a.csv: an empty file; expected a header"
    run.save()
    plain.get_by_role("link", name="See how far it is").click()
    expect(plain.get_by_text("an empty file")).to_be_visible()
    context.close()
