"""From likes to results: by keyboard with a script, on a phone and a desk, and with forms alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.enums import NominationState, Phase
from campaigns.models import Campaign, Like
from campaigns.running import moving
from tests.campaigns.campaign import voter
from tests.campaigns.making import campaign_in, nominated
from tests.factories import InitiativeFactory
from vocabulary.models import Theme

from .keys import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def campaign(words):
    """Twenty selected, two in each of ten themes."""
    made = campaign_in(Phase.LIKES)
    for theme in Theme.objects.roots():
        for number in (1, 2):
            initiative = InitiativeFactory(name=f"{theme.slug} {number}", theme=theme.slug, published=True)
            nominated(made, initiative, state=NominationState.SELECTED)
    return made


def button(page, name: str):
    """The like of an initiative."""
    return page.get_by_role("button", name=f"I like it – {name}")


def close(campaign: Campaign) -> None:
    """The worker comes after all dates."""
    now = timezone.now()
    Campaign.objects.filter(pk=campaign.pk).update(
        likes_until=now - timedelta(seconds=1), results_from=now - timedelta(seconds=1)
    )
    moving.move_phases()
    assert moving.publish_due() == 1


def test_likes_become_results(campaign, axe, size, page, client, live_server):
    here = f"/en/campaigns/{campaign.slug}/"
    zoe = voter(language="en")
    signed_in(page, client, live_server, zoe, here)
    expect(page.get_by_role("button", name="I like it")).to_have_count(20)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("food-agriculture 1", "care-health 2"):
        button(page, name).press("Enter")
        expect(button(page, name)).to_have_attribute("aria-pressed", "true")
        expect(button(page, name)).not_to_have_attribute("aria-busy", "true")
    button(page, "care-health 2").press("Enter")
    expect(button(page, "care-health 2")).to_have_attribute("aria-pressed", "false")
    expect(button(page, "care-health 2")).not_to_have_attribute("aria-busy", "true")
    assert axe(page) == []
    # Sealed until the results.
    expect(page.get_by_text("1 like", exact=True)).to_have_count(0)
    page.reload()
    expect(button(page, "food-agriculture 1")).to_have_attribute("aria-pressed", "true")
    assert Like.objects.get().nomination.initiative.name == "food-agriculture 1"

    close(campaign)
    page.goto(live_server.url + here)
    first = page.locator("section", has=page.get_by_role("heading", name="Food")).first
    expect(first).to_contain_text("food-agriculture 1")
    expect(page.get_by_text("1 like", exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name="I like it")).to_have_count(0)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


class TestWithoutScript:
    """The same with forms alone."""

    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        """A browser that runs no script."""
        return {**browser_context_args, "java_script_enabled": False}

    def test_a_like_is_given_and_taken_back(self, campaign, page, client, live_server):
        here = f"/en/campaigns/{campaign.slug}/"
        signed_in(page, client, live_server, voter(language="en"), here)
        button(page, "care-health 2").click()
        expect(button(page, "care-health 2")).to_have_attribute("aria-pressed", "true")
        assert page.url.endswith(f"#nominee-{Like.objects.get().nomination_id}")
        button(page, "care-health 2").click()
        expect(button(page, "care-health 2")).to_have_attribute("aria-pressed", "false")
        assert not Like.objects.exists()

    def test_one_second_late_is_told(self, campaign, page, client, live_server):
        here = f"/en/campaigns/{campaign.slug}/"
        signed_in(page, client, live_server, voter(language="en"), here)
        Campaign.objects.update(likes_until=timezone.now() - timedelta(seconds=1))
        button(page, "care-health 2").click()
        expect(page.get_by_text("Too late: likes closed")).to_be_visible()
        assert not Like.objects.exists()
