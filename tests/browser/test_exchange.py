"""Offers and needs in a browser: a need is published from a page by keyboard on a phone, and without script."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from community.members.enums import CollectiveRole
from community.models import CollectiveMembership
from initiatives.models import Exchange, Initiative
from tests.factories import ExchangeFactory, MemberFactory, PlaceFactory

from .keys import pressed, signed_in, typed
from .looks import both_looks

pytestmark = pytest.mark.django_db(transaction=True)
NEED = "Somebody who can bake with rye"


@pytest.fixture
def baker(europe):
    """Who speaks for the bakery."""
    PlaceFactory(name="Lyon")
    bakery = Initiative.objects.get(name="Le Fournil des Deux Rives")
    member = MemberFactory(language="en")
    CollectiveMembership.objects.create(
        collective=bakery.collective, member=member, role=CollectiveRole.FACILITATOR
    )
    return member, f"/en/initiatives/{bakery.slug}/"


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_a_need_is_published_by_keyboard(baker, axe, size, page, client, live_server):
    member, where = baker
    signed_in(page, client, live_server, member, where)
    pressed(page, "Publish an offer or need")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is it about?")
    assert axe(page) == []
    pressed(page, "I need a skill")
    expect(page.locator("[name=place]")).to_have_value("Lyon")
    assert axe(page) == []
    typed(page, "title", NEED)
    typed(page, "text", "Two mornings in spring.")
    pressed(page, "Publish")
    expect(page.locator(".notice--ok")).to_contain_text("It is published")
    assert axe(page) == []
    assert Exchange.objects.shown().get().initiative.name == "Le Fournil des Deux Rives"
    page.goto(live_server.url + "/en/exchange/")
    expect(page.locator(".xcard h3")).to_have_text(NEED)
    assert axe(page) == []


@both_looks
def test_axe_finds_nothing_on_pages_of_exchange(baker, axe, size, scheme, page, client, live_server):
    member, _where = baker
    for kind in ("offer", "need"):
        ExchangeFactory(kind=kind, author=member, title="Sharedovensandtables" * 5)
    made = Exchange.objects.first()
    signed_in(page, client, live_server, member, "/en/exchange/mine/")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    forms = [
        f"publish/?kind={kind}&category={category}"
        for kind, category in (("offer", "training"), ("offer", "funding"), ("need", "volunteering"))
    ]
    own = [f"{made.pk}/", f"{made.pk}/edit/", f"{made.pk}/withdraw/"]
    for path in ["", "?near=lyon&km=50", "?q=none", "?km=10", "mine/", "publish/", *forms, *own]:
        page.goto(f"{live_server.url}/en/exchange/{path}")
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


class TestWithoutScript:
    """The same with forms alone."""

    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        """A browser that runs no script."""
        return {**browser_context_args, "java_script_enabled": False}

    def test_an_offer_of_several_dates_is_published(self, baker, page, client, live_server):
        member, where = baker
        day = timezone.localdate() + timedelta(days=40)
        signed_in(page, client, live_server, member, where)
        page.get_by_role("link", name="Publish an offer or need").click()
        page.get_by_role("link", name="I offer training").click()
        page.locator("[name=title]").fill("Bread with rye")
        page.locator("[name=text]").fill("For bakers.")
        page.locator("[name=dates]").first.fill(str(day))
        page.get_by_role("button", name="Another date").click()
        expect(page.locator("[name=title]")).to_have_value("Bread with rye")
        page.get_by_role("button", name="Publish", exact=True).last.click()
        expect(page.locator(".notice--error")).to_contain_text("Places")
        page.locator("[name=dates]").first.fill(str(day))
        page.locator("[name=format]").select_option("on-site")
        page.locator("[name=hours_total]").fill("7,5")
        page.locator("[name=seats]").fill("12")
        page.locator("[name=price_terms]").select_option("free")
        if not page.locator("[name=languages]").first.is_visible():
            page.locator("summary", has_text="Languages spoken").click()
        page.locator("[name=languages][value=fr]").check()
        page.get_by_role("button", name="Publish", exact=True).last.click()
        expect(page.locator(".notice--ok")).to_contain_text("It is published")
        assert Exchange.objects.get().value("hours_total") == 7.5
