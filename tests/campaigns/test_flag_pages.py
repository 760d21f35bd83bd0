"""Pages of flags: for those who run campaigns, and nobody else."""

import pytest

from campaigns.enums import FlagState
from campaigns.models import Ballot, LikeFlag
from community.members.enums import Role
from tests.factories import MemberFactory
from tests.initiatives.pages import address

from .campaign import campaign_of

pytestmark = pytest.mark.django_db
ROLES = {
    "nobody": None,
    "visitor": {},
    "moderator": {"roles": [Role.MODERATOR]},
    "treasurer": {"roles": [Role.TREASURER]},
    "animator": {"roles": [Role.ANIMATOR]},
    "staff": {"is_staff": True},
    "admin": {"is_superuser": True},
}
RUNNING = {"animator", "staff", "admin"}


@pytest.fixture
def flag() -> LikeFlag:
    campaign = campaign_of(1)
    made = LikeFlag.objects.create(
        campaign=campaign, kind="burst", key=f"{campaign.nominations.get().pk} 2026"
    )
    made.ballots.create(campaign=campaign, voter="00000000-0000-4000-8000-000000000001")
    return made


def enter(client, role: str):
    if ROLES[role] is not None:
        client.force_login(MemberFactory(**ROLES[role]))


@pytest.mark.parametrize("role", ROLES)
def test_who_runs_campaigns_reads_and_decides(client, flag, role):
    enter(client, role)
    slug = flag.campaign.slug
    pages = [address("campaigns:flags", slug), address("campaigns:flag", slug, flag.pk)]
    refused = 302 if role == "nobody" else 403
    for page in pages:
        assert client.get(page).status_code == (200 if role in RUNNING else refused)
    client.post(pages[1], {"says": "kept", "reason": "A school."})
    flag.refresh_from_db()
    assert bool(flag.first_says) == (role in RUNNING)


def test_a_disagreement_is_told(client, flag):
    page = address("campaigns:flag", flag.campaign.slug, flag.pk)
    for says in ("kept", "voided"):
        enter(client, "animator")
        told = client.post(page, {"says": says, "reason": "x"}, follow=True).content.decode()
    assert "You do not agree with each other" in told
    assert "do not agree. It stays open" in told


def test_a_decision_stands_with_both_names_and_its_reason(client, flag):
    page = address("campaigns:flag", flag.campaign.slug, flag.pk)
    for name in ("Ana", "Bea"):
        client.force_login(MemberFactory(roles=[Role.ANIMATOR], public_name=name))
        told = client.post(page, {"says": "voided", "reason": "A machine."}, follow=True).content.decode()
    assert "likes declared void, by Ana and Bea" in told
    assert "A machine." in told
    assert "Decided: these likes are void." in told
    again = client.post(page, {"says": "kept", "reason": "x"}, follow=True).content.decode()
    assert "Two people have decided this already." in again


def test_a_word_without_reason_is_asked_for_one(client, flag):
    enter(client, "animator")
    page = address("campaigns:flag", flag.campaign.slug, flag.pk)
    assert client.post(page, {"says": "kept", "reason": " "}).status_code == 400
    flag.refresh_from_db()
    assert flag.state == FlagState.OPEN


def test_ones_own_ballot_keeps_one_from_deciding(client, flag):
    boss = MemberFactory(is_superuser=True)
    flag.ballots.add(Ballot.objects.create(campaign=flag.campaign, member=boss, voter=boss.uuid))
    client.force_login(boss)
    slug = flag.campaign.slug
    assert "others decide" in client.get(address("campaigns:flags", slug)).content.decode()
    assert client.get(address("campaigns:flag", slug, flag.pk)).status_code == 403


def test_many_flags_take_few_questions(client, flag, django_assert_max_num_queries):
    LikeFlag.objects.bulk_create(
        LikeFlag(campaign=flag.campaign, kind="network", key=str(number)) for number in range(30)
    )
    enter(client, "animator")
    with django_assert_max_num_queries(10):
        client.get(address("campaigns:flags", flag.campaign.slug))


def test_without_flags_the_page_says_what_would_come(client):
    campaign = campaign_of(1)
    enter(client, "animator")
    assert "Nothing waits for you" in client.get(address("campaigns:flags", campaign.slug)).content.decode()


def test_a_flag_of_another_campaign_is_not_found_here(client, flag):
    enter(client, "animator")
    other = campaign_of(1)
    assert client.get(address("campaigns:flag", other.slug, flag.pk)).status_code == 404
