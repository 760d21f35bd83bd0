"""Spaces: who comes in and goes, and the groups inside."""

import re

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone, translation

from community.groups import actions as groups
from community.members import actions as accounts
from community.members import belongings
from community.models import Group, GroupMembership, Space, SpaceInvitation
from community.spaces import actions
from community.tasks import forget_what_is_over
from tests.factories import MemberFactory
from tests.initiatives.pages import address, page

from .groups import group_of
from .groups import invitation as group_invitation
from .spaces import invitation, sent, space_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """Words are compared in one language."""
    with translation.override("en"):
        yield


@pytest.fixture
def ana():
    """Who runs the space."""
    return MemberFactory(language="en", public_name="Ana")


@pytest.fixture
def space(ana):
    """A private space."""
    return space_of("private", ana, name="Grain Commun")


def group_in(space: Space, animator, *members) -> Group:
    """A private group inside."""
    return group_of("private", animator, *members, space=space)


# ── Coming in and going ─────────────────────────────────────────────────────────────────────────


def test_an_invitation_is_accepted_once_with_any_account(client, space, ana):
    client.force_login(ana)
    form = {"email": "Zoe@Demo.example", "role": "facilitator", "language": "en"}
    assert client.post(address("space_people", space.slug), form).status_code == 302
    assert client.post(address("space_people", space.slug), form).status_code == 400
    client.logout()
    (letter,) = sent()
    assert letter.to == ["zoe@demo.example"]
    link = re.search(r"http://testserver(/\w\w/spaces/invitation/\S+)", letter.body)[1]
    assert "Grain Commun" in client.get(link).content.decode()
    assert client.post(link).status_code == 403
    zoe = MemberFactory()
    client.force_login(zoe)
    for _press in range(2):
        assert client.post(link).url == address("space", space.slug)
    assert "You belong to Grain Commun now." in page(client, "space", space.slug)
    assert space.memberships.get(member=zoe).role == "facilitator"
    assert SpaceInvitation.objects.get().email == ""
    client.force_login(MemberFactory())
    answer = client.post(link)
    assert answer.status_code == 410
    assert "Grain Commun" not in answer.content.decode()


def test_a_link_that_is_forged_or_late_opens_nothing(client, space):
    late = invitation(space, expires_at=timezone.now())
    from community.spaces import links

    assert client.get(address("space_invited", links.invitation_token(late))).status_code == 410
    assert client.get(address("space_invited", "1-1.forged")).status_code == 404
    actions.invite_again(late, by=None)
    assert client.get(address("space_invited", links.invitation_token(late))).status_code == 404
    late.refresh_from_db()
    assert client.get(address("space_invited", links.invitation_token(late))).status_code == 200


def test_invitations_whose_time_is_over_are_forgotten(space):
    invitation(space, expires_at=timezone.now())
    invitation(space, "b@demo.example")
    forget_what_is_over(timestamp=0)
    assert SpaceInvitation.objects.get().email == "b@demo.example"


def test_somebody_runs_a_space_as_long_as_others_are_in_it(client, space, ana):
    bea = space.memberships.create(member=MemberFactory())
    client.force_login(ana)
    assert client.post(address("space_leave", space.slug)).status_code == 409
    own = space.memberships.get(member=ana)
    client.post(address("space_membership", space.slug, own.pk), {"role": "member"})
    own.refresh_from_db()
    assert own.role == "facilitator"
    client.post(address("space_membership", space.slug, bea.pk), {"role": "facilitator"})
    assert client.post(address("space_leave", space.slug)).url == address("spaces")


def test_who_leaves_a_private_space_leaves_its_groups(space, ana):
    bea, cleo = MemberFactory(), MemberFactory()
    for one in (bea, cleo):
        space.memberships.create(member=one)
    inside, outside = group_in(space, ana, bea), group_of("private", ana, bea)
    alone = group_in(space, cleo, ana)
    actions.leave(space, by=bea)
    assert not inside.memberships.filter(member=bea).exists()
    assert outside.memberships.filter(member=bea).exists()
    with pytest.raises(actions.ValidationError, match="one of the groups inside"):
        actions.remove(space.memberships.get(member=cleo), by=ana)
    groups.archive(alone, by=cleo)
    actions.remove(space.memberships.get(member=cleo), by=ana)
    assert not GroupMembership.objects.filter(member=cleo).exists()


def test_what_a_space_holds_of_a_member_is_given_and_forgotten(space, ana):
    space.memberships.create(member=MemberFactory())
    invitation(space, ana.email, by=ana)
    given = belongings.given(ana)
    assert given["spaces"][0]["space__name"] == "Grain Commun"
    assert given["space_invitations"][0]["email"] == ana.email
    assert "Grain Commun: nobody else runs this space." in belongings.warnings(ana)
    accounts.erase(ana, by=ana)
    assert not space.memberships.filter(member=ana).exists()
    assert not SpaceInvitation.objects.exists()


# ── Groups inside ───────────────────────────────────────────────────────────────────────────────


def test_a_group_of_a_private_space_is_private_whatever_is_sent(client, space, ana):
    client.force_login(ana)
    where = f"{address('group_new')}?space={space.slug}"
    form = {"name": "Ovens", "purpose": "Bread", "kind": "open"}
    assert client.post(where, form).status_code == 400
    assert client.post(where, form | {"kind": "private"}).status_code == 302
    made = Group.objects.get()
    assert (made.space, made.kind) == (space, "private")
    assert client.post(address("group_edit", made.slug), form).status_code == 400
    with pytest.raises(actions.ValidationError):
        groups.revise(made, by=ana, values={"kind": "public"})
    with pytest.raises(DatabaseError), transaction.atomic():
        Group.objects.update(kind="open")
    with pytest.raises(DatabaseError), transaction.atomic():
        group_of("open", ana, space=space)


def test_a_space_stays_private_or_public(space):
    with pytest.raises(DatabaseError), transaction.atomic():
        Space.objects.update(is_private=False)


def test_nobody_from_outside_comes_into_a_group_of_a_private_space(client, space, ana):
    zoe, group = MemberFactory(), group_in(space, ana)
    asked = group_invitation(group, zoe.email)
    with pytest.raises(groups.ClosedError):
        groups.accept(asked, by=zoe)
    assert not group.memberships.filter(member=zoe).exists()
    space.memberships.create(member=zoe)
    groups.accept(asked, by=zoe)
    assert group.memberships.filter(member=zoe).exists()


@pytest.mark.parametrize(("slug", "status"), [("nowhere", 404), ("x" * 500, 404), ("a\x00b", 400)])
def test_a_group_in_a_space_that_is_not_there_is_not_begun(client, ana, slug, status):
    client.force_login(ana)
    assert client.get(address("group_new"), {"space": slug}).status_code == status
