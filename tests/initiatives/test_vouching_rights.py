"""Who may vouch for what: written out, for the rule, the actions and the list alike."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from community.models import CollectiveMembership, Member
from initiatives.models import Initiative, Submission, Vouch
from initiatives.vouching import actions as vouching
from initiatives.vouching import reading
from territories.enums import CollectiveStatus
from territories.models import Collective
from tests.conftest import square
from tests.factories import TerritoryFactory

from .vouching import neighbour, objected, vouch, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on(settings):
    """Two vouches are enough."""
    settings.VOUCHES_NEEDED, settings.VOUCH_DAYS, settings.LANGUAGE_CODE = 2, 7, "en"


MAY = {
    "nobody": False,
    "visitor": False,
    "facilitator": False,
    "other_facilitator": True,
    "moderator": False,
    "steward": False,
    "animator": False,
    "treasurer": False,
    "admin": False,
    "neighbour": True,
    "of_the_country": True,
    "of_another_place": False,
    "former_neighbour": False,
    "coming_neighbour": False,
    "of_a_draft": False,
    "blocked": False,
    "author": False,
    "submitter": False,
    "member_of_its_collective": False,
    "admin_nearby": True,
    "admin_author": False,
}


@pytest.fixture
def people(cast, rhone, france) -> dict[str, Member]:
    """The cast and everyone who is near in some way."""
    today = timezone.localdate()
    far = TerritoryFactory(code="YY", boundary=square(20, 50, 21, 51))
    more = {name: neighbour(rhone) for name in MAY if name not in cast and name != "nobody"}
    more["of_the_country"] = neighbour(france)
    more["of_another_place"] = neighbour(far)
    CollectiveMembership.objects.filter(member=more["former_neighbour"]).update(
        started_on=today - timedelta(days=9), ended_on=today - timedelta(days=1)
    )
    CollectiveMembership.objects.filter(member=more["coming_neighbour"]).update(
        started_on=today + timedelta(days=1)
    )
    Collective.objects.filter(memberships__member=more["of_a_draft"]).update(status=CollectiveStatus.DRAFT)
    Member.objects.filter(pk=more["blocked"].pk).update(is_active=False)
    for name in ("admin_nearby", "admin_author"):
        Member.objects.filter(pk=more[name].pk).update(is_superuser=True)
    carrier = cast["facilitator"].collective_memberships.get().collective
    CollectiveMembership.objects.create(member=more["member_of_its_collective"], collective=carrier)
    found = {name: Member.objects.get(pk=member.pk) for name, member in (cast | more).items()}
    return found | {"nobody": AnonymousUser()}


@pytest.fixture
def one(people) -> Initiative:
    """What waits in Lyon."""
    collective = people["facilitator"].collective_memberships.get().collective
    made = waiting(name="Un Jardin", collective=collective)
    Submission.objects.create(
        initiative=made, email=people["submitter"].email.title(), language="fr", confirmed_at=timezone.now()
    )
    for name in ("author", "admin_author"):
        made.status_changes.create(verb="create", to_status="draft", by=people[name])
    return made


@pytest.mark.parametrize("role", MAY)
def test_a_word_is_for_those_of_the_table(people, one, role):
    member, may = people[role], MAY[role]
    assert vouching.may_vouch(member, one) == may
    assert reading.vouchable_by(member).filter(pk=one.pk).exists() == may
    if may:
        vouch(one, member)
        assert Vouch.objects.get().member == member
        return
    for say in (vouch, objected):
        with pytest.raises(PermissionDenied), transaction.atomic():
            say(one, member)
    with pytest.raises(PermissionDenied), transaction.atomic():
        vouching.take_back(one, by=member)
    assert not Vouch.objects.exists()


@pytest.mark.parametrize("status", ["draft", "changes_asked", "published", "rejected", "archived", "closed"])
def test_only_what_waits_can_be_vouched_for(rhone, status):
    one, member = waiting(), neighbour(rhone)
    Initiative.objects.filter(pk=one.pk).update(status=status)
    assert not reading.vouchable_by(member).exists()
    with pytest.raises(PermissionDenied):
        vouch(one, member)


def test_a_parent_of_its_territory_counts_where_outlines_disagree(rhone):
    # Rooted in what the department is part of, though drawn elsewhere.
    rhone.parent = TerritoryFactory(code="ZZ", boundary=square(20, 50, 21, 51))
    rhone.save()
    one = waiting()
    assert reading.vouchable_by(neighbour(rhone.parent)).get() == one


def test_what_is_shown_to_the_region_alone_waits_for_nobody_below_it(rhone, france):
    one = waiting(precision="region")
    assert not vouching.may_vouch(neighbour(rhone), one)
    assert vouching.may_vouch(neighbour(france), one)


def test_while_it_is_off_nobody_says_anything(rhone, settings):
    one, member = waiting(), neighbour(rhone)
    settings.VOUCHES_NEEDED = 0
    with pytest.raises(PermissionDenied):
        vouch(one, member)
    assert not reading.vouchable_by(member).exists()
    assert reading.for_reviewers(one)["words"] == []


@pytest.mark.parametrize("kind", [objected, vouch])
def test_who_has_left_takes_back_an_objection_of_their_own_alone(client, rhone, kind):
    one, gone, other = waiting(name="Un Jardin"), neighbour(rhone), neighbour(rhone)
    kind(one, gone)
    objected(one, other, "Secret of another")
    gone.collective_memberships.update(ended_on=timezone.localdate())
    may = kind is objected
    client.force_login(gone)
    listed, where = "/en/initiatives/vouching/", f"/en/initiatives/vouching/{one.uuid}/"
    shown = client.get(listed).text
    assert ("Your objections elsewhere" in shown) is may
    assert (where in shown) is may
    assert ("It does not exist." in shown) is may
    assert "Secret of another" not in shown
    # What it is by now is not theirs to read, nor may they say something new.
    assert client.get(where).status_code == 404
    assert client.post(where, {"word": "vouch", "seen": "x"}).status_code == 404
    assert client.post(where, {"word": "back"}).status_code == (302 if may else 404)
    assert set(Vouch.objects.values_list("member", flat=True)) == ({other.pk} if may else {gone.pk, other.pk})
    assert client.post(where, {"word": "back"}).status_code == 404


@pytest.mark.parametrize("status", ["changes_asked", "published", "rejected"])
def test_what_was_decided_keeps_the_objection(rhone, status):
    one, gone = waiting(), neighbour(rhone)
    objected(one, gone)
    gone.collective_memberships.update(ended_on=timezone.localdate())
    Initiative.objects.filter(pk=one.pk).update(status=status)
    assert not reading.left_behind(gone).exists()
    with pytest.raises(PermissionDenied), transaction.atomic():
        vouching.take_back(one, by=gone)
    assert Vouch.objects.exists()
