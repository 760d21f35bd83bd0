"""The list of groups, and that pages ask as little for many as for few."""

import pytest
from django.utils import timezone

from community.groups import forms
from community.members.enums import Role, Visibility
from community.models import GroupRequest
from tests.factories import CollectiveFactory, GroupFactory, MemberFactory, TerritoryFactory
from tests.initiatives.pages import address, page

from .groups import group_of, invitation

pytestmark = pytest.mark.django_db


def names(client, **filters) -> list[str]:
    """Names of the groups that the list shows."""
    answer = client.get(address("groups"), filters)
    assert answer.status_code == 200
    return [group.name for group in answer.context["page"]]


def test_a_list_without_groups_says_what_to_do(client):
    assert "No group yet" in page(client, "groups")
    GroupFactory()
    answer = client.get(address("groups"), {"q": "nothing like it"})
    assert "No group fits" in answer.content.decode()


def test_own_groups_come_first_and_private_ones_for_their_members_alone(client):
    ana, zoe = MemberFactory(), MemberFactory()
    for kind, name in (("open", "A first"), ("private", "Hidden"), ("archived", "Put away")):
        group_of(kind, zoe, name=name)
    group_of("private", ana, name="Z own")
    for reader in (None, MemberFactory(is_superuser=False)):
        if reader:
            client.force_login(reader)
        assert names(client) == ["A first"]
        assert "Put away" not in page(client, "groups")
    client.force_login(ana)
    assert names(client) == ["Z own", "A first"]
    client.force_login(zoe)
    assert names(client) == ["A first", "Hidden"]
    assert "Put away" in page(client, "groups")
    client.force_login(MemberFactory(roles=[Role.MODERATOR]))
    assert names(client) == ["A first", "Hidden", "Z own"]


def test_words_kind_and_territory_narrow_the_list(client, rhone, france):
    GroupFactory(name="Shared ovens", purpose="Bread for all", kind="public", territory=rhone)
    GroupFactory(name="Bicycles", purpose="Mend and share", collective=CollectiveFactory(territory=rhone))
    GroupFactory(name="Elsewhere", territory=TerritoryFactory(code="DE-1", parent=None))
    group_of("private", MemberFactory(), territory=TerritoryFactory(code="XX-hidden"), name="Hidden")
    assert names(client, q="SHARE") == ["Bicycles", "Shared ovens"]
    assert names(client, q="bread ovens") == ["Shared ovens"]
    assert names(client, q="100%_") == []
    assert names(client, kind="public") == ["Shared ovens"]
    assert names(client, kind="private") == []
    assert names(client, territory="FR-69") == ["Bicycles", "Shared ovens"]
    assert names(client, territory="FR") == ["Bicycles", "Shared ovens"]
    assert names(client, territory="DE-1") == ["Elsewhere"]
    # Not even the place of a private one is told.
    assert "XX-hidden" not in page(client, "groups")


@pytest.mark.parametrize(
    ("filters", "field"),
    [
        ({"q": "x" * 101}, "q"),
        ({"kind": "secret"}, "kind"),
        ({"territory": "XX"}, "territory"),
    ],
)
def test_a_filter_that_cannot_be_read_is_named(client, filters, field):
    GroupFactory()
    answer = client.get(address("groups"), filters)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]


@pytest.mark.parametrize("number", ["x", "0", "-1", "9" * 40])
def test_any_page_number_gives_a_page(client, number):
    for _number in range(25):
        GroupFactory()
    assert client.get(address("groups"), {"page": number}).status_code == 200


def test_of_many_places_the_largest_are_offered_and_any_can_be_asked_for(client, rhone, monkeypatch):
    monkeypatch.setattr(forms, "MOST_PLACES", 1)
    group_of("open", MemberFactory(), territory=rhone, name="Shared ovens")
    body = page(client, "groups")
    assert '<option value="FR">' in body
    assert 'value="FR-69"' not in body
    assert "Shared ovens" in client.get(address("groups"), {"territory": "FR-69"}).content.decode()
    assert client.get(address("groups"), {"territory": "FR-\x0069"}).status_code == 400
    assert client.get(address("groups"), {"territory": "XX"}).status_code == 400


def test_lists_ask_as_much_for_many(client, rhone, django_assert_max_num_queries):
    ana = MemberFactory()
    for _number in range(12):
        group = group_of("open", ana, territory=rhone)
        group_of("archived", ana)
        GroupFactory(collective=CollectiveFactory(territory=rhone))
    for number in range(12):
        shown = MemberFactory(public_name_seen_by=Visibility.EVERYONE)
        group.memberships.create(member=shown, role="animator" if number % 2 else "member")
        GroupRequest.objects.create(group=group, member=MemberFactory())
        invitation(group, f"a{number}@demo.example")
    client.force_login(ana)
    budgets = {"group_people": 10, "group_members": 9, "group_hand_over": 9}
    with django_assert_max_num_queries(9):
        page(client, "groups")
    for name, most in budgets.items():
        with django_assert_max_num_queries(most):
            page(client, name, group.slug)
    client.logout()
    with django_assert_max_num_queries(4):
        page(client, "groups")


def test_every_page_of_a_group_is_there_for_who_runs_it(client):
    ana = MemberFactory()
    group = group_of("public", ana, MemberFactory())
    GroupRequest.objects.create(group=group, member=MemberFactory(), message="<b>Hello</b>")
    client.force_login(ana)
    for name in ("edit", "people", "members", "leave", "mail", "hand_over", "archive"):
        body = page(client, f"group_{name}", group.slug)
        assert body.count("<h1>") == 1
        assert "<b>Hello</b>" not in body
    assert client.get(address("group_join", group.slug)).url == address("group", group.slug)
    group.archived_at = timezone.now()
    group.save()
    assert "Open again" in page(client, "group_archive", group.slug)
    assert client.get(address("group_people", group.slug)).status_code == 403


def test_long_words_and_many_pages_of_members_are_shown(client):
    group = group_of("open", MemberFactory(), name="x" * 120, purpose="y" * 2_000)
    for _number in range(51):
        group.memberships.create(member=MemberFactory(public_name_seen_by=Visibility.EVERYONE))
    assert "Page 1 of 2" in page(client, "group_members", group.slug)
    assert "x" * 120 in page(client, "groups")
    client.force_login(group.memberships.animating().get().member)
    assert "Page 1 of 2" in page(client, "group_people", group.slug)
