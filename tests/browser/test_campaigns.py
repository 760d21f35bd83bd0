"""A campaign by the keyboard on a phone: nominate, accept, select; and its pages in both looks."""

import pytest
from playwright.sync_api import expect

from campaigns.enums import NominationState, Phase
from campaigns.models import Campaign, Juror, Nomination
from community.members.enums import Role
from community.models import CollectiveMembership
from initiatives.models import Initiative
from tests.campaigns.making import campaign_in, nominated
from tests.factories import MemberFactory

from .keys import pressed, signed_in, typed
from .looks import both_looks

pytestmark = pytest.mark.django_db(transaction=True)


def chosen(page, words: str) -> None:
    """Go on to a button or a link by all of its name, also what is only heard, and press it."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()") == words:
            page.keyboard.press("Enter")
            return
    pytest.fail(f"the keyboard does not reach {words}")


def fits(page) -> bool:
    """Whether the page is no wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_an_initiative_comes_from_the_call_into_the_selection_by_keyboard(
    europe, axe, size, page, client, live_server
):
    campaign = campaign_in(Phase.CALL)
    bakery = Initiative.objects.get(name="Le Fournil des Deux Rives")
    speaker, manager = MemberFactory(language="en"), MemberFactory(language="en", roles=[Role.ANIMATOR])
    CollectiveMembership.objects.create(member=speaker, collective=bakery.collective, role="facilitator")
    here = f"/en/campaigns/{campaign.slug}/"

    signed_in(page, client, live_server, MemberFactory(language="en"), here)
    assert axe(page) == []
    pressed(page, "Nominate an initiative")
    page.wait_for_url("**/nominate/")
    typed(page, "q", "fournil")
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=fournil")
    assert axe(page) == []
    chosen(page, f"Choose – {bakery.name}")
    page.wait_for_url("**?initiative=*")
    typed(page, "pitch", "It bakes for all of the quarter.")
    assert axe(page) == []
    pressed(page, "Nominate")
    expect(page.locator(".notice--ok")).to_be_visible()
    assert axe(page) == []

    nomination = Nomination.objects.get()
    signed_in(page, client, live_server, speaker, f"{here}{nomination.pk}/answer/")
    assert axe(page) == []
    pressed(page, "Accept")
    expect(page.locator(".notice--ok")).to_be_visible()

    Campaign.objects.update(phase=Phase.SELECTION)
    signed_in(page, client, live_server, manager, f"{here}jury/")
    assert axe(page) == []
    assert fits(page)
    chosen(page, f"Select – {bakery.name}")
    expect(page.locator(".notice--ok")).to_be_visible()
    nomination.refresh_from_db()
    assert nomination.state == NominationState.SELECTED


@both_looks
def test_axe_finds_nothing_on_pages_of_campaigns(axe, size, scheme, page, client, live_server, words):
    manager = MemberFactory(roles=[Role.ANIMATOR], public_name="Ana")
    client.force_login(manager)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    paths = ["campaigns/", "campaigns/new/", "campaigns/running/"]
    for phase in Phase:
        campaign = campaign_in(phase, accent="brick")
        state = (
            NominationState.ACCEPTED if phase in (Phase.CALL, Phase.SELECTION) else NominationState.SELECTED
        )
        nomination = nominated(
            campaign, state=state, film="https://films.example/1", likes_counted=3, place=1
        )
        juror = Juror.objects.create(campaign=campaign, member=manager)
        nomination.notes.create(juror=juror, mark=4, text="Warm.")
        own = ["", "rule/", f"{nomination.pk}/", "jury/", "nominations/"]
        if phase in (Phase.CALL, Phase.LIKES):
            own += ["edit/", "jurors/", "nominate/", f"{nomination.pk}/withdraw/"]
        if phase == Phase.DRAFT:
            own = ["", "announce/", "edit/"]
        paths += [f"campaigns/{campaign.slug}/{one}" for one in own]
    for path in paths:
        page.goto(f"{live_server.url}/en/{path}")
        assert axe(page) == [], path
        assert fits(page), path
