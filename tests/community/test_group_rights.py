"""Who may do what with a group: every role, every verb, every kind, through the pages."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from community.groups import actions
from community.members.enums import Role
from community.models import Group, GroupRequest
from tests.factories import MemberFactory
from tests.initiatives.pages import address

from .groups import group_of, invitation

pytestmark = pytest.mark.django_db

ROLES = ["nobody", "other", "former", "asking", "member", "animator", "moderator", "manager", "admin"]
KINDS = ["public", "open", "private", "archived"]
OVERSEERS = {"moderator", "manager", "admin"}
INSIDE = {"member", "animator"}
RUNNING = {"animator", *OVERSEERS}
SIGNED_IN = set(ROLES) - {"nobody"}
# A verb: name of the route, what is sent, and who may by the kind.
VERBS = {
    "read": ("group", None),
    "members": ("group_members", None),
    "edit": ("group_edit", {"name": "New name", "purpose": "New", "kind": "private"}),
    "people": ("group_people", {"email": "new@demo.example", "role": "member", "language": "en"}),
    "change role": ("group_membership", {"role": "animator"}),
    "remove": ("group_membership", {"remove": "1"}),
    "let in": ("group_request", {}),
    "refuse": ("group_request", {"refuse": "1", "reason": "Not now."}),
    "invite again": ("group_invitation", {}),
    "revoke": ("group_invitation", {"revoke": "1"}),
    "join": ("group_join", {"message": "Hello"}),
    "withdraw": ("group_withdraw", {}),
    "leave": ("group_leave", {}),
    "mail": ("group_mail", {"frequency": "none"}),
    "hand over": ("group_hand_over", {}),
    "archive": ("group_archive", {}),
    "reopen": ("group_archive", {"reopen": "1"}),
}
RUN = {"edit", "people", "change role", "remove", "let in", "refuse", "invite again", "revoke"}


def allowed(verb: str, kind: str) -> set[str]:
    """Who may, so that something changes, or is read."""
    if verb in {"read", "members"}:
        return set(ROLES) if kind != "private" else INSIDE | OVERSEERS
    if verb in {"archive", "reopen"}:
        return RUNNING
    if verb in RUN:
        return set() if kind == "archived" else RUNNING
    if verb == "hand over":
        return set() if kind == "archived" else {"animator"}
    if verb in {"leave", "mail"}:
        return INSIDE
    if verb == "withdraw":
        return {"asking"} if kind != "private" else set()
    return {"public": SIGNED_IN - INSIDE - {"asking"}, "open": SIGNED_IN - INSIDE}.get(kind, set())


@pytest.fixture
def people() -> dict:
    """One of each role; a second animator lets the first leave."""
    roles = {"moderator": [Role.MODERATOR], "manager": [Role.ANIMATOR]}
    found = {
        name: MemberFactory(roles=roles.get(name, [])) for name in ROLES if name not in ("nobody", "admin")
    }
    return found | {"admin": MemberFactory(is_superuser=True, is_staff=True), "third": MemberFactory()}


@pytest.fixture
def groups(people) -> dict[str, Group]:
    """One of each kind, with the same people, a request and an invitation."""
    made = {}
    for kind in KINDS:
        group = group_of(kind, people["animator"], people["member"], people["third"], people["former"])
        group.memberships.create(member=MemberFactory(), role="animator")
        actions.leave(group, by=people["former"])
        GroupRequest.objects.create(group=group, member=people["asking"])
        invitation(group)
        made[kind] = group
    return made


def state(group: Group) -> tuple:
    """All that a verb may change."""
    return (
        list(Group.objects.filter(pk=group.pk).values_list("name", "purpose", "kind", "archived_at")),
        sorted(group.memberships.values_list("member", "role", "frequency")),
        sorted(group.requests.values_list("member", flat=True)),
        sorted(group.invitations.values_list("email", "mails")),
    )


def sends(client, verb: str, group: Group, people: dict):
    """What a browser sends for a verb."""
    name, form = VERBS[verb]
    third = group.memberships.get(member=people["third"])
    last = {
        "group_membership": [third.pk],
        "group_request": [group.requests.get().pk],
        "group_invitation": [group.invitations.get().pk],
    }.get(name, [])
    where = address(name, group.slug, *last)
    if form is None:
        return client.get(where)
    if verb == "hand over":
        form = {"to": third.pk}
    if verb == "edit":
        form = form | {"kind": group.kind}
    return client.post(where, form)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_for_those_whom_it_is_meant_for(client, people, groups, verb, kind, subtests):
    group = groups[kind]
    for role in ROLES:
        with subtests.test(role=role):
            client.logout()
            if role != "nobody":
                client.force_login(people[role])
            before = state(group)
            point = transaction.savepoint()
            answer = sends(client, verb, group, people)
            done = answer.status_code == 200 if VERBS[verb][1] is None else state(group) != before
            transaction.savepoint_rollback(point)
            is_expected = role in allowed(verb, kind)
            if verb in {"archive", "reopen"} and (verb == "archive") == (kind == "archived"):
                # It is so already: once more changes nothing.
                is_expected = False
            assert done == is_expected, (answer.status_code, answer.headers.get("Location"))
            if role == "nobody" and VERBS[verb][1] is not None:
                assert "/accounts/login/" in answer.url
            elif kind == "private" and role not in INSIDE | OVERSEERS:
                assert answer.status_code == 404
            elif not is_expected:
                assert answer.status_code in {302, 403}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ["nobody", "other", "former", "asking"])
def test_a_private_group_answers_as_one_that_does_not_exist(client, people, groups, role, verb):
    if role != "nobody":
        client.force_login(people[role])
    private = groups["private"]
    name, form = VERBS[verb]
    pk = {
        "group_membership": [private.memberships.first().pk],
        "group_request": [private.requests.get().pk],
        "group_invitation": [private.invitations.get().pk],
    }.get(name, [])
    told = []
    for slug in (private.slug, "x" * len(private.slug)):
        where = address(name, slug, *pk)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(where) if form is None else client.post(where, form)
        body = answer.content.decode().replace(slug, "")
        location = answer.headers.get("Location", "").replace(slug, "")
        told.append((answer.status_code, body, location, len(queries)))
    assert told[0] == told[1]
    assert told[0][0] == (302 if role == "nobody" and form is not None else 404)


@pytest.mark.parametrize("role", ["other", "former", "asking", "member", "moderator", "manager", "admin"])
def test_actions_ask_for_the_right_themselves(people, groups, role):
    group, by = groups["archived"], people[role]
    with pytest.raises(PermissionDenied):
        actions.revise(group, by=by, values={"name": "New"})
    with pytest.raises(PermissionDenied):
        actions.invite(group, by=by, email="a@demo.example", role="member", language="en")
    if role not in OVERSEERS:
        with pytest.raises(PermissionDenied):
            actions.reopen(group, by=by)
    if role != "member":
        with pytest.raises(PermissionDenied):
            actions.join(group, by=by)


def test_nobody_is_reached_through_another_group(client, people, groups):
    client.force_login(people["animator"])
    elsewhere = group_of("open", MemberFactory(), MemberFactory())
    theirs = elsewhere.memberships.last()
    asked = GroupRequest.objects.create(group=elsewhere, member=people["other"])
    invited = invitation(elsewhere)
    slug, before = groups["open"].slug, state(elsewhere)
    for name, row, form in (
        ("group_membership", theirs, {"remove": 1}),
        ("group_request", asked, {}),
        ("group_invitation", invited, {"revoke": 1}),
    ):
        assert client.post(address(name, slug, row.pk), form).status_code in {302, 404}
    assert state(elsewhere) == before
