"""How a campaign is heard of: the share page and figures, on both screens, in both looks; copying by one press."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.enums import NominationState, Phase
from campaigns.models import Ballot
from community.members.enums import Role
from initiatives.models import Initiative
from tests.campaigns.making import campaign_in, nominated
from tests.factories import MemberFactory

from .keys import signed_in
from .looks import both_looks
from .test_campaigns import fits

pytestmark = pytest.mark.django_db(transaction=True)


def in_the_campaign():
    """A nomination that everyone sees, and what happened round it."""
    nomination = nominated(
        campaign_in(Phase.LIKES),
        Initiative.objects.get(name="Le Fournil des Deux Rives"),
        NominationState.SELECTED,
        made_at=timezone.now() - timedelta(days=20),
    )
    campaign = nomination.campaign
    for back in (1, 2, 2, 5):
        campaign.visits.create(source=f"way-{campaign.visits.count()}", day=timezone.localdate(), visits=back)
        made_at = timezone.now() - timedelta(days=back)
        Ballot.objects.create(
            campaign=campaign, voter=uuid.uuid4(), made_at=made_at, address=uuid.uuid4().hex
        )
    return nomination


@both_looks
def test_what_one_takes_along_is_copied_by_a_press(europe, axe, size, scheme, page, live_server):
    nomination = in_the_campaign()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/en/campaigns/{nomination.campaign.slug}/{nomination.pk}/")
    assert axe(page) == []
    page.get_by_role("link", name="Share", exact=True).click()
    page.wait_for_url("**/share/")
    picture = page.locator("img[src$='card.en.png']")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("image => image.naturalWidth === 1200", arg=picture.element_handle())
    copying = page.locator(".copying").first
    copying.get_by_role("button", name="Copy").click()
    expect(copying.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/en/campaigns/{nomination.campaign.slug}/{nomination.pk}/?source=link")
    assert fits(page)
    assert axe(page) == []


@both_looks
def test_figures_are_read_by_whoever_runs_the_campaign(europe, axe, size, scheme, page, client, live_server):
    nomination = in_the_campaign()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    manager = MemberFactory(language="en", roles=[Role.ANIMATOR])
    signed_in(page, client, live_server, manager, f"/en/campaigns/{nomination.campaign.slug}/")
    page.get_by_role("link", name="Figures", exact=True).click()
    page.wait_for_url("**/figures/")
    assert page.locator("figure.chart svg").count() == 3
    expect(page.get_by_text("keeps likes sealed")).to_be_visible()
    assert fits(page)
    assert axe(page) == []
