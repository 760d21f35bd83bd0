"""The people of a space: who is told what they are in it, who sees the members, what its facilitators know."""

import pytest

from community.members.enums import Visibility
from community.spaces import actions
from community.topics import actions as topics
from tests.factories import MemberFactory
from tests.initiatives.pages import address, page

from .groups import group_of
from .spaces import sent, space_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    """Who runs the space."""
    return MemberFactory(language="en", public_name="Ana")


@pytest.fixture
def bea():
    """A member of it."""
    return MemberFactory(language="en", public_name="Bea Blum", public_name_seen_by=Visibility.NOBODY)


@pytest.fixture
def space(ana, bea):
    """A private space."""
    return space_of("private", ana, bea, name="Grain Commun")


def test_who_is_given_a_role_loses_one_or_is_removed_gets_a_mail(space, ana, bea):
    own = space.memberships.get(member=bea)
    told = []
    for role in ("facilitator", "facilitator", "member"):
        actions.change_role(own, by=ana, role=role)
        told += [(mail.to, mail.subject, mail.body) for mail in sent()]
        sent_jobs_are_done()
    actions.remove(own, by=ana)
    told += [(mail.to, mail.subject, mail.body) for mail in sent()]
    assert len(told) == 3
    assert {subject for _to, subject, _body in told} == {"[Social Planet] Your place in Grain Commun"}
    assert {to[0] for to, _subject, _body in told} == {bea.email}
    given, lost, gone = (body for _to, _subject, body in told)
    assert "you run the space Grain Commun now" in given
    assert "no longer run it" in lost
    assert f"/spaces/{space.slug}/" in lost
    assert "you do not belong to the space Grain Commun any more" in gone
    assert space.slug not in gone
    # Service mail: there is no way out of it.
    assert "No such letter any more" not in gone


def sent_jobs_are_done() -> None:
    """As the worker leaves them."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    ProcrastinateJob.objects.all()._raw_delete("default")


def test_who_changes_their_own_place_gets_no_mail(space, ana, bea):
    space.memberships.create(member=MemberFactory(), role="facilitator")
    actions.change_role(space.memberships.get(member=ana), by=ana, role="member")
    actions.leave(space, by=ana)
    assert sent() == []


def test_a_mail_says_what_is_so_when_it_goes_out(space, ana, bea):
    actions.remove(space.memberships.get(member=bea), by=ana)
    space.memberships.create(member=bea)
    assert "you are a member of the space" in sent()[0].body
    bea.is_active = False
    bea.save()
    assert sent() == []


def test_members_see_each_other_in_pages(client, space, ana, bea, django_assert_max_num_queries):
    for number in range(60):
        space.memberships.create(member=MemberFactory(public_name=f"Person {number:02}"))
    client.force_login(bea)
    assert address("space_members", space.slug) in page(client, "space", space.slug)
    with django_assert_max_num_queries(9):
        body = page(client, "space_members", space.slug)
    assert "62 members" in body
    assert body.index(">Ana<") < body.rindex(">Bea Blum<")
    assert "Person 59" not in body
    assert "Person 59" in client.get(address("space_members", space.slug), {"page": 2}).content.decode()


def test_others_see_of_a_public_space_whoever_shows_their_name(client, ana, bea):
    public = space_of("public", ana, bea)
    ana.public_name_seen_by = Visibility.EVERYONE
    ana.save()
    body = page(client, "space_members", public.slug)
    assert ">Ana<" in body
    assert "Bea Blum" not in body
    assert "and 1 member who does not show their name here" in body
    public.memberships.filter(member=ana).delete()
    assert "Nobody shows their name here" in page(client, "space_members", public.slug)


def test_who_runs_a_private_space_knows_its_groups_and_not_what_is_said_there(client, space, ana, bea):
    group = group_of("private", bea, space=space, name="Wages")
    topics.begin(group, by=bea, title="How much", text="Eleven")
    client.force_login(ana)
    body = page(client, "space", space.slug)
    assert "Wages" in body
    assert "for its members" in body
    assert group.slug not in body
    assert "How much" not in body
    for name in ("group", "topics", "group_members"):
        assert client.get(address(name, group.slug)).status_code == 404
    actions.change_role(space.memberships.get(member=bea), by=ana, role="facilitator")
    client.force_login(bea)
    assert address("group", group.slug) in page(client, "space", space.slug)


def test_who_runs_a_public_space_does_not_learn_of_its_private_groups_from_outside(client, ana, bea):
    public = space_of("public", ana, bea)
    group_of("private", bea, space=public, name="Wages")
    for reader in (None, MemberFactory()):
        if reader:
            client.force_login(reader)
        assert "Wages" not in page(client, "space", public.slug)
