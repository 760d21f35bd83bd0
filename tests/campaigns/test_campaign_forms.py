"""Forms of campaigns: nominating, and what those who run them type."""

from datetime import timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from campaigns.enums import NominationState, Phase
from campaigns.models import Campaign, Nomination
from community.members.enums import Role
from initiatives.models import Initiative
from initiatives.submitting import onward
from tests.factories import MemberFactory
from tests.initiatives.handing_in import fields
from tests.initiatives.pages import address, page
from vocabulary.models import Theme

from .making import campaign_in, nominated

pytestmark = pytest.mark.django_db
STATES = NominationState


@pytest.fixture
def manager(client):
    """Who runs campaigns, signed in."""
    member = MemberFactory(roles=[Role.ANIMATOR], language="en")
    client.force_login(member)
    return member


# ── The way from an initiative, and back from handing in ────────────────────────────────────────


def test_the_page_of_an_initiative_leads_to_open_calls(client, bakery):
    campaign = campaign_in(Phase.CALL)
    campaign_in(Phase.SELECTION, titles={"en": "Too late"})
    body = page(client, "initiative", bakery.slug)
    assert "Nominate for States General 2027" in body
    assert "Too late" not in body
    nominated(campaign, bakery)
    assert "Nominate for" not in page(client, "initiative", bakery.slug)


def test_an_initiative_is_found_chosen_and_put_forward(client, bakery, picture):
    campaign = campaign_in(Phase.CALL)
    client.force_login(MemberFactory(language="en"))
    path = address("campaigns:nominate", campaign.slug)
    body = client.get(path, {"q": "fournil"}).content.decode()
    assert f"?initiative={bakery.uuid}" in body
    chosen = f"{path}?initiative={bakery.uuid}"
    form = client.get(chosen).context["form"]
    assert form["theme"].value() == campaign.themes.get(theme=bakery.root_theme).pk
    sent = {"theme": form["theme"].value(), "pitch": "It bakes.", "language": "en"}
    wrong = client.post(chosen, {**sent, "film": "http://films.example/1", "image": picture()})
    assert wrong.status_code == 400
    assert {"film", "alt"} == set(wrong.context["form"].errors)
    done = client.post(
        chosen, {**sent, "film": "https://films.example/1", "image": picture(), "alt": "An oven"}
    )
    nomination = Nomination.objects.get()
    assert done["Location"] == address("campaigns:nominee", campaign.slug, nomination.pk)
    assert (nomination.film, nomination.alt, nomination.width) == ("https://films.example/1", "An oven", 4)
    assert "stands here already" in client.get(path, {"q": "fournil"}).content.decode()


@pytest.mark.parametrize("text", ["x", "00000000-0000-4000-8000-000000000000", "%00"])
def test_an_initiative_that_is_not_there_is_not_found(client, text):
    campaign = campaign_in(Phase.CALL)
    client.force_login(MemberFactory())
    answer = client.get(f"{address('campaigns:nominate', campaign.slug)}?initiative={text}")
    assert answer.status_code in (400, 404)


def test_only_a_page_of_this_site_is_gone_on_to_after_handing_in(rf, bakery):
    def asked(path: str) -> str:
        return onward.address(rf.get("/", {"next": path}), bakery)

    assert asked("/en/campaigns/x/nominate/") == f"/en/campaigns/x/nominate/?initiative={bakery.uuid}"
    for path in (
        "",
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "/a?b=c",
        "a",
        "/" * 600,
    ):
        assert asked(path) == "", path


def test_who_hands_one_in_comes_back_to_the_campaign(client, rhone):
    campaign = campaign_in(Phase.CALL)
    client.force_login(MemberFactory(language="en"))
    back = address("campaigns:nominate", campaign.slug)
    assert f"{address('submit')}?next={quote(back, safe='')}" in page(
        client, "campaigns:nominate", campaign.slug
    )
    sent = fields(name="New bread")
    answer = client.post(f"{address('submit')}?next={back}", sent)
    made = Initiative.objects.get(name="New bread")
    assert answer["Location"] == f"{back}?initiative={made.uuid}"
    assert "not published yet" in client.get(answer["Location"]).content.decode()
    assert made.name in client.get(back).content.decode()


# ── For those who run them ──────────────────────────────────────────────────────────────────────


def form_values(**more) -> dict:
    """What the form of a campaign sends."""
    days = ("call_from", "selection_from", "likes_from", "likes_until", "results_from")
    first = timezone.now() + timedelta(days=10)
    moments = {
        name: (first + timedelta(days=10 * place)).strftime("%Y-%m-%dT%H:%M")
        for place, name in enumerate(days)
    }
    roots = Theme.objects.roots()
    themes = {f"theme_{theme.pk}": "on" for theme in roots}
    themes |= {f"floor_{theme.pk}": "1" for theme in roots} | {f"ceiling_{theme.pk}": "2" for theme in roots}
    return {
        "title_fr": "États généraux",
        "title_en": "States General",
        "rule_fr": "Les plus aimées.",
        "accent": "pine",
        "time_zone": "Europe/Paris",
        "selected_about": "20",
        "laureates_each": "1",
        "totals": "sealed",
        "tie_rule": "all",
        "where": "",
        **moments,
        **themes,
        **more,
    }


def test_a_campaign_is_made_and_changed_on_a_page(client, manager, rhone):
    made = client.post(address("campaigns:new"), form_values(where="Rhône"))
    campaign = Campaign.objects.get()
    assert made["Location"] == address("campaign", campaign.slug)
    assert (campaign.territory, campaign.accent, campaign.titles["fr"]) == (rhone, "pine", "États généraux")
    assert campaign.themes.filter(floor=1, ceiling=2).count() == 10
    edit = address("campaigns:edit", campaign.slug)
    shown = client.get(edit)
    assert shown.status_code == 200
    local = campaign.call_from.astimezone(ZoneInfo("Europe/Paris"))
    assert local.strftime("%Y-%m-%dT%H:%M") in shown.content.decode()
    client.post(edit, form_values(where="", title_en="Another"))
    campaign.refresh_from_db()
    assert (campaign.titles["en"], campaign.territory) == ("Another", None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title_fr": "", "title_en": ""}, "title_en"),
        ({"call_from": "2020-01-01T10:00"}, "call_from"),
        ({"call_from": "soon"}, "call_from"),
        ({"results_from": "2026-01-01T10:00"}, "results_from"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"where": "Atlantis"}, "where"),
        ({"likes_each": "0"}, "likes_each"),
        ({"tie_rule": "x"}, "tie_rule"),
        ({"call_from": "2027-03-28T02:30"}, "call_from"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(client, manager, wrong, field):
    answer = client.post(address("campaigns:new"), form_values(**wrong))
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not Campaign.objects.exists()


def test_a_ceiling_below_the_floor_is_told_beside_its_theme(client, manager):
    theme = Theme.objects.roots().first()
    answer = client.post(address("campaigns:new"), form_values(**{f"floor_{theme.pk}": "3"}))
    assert set(answer.context["form"].errors) == {f"ceiling_{theme.pk}"}


def test_what_is_frozen_is_not_taken_from_the_form(client, manager):
    campaign = campaign_in(Phase.LIKES, frozen_at=timezone.now(), time_zone="UTC")
    later = campaign.likes_until + timedelta(days=1)
    sent = form_values(
        likes_each="1",
        rule_en="Other",
        laureates_each="9",
        where="Rhône",
        likes_until=later.strftime("%Y-%m-%dT%H:%M"),
        results_from=(later + timedelta(days=19)).strftime("%Y-%m-%dT%H:%M"),
        reason="A strike.",
    )
    answer = client.post(address("campaigns:edit", campaign.slug), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    before = campaign.rules
    campaign.refresh_from_db()
    assert (campaign.likes_each, campaign.rules, campaign.laureates_each) == (None, before, 1)
    assert set(campaign.changes.values_list("field", flat=True)) == {"likes_until", "results_from"}


def test_a_member_of_the_jury_is_found_by_name(client, manager):
    campaign = campaign_in(Phase.CALL)
    path = address("campaigns:jurors", campaign.slug)
    zoes = [MemberFactory(public_name="Zoe Zest"), MemberFactory(public_name="Zoe Ziegler")]
    asked = client.post(path, {"who": "zoe"})
    assert asked.status_code == 400
    assert "Zoe Ziegler" in asked.content.decode()
    client.post(path, {"who": "zoe", "member": str(zoes[1].uuid)})
    assert [juror.member for juror in campaign.jurors.all()] == [zoes[1]]
    assert client.post(path, {"who": "nobody at all"}).status_code == 400
    client.post(path, {"who": zoes[0].email.upper()})
    assert campaign.jurors.count() == 2
