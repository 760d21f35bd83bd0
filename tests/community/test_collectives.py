"""Collectives of their people: founded, roles in them, left."""

import re

import pytest

from community.collectives import actions
from community.members.enums import CollectiveRole
from community.models import CollectiveClaim, CollectiveMembership
from territories.models import Collective
from tests.factories import MemberFactory, PlaceFactory
from tests.initiatives.pages import address, page

from .collective import sent

pytestmark = pytest.mark.django_db


def test_a_member_proposes_a_collective_and_runs_it(client, rhone, france):
    member = MemberFactory()
    client.force_login(member)
    given = {"name": "New", "purpose": "To eat together.", "where": "FR-69", "website": "tables.example"}
    for _press in range(2):
        answer = client.post(address("collective_new"), given)
        assert answer.url == address("collective_people", "new-2")
    made = Collective.objects.get()
    assert (made.status, made.purposes, made.territory, made.website) == (
        "draft",
        {"en": "To eat together."},
        rhone,
        "https://tables.example",
    )
    assert made.memberships.get().role == CollectiveRole.FACILITATOR
    assert CollectiveClaim.objects.get().is_founding
    assert "A moderator has not published it yet" in page(client, "collective_people", "new-2")
    # Until somebody publishes it there is no page.
    assert client.get(address("collective", "new-2")).status_code == 404
    assert page(client, "account_collectives").count("waits for a moderator") == 1


def test_a_town_may_lie_in_several_territories(client, rhone, france):
    PlaceFactory()
    client.force_login(MemberFactory())
    given = {"name": "Les Tables", "purpose": "x", "where": "lyon"}
    answer = client.post(address("collective_new"), given)
    assert answer.status_code == 400
    assert re.findall(r'name="territory" value="([\w-]+)"', answer.content.decode()) == ["FR-69", "FR"]
    assert client.post(address("collective_new"), given | {"territory": "XX"}).status_code == 400
    assert client.post(address("collective_new"), given | {"territory": "FR"}).status_code == 302
    assert Collective.objects.get().territory == france


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"purpose": " "},
        {"where": "Nowhere"},
        {"where": "%"},
        {"where": "\x00"},
        {"website": "javascript:alert(1)"},
        {"name": "x" * 161},
        {"name": "\x00"},
    ],
)
def test_what_is_wrong_is_told_beside_its_field(client, rhone, wrong):
    client.force_login(MemberFactory())
    given = {"name": "Les Tables", "purpose": "x", "where": "FR-69", **wrong}
    answer = client.post(address("collective_new"), given)
    assert answer.status_code == 400
    assert f'id="id_{next(iter(wrong))}_error"' in answer.content.decode()
    assert not Collective.objects.exists()


# ── Roles ───────────────────────────────────────────────────────────────────────────────────────

RUN = {"facilitator", "moderator", "admin"}


@pytest.mark.parametrize("role", ["visitor", "other_facilitator", "steward", *sorted(RUN)])
def test_its_people_and_moderators_alone_open_what_runs_it(client, cast, own, role):
    client.force_login(cast[role])
    for name in ("collective_people", "collective_edit"):
        assert client.get(address(name, own.slug)).status_code == (200 if role in RUN else 403)
    other = CollectiveMembership.objects.create(member=MemberFactory(), collective=own)
    form = {"role": "facilitator"}
    answer = client.post(address("collective_membership", own.slug, other.pk), form)
    other.refresh_from_db()
    assert (answer.status_code == 302) is (role in RUN)
    assert (other.role == "facilitator") is (role in RUN)


def test_nobody_leaves_a_collective_without_anybody(client, cast, own):
    client.force_login(cast["facilitator"])
    first = own.memberships.get()
    answer = client.post(address("collective_leave", own.slug))
    assert answer.status_code == 409
    assert "Nobody else facilitates" in answer.content.decode()
    client.post(address("collective_membership", own.slug, first.pk), {"role": "member"})
    first.refresh_from_db()
    assert (first.role, first.ended_on) == ("facilitator", None)
    other = CollectiveMembership.objects.create(member=cast["visitor"], collective=own)
    actions.change_role(other, by=cast["facilitator"], role="facilitator")
    (letter,) = sent()
    assert letter.to == [cast["visitor"].email]
    assert "you run the collective" in letter.body
    assert client.post(address("collective_leave", own.slug)).url == address("account_collectives")
    assert [row.member for row in own.memberships.current()] == [cast["visitor"]]
    with pytest.raises(actions.ClosedError):
        actions.end_membership(first, by=cast["facilitator"])


def test_a_moderator_may_end_the_last_one_and_it_is_told(cast, own):
    actions.end_membership(own.memberships.get(), by=cast["moderator"])
    assert not own.memberships.current().exists()
    assert "has been ended" in sent()[0].body


def test_an_unknown_role_changes_nothing(client, cast, own):
    client.force_login(cast["moderator"])
    one = own.memberships.get()
    client.post(address("collective_membership", own.slug, one.pk), {"role": "king"})
    one.refresh_from_db()
    assert one.role == "facilitator"
