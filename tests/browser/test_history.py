"""The history of an initiative in a browser: two versions are chosen, and axe finds nothing on the way."""

import pytest

from initiatives import actions
from initiatives.enums import ContactKind, Visibility
from initiatives.models import Initiative
from tests.browser.looks import both_looks
from tests.factories import MemberFactory
from vocabulary.models import Theme

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """Un fournil partagé au bord du Rhône. On y cuit le pain deux fois par semaine, et chacun apporte sa farine.

Le samedi, l'atelier est ouvert à toutes et à tous."""


@pytest.fixture
def told(europe):
    """An initiative that changed in all that can change."""
    one = Initiative.objects.get(slug="le-fournil-des-deux-rives")
    by = MemberFactory(public_name="Ada Moulin", is_superuser=True)
    german = {"language": "de", "name": "Backstube", "summary": "Brot", "description": ""}
    mail = {ContactKind.EMAIL: ("fournil@demo.example", Visibility.EVERYONE)}
    actions.revise(
        one, by=by, values={"description": TEXT, "contacts": mail, "tags": ["pain"]}, reason="Premier texte"
    )
    actions.confirm(one, by=by)
    changed = TEXT.replace("deux fois", "trois fois").replace("et chacun apporte sa farine", "avec du levain")
    values = {"description": changed, "precision": "street", "founded": 2012, "translations": [german]}
    repair = Theme.objects.get(slug="repair-cafes")
    return actions.revise(
        one, by=by, values=values | {"contacts": {}, "themes": [repair], "tags": ["levain"]}
    )


@both_looks
def test_two_versions_are_compared_and_one_is_restored(
    show, axe, size, scheme, page, told, client, live_server
):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    show("/fr/initiatives/le-fournil-des-deux-rives/history/")
    assert axe(page) == []
    page.get_by_role("button").last.click()
    page.locator("ins").first.wait_for()
    assert page.url.endswith("/history/4/5/")
    assert axe(page) == []
    client.force_login(MemberFactory(is_superuser=True))
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    show("/fr/initiatives/le-fournil-des-deux-rives/history/")
    assert axe(page) == []
    page.locator("a[href$='/history/4/restore/']").click()
    assert axe(page) == []
    page.locator("main form button").click()
    page.locator(".version").nth(5).wait_for()
    assert Initiative.objects.get(pk=told.pk).tags == ["pain"]


def test_pages_of_the_history_reflow_at_320_pixels(show, page, told):
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("", "4/5/"):
        show(f"/fr/initiatives/le-fournil-des-deux-rives/history/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
