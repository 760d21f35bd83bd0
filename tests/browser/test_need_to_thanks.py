"""From a need to thanks: published from an initiative's page, matched with reasons, answered, settled."""

import pytest
from playwright.sync_api import expect

from community.members.enums import CollectiveRole, Visibility
from community.models import CollectiveMembership, Contribution
from initiatives.exchange.matching.indexing import index
from initiatives.models import Exchange, Initiative
from tests.factories import ExchangeFactory, MemberFactory, PlaceFactory

from .keys import pressed, signed_in, typed

pytestmark = pytest.mark.django_db(transaction=True)
NEED, OFFER = "Somebody who teaches us to bake with rye", "Baking bread with rye"


@pytest.fixture
def baker(europe):
    """Who speaks for the bakery."""
    PlaceFactory(name="Lyon")
    bakery = Initiative.objects.get(name="Le Fournil des Deux Rives")
    member = MemberFactory(public_name="Ada", public_name_seen_by=Visibility.MEMBERS, language="en")
    CollectiveMembership.objects.create(
        collective=bakery.collective, member=member, role=CollectiveRole.FACILITATOR
    )
    return member


@pytest.fixture
def neighbour(baker):
    """Who offers what the bakery will need."""
    member = MemberFactory(public_name="Bo", public_name_seen_by=Visibility.MEMBERS, language="en")
    theme = Initiative.objects.get(name="Le Fournil des Deux Rives").primary_theme
    offer = ExchangeFactory(
        author=member, title=OFFER, text="I teach bakers how to bake with rye.", theme=theme
    )
    index([offer.pk])
    return member


def calm(page, axe) -> None:
    """Nothing stands in the way of anybody, and nothing goes over the edge."""
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def only_need() -> Exchange:
    """The one that was published."""
    return Exchange.objects.get(title=NEED)


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_a_need_is_matched_answered_and_settled_by_keyboard(
    baker, neighbour, axe, size, page, client, live_server
):
    signed_in(page, client, live_server, baker, "/en/initiatives/le-fournil-des-deux-rives/")
    pressed(page, "Publish an offer or need")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is it about?")
    pressed(page, "I need a skill")
    expect(page.locator("[name=place]")).to_have_value("Lyon")
    typed(page, "title", NEED)
    typed(page, "text", "Two mornings in spring.")
    pressed(page, "Publish")
    expect(page.locator(".notice--ok")).to_contain_text("It is published")

    # What fits stands below, and says why.
    fits = page.locator("#fits")
    expect(fits.get_by_role("link", name=OFFER, exact=True)).to_be_visible()
    expect(fits.locator(".match__why li").first).to_contain_text("Same category")
    expect(fits.locator(".match__why")).to_contain_text("rye")
    expect(fits).to_contain_text("Bo")
    calm(page, axe)

    signed_in(page, client, live_server, neighbour, f"/en/exchange/{only_need().pk}/")
    expect(page.locator("#fits")).to_have_count(0)
    typed(page, "text", "I could come in March.")
    pressed(page, "Send")
    expect(page.get_by_role("article").first).to_contain_text("I could come in March.")
    calm(page, axe)

    signed_in(page, client, live_server, baker, f"/en/exchange/{only_need().pk}/")
    page.wait_for_load_state()
    page.locator("#answer").get_by_role("link", name="Bo").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bo")
    typed(page, "text", "March is fine.")
    pressed(page, "Send")
    expect(page.get_by_role("article")).to_have_count(2)
    calm(page, axe)
    assert neighbour.email not in page.content()
    pressed(page, "Settled, thanks to Bo…")
    expect(page.get_by_role("radio", name="Bo")).to_be_checked()
    calm(page, axe)
    pressed(page, "It is settled")
    expect(page.locator(".notice--ok").first).to_contain_text("It is settled. Thank you.")
    calm(page, axe)
    assert not Exchange.objects.shown().filter(title=NEED).exists()
    thanked = Contribution.objects.filter(kind="settled").values_list("member", flat=True)
    assert set(thanked) == {baker.pk, neighbour.pk}


class TestWithoutScript:
    """The same with forms alone."""

    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        """A browser that runs no script."""
        return {**browser_context_args, "java_script_enabled": False}

    def test_a_need_finds_its_answer(self, baker, neighbour, page, client, live_server):
        signed_in(page, client, live_server, baker, "/en/initiatives/le-fournil-des-deux-rives/")
        page.get_by_role("link", name="Publish an offer or need").click()
        page.get_by_role("link", name="I need a skill").click()
        page.locator("[name=title]").fill(NEED)
        page.locator("[name=text]").fill("Two mornings in spring.")
        page.get_by_role("button", name="Publish", exact=True).last.click()
        expect(page.locator("#fits").get_by_role("link", name=OFFER, exact=True)).to_be_visible()
        signed_in(page, client, live_server, neighbour, f"/en/exchange/{only_need().pk}/")
        page.locator("[name=text]").fill("I could come in March.")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("article").first).to_contain_text("I could come in March.")
        signed_in(page, client, live_server, baker, f"/en/exchange/{only_need().pk}/settle/")
        page.get_by_role("radio", name="Bo").check()
        page.get_by_role("button", name="It is settled").click()
        expect(page.locator(".notice--ok").first).to_contain_text("It is settled. Thank you.")
        assert not Exchange.objects.shown().filter(title=NEED).exists()
