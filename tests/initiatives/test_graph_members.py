"""Members in common are an edge between two collectives, and never tell who they are."""

import csv
import io

import pytest
from django.utils import timezone

from tests.factories import CollectiveFactory, InitiativeFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(rhone):
    """Two collectives that each carry an initiative, and a third that is a draft."""
    made = [CollectiveFactory(slug=slug, territory=rhone) for slug in ("tables", "hills")]
    made.append(CollectiveFactory(slug="hidden", territory=rhone, status="draft"))
    for collective in made:
        InitiativeFactory(collective=collective, published=True)
    return made


def written(client) -> str:
    """The edges of what collectives have in common, as CSV."""
    return b"".join(client.get("/exports/network.csv?edges=common").streaming_content).decode()


def common(client) -> list[tuple[str, str, str]]:
    """Source, target and weight of edges by members."""
    rows = csv.DictReader(io.StringIO(written(client)))
    return [(row["source"], row["target"], row["weight"]) for row in rows if row["kind"] == "common_members"]


def test_members_in_common_are_told_from_three_on(client, two):
    members = MemberFactory.create_batch(3)
    for collective in two:
        for member in members[:2]:
            collective.memberships.create(member=member)
    assert common(client) == []
    for collective in two:
        collective.memberships.create(member=members[2])
    assert common(client) == [("collective:tables", "collective:hills", "3")]
    text = written(client)
    assert not [member for member in members if member.email in text or str(member) in text]


def test_who_left_is_no_longer_in_common(client, two):
    members = MemberFactory.create_batch(3)
    for member in members:
        for collective in two:
            collective.memberships.create(member=member)
    two[0].memberships.filter(member=members[0]).update(ended_on=timezone.localdate())
    assert common(client) == []
