"""Who answers for an offer or need: the rules and the queryset agree."""

import pytest

from community.members.enums import CollectiveRole, Role
from community.models import CollectiveMembership
from initiatives.models import Exchange, NetworkMembership
from tests.factories import (
    CollectiveFactory,
    ExchangeFactory,
    InitiativeFactory,
    MemberFactory,
    NetworkFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """Somebody in each role towards an initiative, its collective and its network."""
    collective, network = CollectiveFactory(), NetworkFactory()
    initiative = InitiativeFactory(published=True, collective=collective)
    NetworkMembership.objects.create(initiative=initiative, network=network)
    found = {name: MemberFactory() for name in ("author", "facilitator", "member", "steward", "stranger")}
    found["moderator"] = MemberFactory(roles=[Role.MODERATOR])
    CollectiveMembership.objects.create(
        collective=collective, member=found["facilitator"], role=CollectiveRole.FACILITATOR
    )
    CollectiveMembership.objects.create(
        collective=collective, member=found["member"], role=CollectiveRole.MEMBER
    )
    network.stewards.add(found["steward"])
    return found, initiative, collective


EXPECTED = {
    "own": {"author"},
    "initiative": {"facilitator", "steward"},
    "collective": {"facilitator"},
}


@pytest.mark.parametrize("of", EXPECTED)
def test_only_its_people_answer_for_it(people, of):
    found, initiative, collective = people
    holders = {"own": {}, "initiative": {"initiative": initiative}, "collective": {"collective": collective}}
    exchange = ExchangeFactory(author=found["author"], **holders[of])
    running = {
        name for name, member in found.items() if member.has_perm("initiatives.run_exchange", exchange)
    }
    assert running == EXPECTED[of]
    listed = {
        name
        for name, member in found.items()
        if Exchange.objects.run_by(member).filter(pk=exchange.pk).exists()
    }
    assert listed == EXPECTED[of]
    answering = {
        name for name, member in found.items() if member.has_perm("initiatives.answer_exchange", exchange)
    }
    assert answering == set(found) - EXPECTED[of]


@pytest.mark.parametrize("of", EXPECTED)
def test_only_its_people_publish_for_it(people, of):
    found, initiative, collective = people
    holder = {"own": None, "initiative": initiative, "collective": collective}[of]
    publishing = {
        name for name, member in found.items() if member.has_perm("initiatives.publish_exchange", holder)
    }
    assert publishing == (set(found) if of == "own" else EXPECTED[of])
