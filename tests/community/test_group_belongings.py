"""What groups hold of a member: given, told before they leave, forgotten."""

import json

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from community.members import actions, belongings
from community.models import GroupInvitation, GroupMembership, GroupRequest
from tests.factories import MemberFactory

from .groups import ANIMATOR, group_of, invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    """Someone who runs one group alone, another with nobody else in it, and asks to join a third."""
    ana = MemberFactory(email="ana@demo.example", public_name="Ana Probe", language="en")
    group_of("open", ana, MemberFactory(), name="With others")
    group_of("private", ana, name="Alone")
    shared = group_of("public", ana, name="Shared")
    shared.memberships.create(member=MemberFactory(), role=ANIMATOR)
    other = group_of("public", MemberFactory(), name="Asked")
    GroupRequest.objects.create(group=other, member=ana, message="I bake.")
    invitation(other, "Ana@demo.example")
    invitation(shared, "zoe@demo.example", by=ana)
    return ana


def test_all_that_groups_hold_is_given(ana):
    told = belongings.given(ana)
    assert {one["group__name"] for one in told["groups"]} == {"With others", "Alone", "Shared"}
    assert {one["name"] for one in told["groups_begun"]} == {"With others", "Alone", "Shared"}
    assert [one["message"] for one in told["group_requests"]] == ["I bake."]
    assert [one["email"] for one in told["group_invitations"]] == ["Ana@demo.example"]
    assert "zoe@demo.example" not in json.dumps(told, default=str)


def test_groups_that_nobody_else_runs_are_told_before(ana):
    (told,) = belongings.warnings(ana)
    assert "With others" in told


def test_nothing_of_a_member_is_left_in_groups(ana):
    kind = ContentType.objects.get_for_model(GroupMembership)
    for row in ana.group_memberships.all():
        LogEntry.objects.create(
            user=ana, content_type=kind, object_id=row.pk, object_repr="Ana Probe", action_flag=CHANGE
        )
    actions.erase(ana, by=ana)
    assert not GroupMembership.objects.filter(member=ana).exists()
    assert not GroupRequest.objects.exists()
    assert list(GroupInvitation.objects.values_list("email", "by")) == [("zoe@demo.example", None)]
    assert set(LogEntry.objects.values_list("object_repr", flat=True)) == {""}


def test_what_they_alone_were_in_is_put_away(ana):
    groups = {row.group.name: row.group for row in ana.group_memberships.select_related("group")}
    actions.erase(ana, by=ana)
    for group in groups.values():
        group.refresh_from_db()
    assert {name for name, group in groups.items() if group.is_archived} == {"Alone"}
