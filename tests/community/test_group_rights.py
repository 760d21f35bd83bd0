"""Nobody of a group is reached through the address of another; who may do what stands in `rights/`."""

import pytest

from community.models import Group, GroupRequest
from tests.factories import MemberFactory
from tests.initiatives.pages import address

from .groups import group_of, invitation

pytestmark = pytest.mark.django_db


def state(group: Group) -> tuple:
    """All that a verb may change."""
    return (
        sorted(group.memberships.values_list("member", "role")),
        sorted(group.requests.values_list("member", flat=True)),
        sorted(group.invitations.values_list("email", "mails")),
    )


def test_nobody_is_reached_through_another_group(client):
    animator = MemberFactory()
    client.force_login(animator)
    elsewhere = group_of("open", MemberFactory(), MemberFactory())
    theirs = elsewhere.memberships.last()
    asked = GroupRequest.objects.create(group=elsewhere, member=MemberFactory())
    invited = invitation(elsewhere)
    slug, before = group_of("open", animator).slug, state(elsewhere)
    for name, row, form in (
        ("group_membership", theirs, {"remove": 1}),
        ("group_request", asked, {}),
        ("group_invitation", invited, {"revoke": 1}),
    ):
        assert client.post(address(name, slug, row.pk), form).status_code in {302, 404}
    assert state(elsewhere) == before
