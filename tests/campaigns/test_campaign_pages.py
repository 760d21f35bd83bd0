"""Pages of campaigns: what each phase shows, the forms, the way from an initiative, what nobody learns too early."""

import re
from datetime import timedelta

import pytest

from campaigns.enums import NominationState, Phase
from campaigns.models import Ballot, Campaign, Juror, Like, Nomination
from community.members.enums import Role
from community.topics import actions as topics
from tests.factories import InitiativeFactory, MemberFactory
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


def liked(nomination: Nomination, number: int, by=None) -> None:
    """Likes past the actions."""
    for _place in range(number):
        ballot = Ballot.objects.create(
            campaign=nomination.campaign, member=by or MemberFactory(), voter=InitiativeFactory().uuid
        )
        Like.objects.create(ballot=ballot, nomination=nomination, theme=nomination.theme)


# ── What everyone sees ──────────────────────────────────────────────────────────────────────────


def test_the_list_shows_what_goes_on_and_what_is_over_and_no_draft(client):
    names = {phase: f"Named {phase}" for phase in Phase}
    for phase, name in names.items():
        campaign_in(phase, titles={"en": name})
    body = page(client, "campaigns")
    assert [name in body for name in names.values()] == [False, True, True, True, True, True]
    assert (
        body.index(names[Phase.COUNTING])
        < body.index("Editions that are over")
        < body.index(names[Phase.RESULTS])
    )


def test_the_call_says_how_long_it_goes_on_and_asks_for_initiatives(client, bakery):
    campaign = campaign_in(Phase.CALL)
    nominated(campaign, bakery)
    waiting = nominated(campaign, InitiativeFactory(published=True), STATES.PROPOSED)
    body = page(client, "campaign", campaign.slug)
    assert "4 days left" in body
    assert bakery.name in body
    assert waiting.initiative.name not in body
    assert address("campaigns:nominate", campaign.slug) in body
    assert 'aria-current="step"><b>Call' in body


def plain(body: str) -> str:
    """A page without what differs from one reading to the next."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", body)


@pytest.mark.parametrize("phase", [Phase.CALL, Phase.SELECTION])
def test_nobody_learns_of_the_selection_before_likes_begin(client, cast, bakery, phase):
    campaign = campaign_in(phase)
    nomination = nominated(campaign, bakery)
    other = nominated(campaign, InitiativeFactory(published=True))
    client.force_login(cast["visitor"])
    pages = [("campaigns",), ("campaign", campaign.slug), ("campaigns:nominee", campaign.slug, nomination.pk)]
    before = [plain(page(client, *one)) for one in pages]
    Nomination.objects.filter(pk=nomination.pk).update(state=STATES.SELECTED)
    assert [plain(page(client, *one)) for one in pages] == before
    assert client.get(address("campaigns:jury", campaign.slug)).status_code == 403
    Campaign.objects.update(phase=Phase.LIKES)
    body = page(client, "campaign", campaign.slug)
    assert bakery.name in body
    assert other.initiative.name not in body
    assert client.get(address("campaigns:nominee", campaign.slug, other.pk)).status_code == 404


@pytest.mark.parametrize("phase", [Phase.LIKES, Phase.COUNTING])
def test_sealed_totals_stand_nowhere_before_the_results(client, cast, bakery, phase):
    campaign = campaign_in(phase)
    rows = [nominated(campaign, state=STATES.SELECTED, likes_counted=7777) for _place in range(3)]
    client.force_login(cast["animator"])
    nominees = [("campaigns:nominee", campaign.slug, row.pk) for row in rows]
    pages = [("campaigns",), ("campaign", campaign.slug), ("campaigns:nominations", campaign.slug), *nominees]
    pages += [("campaigns:jury", campaign.slug), ("campaigns:rule", campaign.slug)]
    before = [plain(page(client, *one)) for one in pages]
    assert not any("7777" in body or "7,777" in body for body in before)
    for number, row in enumerate(rows):
        liked(row, 3 * number)
    assert [plain(page(client, *one)) for one in pages] == before
    Campaign.objects.update(totals="open")
    assert "6 likes" in page(client, "campaign", campaign.slug)


def test_the_results_tell_laureates_and_numbers_by_theme(client, bakery):
    campaign = campaign_in(Phase.RESULTS)
    first = nominated(campaign, bakery, STATES.LAUREATE, likes_counted=12, place=1)
    second = nominated(campaign, InitiativeFactory(published=True), STATES.SELECTED, likes_counted=1, place=2)
    body = page(client, "campaign", campaign.slug)
    assert body.index(first.initiative.name) < body.index(second.initiative.name)
    assert body.count(">laureate</span>") == 1
    assert "12 likes" in body
    assert "1 like<" in body
    assert "place 1 of its theme" in page(client, "campaigns:nominee", campaign.slug, first.pk)


def test_a_theme_keeps_to_its_own(client, bakery):
    campaign = campaign_in(Phase.LIKES)
    here = nominated(campaign, bakery, STATES.SELECTED)
    other = Theme.objects.roots().exclude(pk=bakery.root_theme.pk).first()
    away = nominated(campaign, InitiativeFactory(published=True), STATES.SELECTED, theme=other)
    body = client.get(address("campaign", campaign.slug), {"theme": other.slug}).content.decode()
    assert away.initiative.name in body
    assert here.initiative.name not in body
    assert "2 initiatives selected" in body


def test_ones_own_likes_are_pressed_and_ones_own_initiative_has_no_button(client, cast, bakery):
    campaign = campaign_in(Phase.LIKES)
    nominated(campaign, bakery, STATES.SELECTED)
    other = nominated(campaign, InitiativeFactory(published=True), STATES.SELECTED)
    liked(other, 1, by=cast["facilitator"])
    client.force_login(cast["facilitator"])
    body = page(client, "campaign", campaign.slug)
    assert "You have given 1 like" in body
    assert "Yours: others like it." in body


def test_the_group_is_joined_from_the_page_and_its_topics_stand_there(client):
    campaign = campaign_in(Phase.CALL)
    ana = MemberFactory()
    campaign.group.memberships.create(member=ana)
    topics.begin(campaign.group, by=ana, title="Which themes?", text="Let us talk.")
    assert "Which themes?" in page(client, "campaign", campaign.slug)
    newcomer = MemberFactory()
    client.force_login(newcomer)
    join = address("group_join", campaign.group.slug)
    assert join in page(client, "campaign", campaign.slug)
    client.post(join)
    assert campaign.group.memberships.filter(member=newcomer).exists()
    assert join not in page(client, "campaign", campaign.slug)


def test_the_rule_tells_its_numbers_and_each_change(client, manager):
    campaign = campaign_in(Phase.CALL, likes_each=5)
    later = campaign.selection_from + timedelta(days=1)
    campaign.changes.create(
        field="selection_from",
        was=campaign.selection_from.isoformat(),
        became=later.isoformat(),
        reason="Holidays.",
    )
    campaign.changes.create(field="tie_rule", was="all", became="lot", reason="Fairer.")
    body = page(client, "campaigns:rule", campaign.slug)
    assert "5 at most" in body
    assert "By the clocks of Paris" in body
    assert "Holidays." in body
    assert "By lot" in body


# ── How often the database is asked ─────────────────────────────────────────────────────────────

BUDGETS = {"campaigns": 7, "campaign": 22, "campaigns:nominations": 10, "campaigns:jury": 18}


@pytest.mark.parametrize("name", BUDGETS)
def test_a_page_asks_as_often_however_many_there_are(client, manager, name, django_assert_max_num_queries):
    phase = Phase.SELECTION if name == "campaigns:jury" else Phase.LIKES
    campaign = campaign_in(phase)
    judges = [Juror.objects.create(campaign=campaign, member=MemberFactory()) for _number in range(2)]
    for _number in range(12):
        nomination = nominated(campaign, state=STATES.SELECTED)
        for one in judges:
            nomination.notes.create(juror=one, mark=3)
    args = [] if name == "campaigns" else [campaign.slug]
    with django_assert_max_num_queries(BUDGETS[name]):
        assert client.get(address(name, *args)).status_code == 200
