"""Two at the same time are one: coming in, being accepted, leaving the last."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from community.groups import actions
from community.models import Group, GroupInvitation, GroupMembership, GroupRequest
from tests.factories import MemberFactory

from .groups import group_of, invitation

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 6


def at_once(*calls) -> list:
    """What each call gives when all begin together, or the error it ended with."""

    def one(call):
        try:
            return call()
        except (ValidationError, actions.ClosedError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def test_joining_at_once_is_one_membership():
    group, zoe = group_of("open", MemberFactory()), MemberFactory()
    found = at_once(*[lambda: actions.join(group, by=zoe)] * TIMES)
    assert len({membership.pk for membership in found}) == 1
    assert GroupMembership.objects.filter(group=group, member=zoe).count() == 1


def test_beginning_a_group_at_once_is_one_group():
    ana = MemberFactory()
    values = {"name": "Shared ovens", "purpose": "x", "kind": "private", "language": "en"}
    at_once(*[lambda: actions.create(by=ana, values=values)] * TIMES)
    assert Group.objects.get().memberships.count() == 1


def test_asking_at_once_is_one_request():
    group, zoe = group_of("public", MemberFactory()), MemberFactory()
    at_once(*[lambda: actions.ask(group, by=zoe)] * TIMES)
    assert GroupRequest.objects.count() == 1


def test_a_request_is_decided_once():
    ana, zoe = MemberFactory(), MemberFactory()
    group = group_of("public", ana)
    asked = actions.ask(group, by=zoe)
    found = at_once(
        *[lambda: actions.accept_request(asked, by=ana)] * 3,
        *[lambda: actions.refuse_request(asked, by=ana, reason="No.")] * 3,
    )
    assert sum(isinstance(one, actions.ClosedError) for one in found) == TIMES - 1
    assert not GroupRequest.objects.exists()


def test_a_link_lets_one_in_however_many_follow_it():
    group = group_of("private", MemberFactory())
    one = invitation(group)
    people = [MemberFactory() for _number in range(TIMES)]
    found = at_once(*[lambda member=member: actions.accept(one, by=member) for member in people])
    assert sum(isinstance(each, GroupMembership) for each in found) == 1
    assert group.memberships.count() == 2


def test_an_address_is_invited_once():
    ana = MemberFactory()
    group = group_of("private", ana)
    given = {"email": "zoe@demo.example", "role": "member", "language": "en"}
    at_once(*[lambda: actions.invite(group, by=ana, **given)] * TIMES)
    assert GroupInvitation.objects.count() == 1


def test_two_who_run_a_group_do_not_both_leave_it_to_the_others():
    ana, bea = MemberFactory(), MemberFactory()
    group = group_of("open", ana, MemberFactory())
    group.memberships.create(member=bea, role="animator")
    found = at_once(lambda: actions.leave(group, by=ana), lambda: actions.leave(group, by=bea))
    assert sum(isinstance(one, ValidationError) for one in found) == 1
    assert group.memberships.animating().count() == 1


def test_two_who_are_left_leave_together_and_it_is_put_away():
    ana, bea = MemberFactory(), MemberFactory()
    group = group_of("open", ana)
    group.memberships.create(member=bea, role="animator")
    at_once(lambda: actions.leave(group, by=ana), lambda: actions.leave(group, by=bea))
    group.refresh_from_db()
    assert group.memberships.count() == 0
    assert group.archived_at is not None
