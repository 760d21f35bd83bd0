"""The ledger: written once by what was done, and never changed."""

import csv
import io

import pytest
from django.db import ProgrammingError, connection, transaction

from community.collectives import actions as collectives
from community.collectives.claims import actions as claims
from community.ledger.actions import record
from community.ledger.kinds import KINDS, Kind
from community.members import actions as accounts
from community.members.enums import Visibility
from community.models import Contribution, Invitation, Member
from initiatives import actions as steps
from initiatives.proposals import actions as proposals
from initiatives.reviews import actions as reviews
from initiatives.vouching import actions as vouching
from tests.factories import InitiativeFactory, MemberFactory
from tests.initiatives.pages import address, page

pytestmark = pytest.mark.django_db


def lines(member: Member) -> list[str]:
    """Kinds of what a member has in the ledger."""
    return sorted(member.contributions.values_list("kind", flat=True))


def test_who_hands_in_is_counted_once_it_is_published(cast, bakery):
    made = steps.create(by=cast["visitor"], values={"name": "Bread", "primary_theme": bakery.primary_theme})
    steps.revise(made, by=None, values={"position": bakery.position, "collective": bakery.collective})
    made = steps.submit(made, by=cast["visitor"])
    assert lines(cast["visitor"]) == []
    reviews.decide(made, by=cast["moderator"], verb="publish", seen=made.updated_at)
    line = cast["visitor"].contributions.get()
    assert (line.kind, line.weight, line.key) == (Kind.PUBLISHED, 5, str(made.uuid))
    assert line.collective == bakery.collective
    assert line.territory.code == "FR-69"
    assert lines(cast["moderator"]) == [Kind.REVIEWED]
    # Off the map and on it again is once.
    steps.archive(made, by=None)
    steps.restore(made, by=None)
    assert lines(cast["visitor"]) == [Kind.PUBLISHED]


def test_nobody_is_counted_for_deciding_on_their_own(cast, bakery):
    made = steps.create(by=cast["moderator"], values={"name": "B", "primary_theme": bakery.primary_theme})
    steps.revise(made, by=None, values={"position": bakery.position})
    made = steps.submit(made, by=cast["moderator"])
    steps.publish(made, by=cast["moderator"])
    assert lines(cast["moderator"]) == [Kind.PUBLISHED]


def test_confirming_counts_once_a_year(cast, bakery):
    for _time in range(3):
        steps.confirm(bakery, by=cast["facilitator"])
    assert lines(cast["facilitator"]) == [Kind.CONFIRMED]


def test_a_correction_counts_for_who_suggested_it(cast, bakery):
    told = {"values": {}, "of": bakery.updated_at, "message": "Closed", "email": "", "language": "fr"}
    for by in (cast["visitor"], None):
        proposal = proposals.propose(bakery, by=by, **told)
        proposals.accept(proposal, by=cast["moderator"], names=[])
    refused = proposals.propose(bakery, by=cast["treasurer"], **told)
    proposals.refuse(refused, by=cast["moderator"], reason="No")
    assert list(Contribution.objects.values_list("kind", "member", "weight")) == [
        (Kind.CORRECTED, cast["visitor"].pk, 2)
    ]


def test_a_vouch_counts_once_for_each(cast, bakery, settings):
    settings.VOUCHES_NEEDED = 2
    waiting = InitiativeFactory(position=bakery.position, collective=bakery.collective)
    waiting = steps.submit(waiting, by=None)
    neighbour = cast["other_facilitator"]
    for _time in range(2):
        vouching.vouch(waiting, by=neighbour, seen=waiting.updated_at)
    assert lines(neighbour) == [Kind.VOUCHED]


def test_a_collective_counts_when_it_is_published(cast, rhone):
    values = {"name": "New", "purposes": {"en": "x"}, "territory": rhone, "website": ""}
    made = collectives.found(by=cast["visitor"], values=values)
    assert lines(cast["visitor"]) == []
    claims.decide(made.claims.get(), by=cast["moderator"], accepted=True)
    line = cast["visitor"].contributions.get()
    assert (line.kind, line.weight, line.collective, line.territory) == (Kind.FOUNDED, 3, made, rhone)


def test_an_invitation_counts_for_who_invited(cast):
    own = cast["facilitator"].collective_memberships.get().collective
    for guest in (cast["visitor"], cast["facilitator"]):
        made = Invitation.objects.create(
            collective=own, email=guest.email, language="fr", by=cast["facilitator"]
        )
        collectives.accept(made, by=guest)
    assert lines(cast["facilitator"]) == [Kind.INVITED]
    assert lines(cast["visitor"]) == []


def test_the_same_deed_is_one_line(cast):
    for by in (cast["visitor"], cast["visitor"], cast["admin"], None):
        record(Kind.REPLY, by=by, room="topics", key=1)
    record(Kind.TOPIC, by=cast["visitor"], room="topics", key=1)
    assert Contribution.objects.count() == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE community_contribution SET weight = 100",
        "UPDATE community_contribution SET kind = 'founded'",
        "UPDATE community_contribution SET at = now()",
        "UPDATE community_contribution SET key = 'other'",
        "UPDATE community_contribution SET room = 'other'",
        "UPDATE community_contribution SET member_id = %(other)s",
        "UPDATE community_contribution SET member_id = NULL, weight = 9",
        "DELETE FROM community_contribution",
    ],
)
def test_no_line_is_changed_or_taken_away(cast, statement):
    record(Kind.REPLY, by=cast["visitor"], room="topics", key=1)
    before = list(Contribution.objects.values())
    with (
        pytest.raises(ProgrammingError, match="pgtrigger: Cannot"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, {"other": cast["admin"].pk})
    assert list(Contribution.objects.values()) == before


def test_an_account_that_goes_leaves_what_it_did(cast):
    for key in range(2):
        record(Kind.REPLY, by=cast["visitor"], room="topics", key=key)
    accounts.erase(cast["visitor"], by=cast["visitor"])
    assert list(Contribution.objects.values_list("member", "weight")) == [(None, 1), (None, 1)]
    # Nobody takes it over.
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Contribution.objects.update(member=cast["admin"])


@pytest.mark.parametrize("level", list(Visibility))
def test_a_member_chooses_who_sees_it(client, cast, level):
    shown = MemberFactory(ledger_seen_by=level, skills=["a"], skills_seen_by=Visibility.EVERYONE)
    record(Kind.REPLY, by=shown, room="topics", key=1)
    for reader, sees in (
        (None, level == Visibility.EVERYONE),
        (cast["admin"], level != Visibility.NOBODY),
        (shown, True),
    ):
        client.logout()
        if reader:
            client.force_login(reader)
        assert ("Reply written" in page(client, "member", shown.uuid)) is sees


def test_places_show_how_much_was_done_this_year(client, cast, rhone):
    own = cast["facilitator"].collective_memberships.get().collective
    for key in range(2):
        record(Kind.REPLY, by=cast["visitor"], room="topics", key=key, collective=own, territory=rhone)
    Contribution.objects.bulk_create(
        [
            Contribution(
                kind="reply",
                room="t",
                key="9",
                weight=1,
                collective=own,
                at="2020-01-01T00:00Z",
                territory=rhone,
            )
        ]
    )
    for place in (("collective", own.slug), ("territory", "FR-69"), ("territory", "FR")):
        assert "2 contributions this year" in page(client, *place)


def test_one_sees_and_takes_away_ones_own(client, cast, rhone, django_assert_max_num_queries):
    client.force_login(cast["visitor"])
    assert "Nothing yet" in page(client, "account_contributions")
    for key in range(60):
        record(Kind.REPLY, by=cast["visitor"], room="topics", key=key, territory=rhone)
    record(Kind.FOUNDED, by=cast["visitor"], room="collectives", key="=cmd")
    record(Kind.REPLY, by=cast["admin"], room="topics", key="secret")
    with django_assert_max_num_queries(6):
        body = page(client, "account_contributions")
    assert "63 points in all" in body
    answer = client.get(address("account_contributions_csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 61
    assert {row["territory"] for row in rows} == {"FR-69", ""}
    assert "secret" not in answer.content.decode()


def test_the_page_explains_what_the_ledger_writes_by(client):
    body = page(client, "contributions")
    assert set(KINDS) == set(Kind)
    for kind, counted in KINDS.items():
        assert str(kind.label).capitalize() in body
        assert f'<td>{counted.when}</td><td class="n">{counted.weight}</td>' in body
