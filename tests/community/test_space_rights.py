"""Making a space, and that nobody is reached through another one; who may do what stands in `rights/`."""

import pytest

from community.members.enums import Role
from community.models import Space
from tests.factories import MemberFactory
from tests.initiatives.pages import address

from .spaces import invitation, space_of

pytestmark = pytest.mark.django_db


def test_who_looks_after_the_community_makes_a_space_for_somebody_else(client):
    client.force_login(MemberFactory(roles=[Role.ANIMATOR]))
    form = {
        "name": "Grain Commun",
        "purpose": "Ovens",
        "readers": "private",
        "email": "Zoe@demo.example",
        "language": "en",
    }
    statuses = [client.get(address("space_new")).status_code]
    # Pressed twice it is one.
    statuses += [client.post(address("space_new"), form).status_code for _press in range(2)]
    space = Space.objects.get()
    assert statuses == [200, 302, 302]
    assert (space.is_private, space.memberships.count()) == (True, 0)
    assert space.invitations.get().email == "zoe@demo.example"


def test_nobody_is_reached_through_another_space(client):
    facilitator = MemberFactory()
    client.force_login(facilitator)
    elsewhere = space_of("public", MemberFactory(), MemberFactory())
    theirs, invited = elsewhere.memberships.last(), invitation(elsewhere)
    slug = space_of("public", facilitator).slug
    assert client.post(address("space_membership", slug, theirs.pk), {"remove": 1}).status_code == 404
    assert client.post(address("space_invitation", slug, invited.pk), {"revoke": 1}).status_code == 404
    assert elsewhere.memberships.count() == 2
    assert elsewhere.invitations.get().pk == invited.pk
