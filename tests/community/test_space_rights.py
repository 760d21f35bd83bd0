"""Who may do what with a space: every role, every verb, every kind, through the pages."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from community.members.enums import Role
from community.models import Group, Space
from community.spaces import actions
from tests.factories import MemberFactory
from tests.initiatives.pages import address

from .spaces import invitation, space_of

pytestmark = pytest.mark.django_db

ROLES = ["nobody", "other", "former", "member", "facilitator", "moderator", "manager", "admin"]
KINDS = ["public", "private", "archived"]
OVERSEERS = {"manager", "admin"}
INSIDE = {"member", "facilitator"}
RUNNING = {"facilitator", *OVERSEERS}
# A verb: name of the route, and what is sent.
VERBS = {
    "read": ("space", None),
    "read the form": ("space_edit", None),
    "read the people": ("space_people", None),
    "edit": ("space_edit", {"name": "New", "purpose": "New", "accent": "pine", "filter": "q=bread"}),
    "invite": ("space_people", {"email": "new@demo.example", "role": "member", "language": "en"}),
    "change role": ("space_membership", {"role": "facilitator"}),
    "remove": ("space_membership", {"remove": "1"}),
    "invite again": ("space_invitation", {}),
    "revoke": ("space_invitation", {"revoke": "1"}),
    "read the links": ("space_resources", None),
    "read the members": ("space_members", None),
    "add a link": ("space_resources", {"title": "Charter", "url": "https://example.org/charter"}),
    "move a link": ("space_resource", {"verb": "up"}),
    "take a link away": ("space_resource", {"verb": "remove"}),
    "leave": ("space_leave", {}),
    "archive": ("space_archive", {}),
    "reopen": ("space_archive", {"reopen": "1"}),
    "begin a group": ("group_new", {"name": "Ovens", "purpose": "Bread", "kind": "private"}),
}
# For visitors too, as far as they may know of the space.
OPEN = {"read", "read the members"}
RUN = {
    "read the form",
    "read the people",
    "read the links",
    "add a link",
    "move a link",
    "take a link away",
    "edit",
    "invite",
    "change role",
    "remove",
    "invite again",
    "revoke",
}


def allowed(verb: str, kind: str) -> set[str]:
    """Who may, so that something changes, or is read."""
    if verb in OPEN:
        return set(ROLES) if kind != "private" else INSIDE | OVERSEERS
    if verb in {"archive", "reopen"}:
        return RUNNING if (verb == "archive") == (kind != "archived") else set()
    if verb == "leave":
        return INSIDE
    if kind == "archived":
        return set()
    return RUNNING if verb in RUN else INSIDE


@pytest.fixture
def people() -> dict:
    """One of each role."""
    roles = {"moderator": [Role.MODERATOR], "manager": [Role.ANIMATOR]}
    found = {
        name: MemberFactory(roles=roles.get(name, [])) for name in ROLES if name not in ("nobody", "admin")
    }
    return found | {"admin": MemberFactory(is_superuser=True, is_staff=True), "third": MemberFactory()}


@pytest.fixture
def spaces(people) -> dict[str, Space]:
    """One of each kind, with the same people and an invitation; a second facilitator lets the first leave."""
    made = {}
    for kind in KINDS:
        members = [people[name] for name in ("member", "third", "former")]
        space = space_of(kind, people["facilitator"], *members)
        space.memberships.create(member=MemberFactory(), role="facilitator")
        actions.leave(space, by=people["former"])
        invitation(space)
        for number, title in enumerate(("First", "Last")):
            space.resources.create(title=title, url=f"https://example.org/{number}", position=number)
        made[kind] = space
    return made


def state(space: Space) -> tuple:
    """All that a verb may change."""
    return (
        list(Space.objects.filter(pk=space.pk).values_list("name", "purpose", "query", "archived_at")),
        sorted(space.memberships.values_list("member", "role")),
        sorted(space.invitations.values_list("email", "mails")),
        list(space.resources.values_list("title", flat=True)),
        Group.objects.filter(space=space).count(),
    )


def where(verb: str, slug: str, space: Space, people: dict) -> str:
    """The address to which a verb is sent."""
    name = VERBS[verb][0]
    if name == "group_new":
        return f"{address(name)}?space={slug}"
    last = {
        "space_membership": [space.memberships.get(member=people["third"]).pk],
        "space_invitation": [space.invitations.get().pk],
        "space_resource": [space.resources.get(title="Last").pk],
    }.get(name, [])
    return address(name, slug, *last)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_for_those_whom_it_is_meant_for(client, people, spaces, verb, kind, subtests):
    space, form = spaces[kind], VERBS[verb][1]
    for role in ROLES:
        with subtests.test(role=role):
            client.logout()
            if role != "nobody":
                client.force_login(people[role])
            before = state(space)
            point = transaction.savepoint()
            asked = where(verb, space.slug, space, people)
            answer = client.get(asked) if form is None else client.post(asked, form)
            done = answer.status_code == 200 if form is None else state(space) != before
            transaction.savepoint_rollback(point)
            assert done == (role in allowed(verb, kind)), answer.status_code
            if role == "nobody" and verb not in OPEN:
                assert "/accounts/login/" in answer.url
            elif kind == "private" and role not in INSIDE | OVERSEERS:
                assert answer.status_code == 404
            elif not done:
                assert answer.status_code in {302, 403}


@pytest.mark.parametrize("verb", [*VERBS, "logo"])
@pytest.mark.parametrize("role", ["nobody", "other", "former", "moderator"])
def test_a_private_space_answers_as_one_that_does_not_exist(client, people, spaces, role, verb):
    if role != "nobody":
        client.force_login(people[role])
    private = spaces["private"]
    told = []
    for slug in (private.slug, "x" * len(private.slug)):
        asked = address("space_logo", slug) if verb == "logo" else where(verb, slug, private, people)
        form = None if verb == "logo" else VERBS[verb][1]
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(asked) if form is None else client.post(asked, form)
        body = answer.content.decode().replace(slug, "")
        location = answer.headers.get("Location", "").replace(slug, "")
        told.append((answer.status_code, body, location, len(queries)))
    assert told[0] == told[1]
    assert told[0][0] == (302 if role == "nobody" and verb not in OPEN | {"logo"} else 404)


@pytest.mark.parametrize("role", ROLES)
def test_only_who_looks_after_the_community_makes_spaces(client, people, role):
    if role != "nobody":
        client.force_login(people[role])
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
    if role in OVERSEERS:
        space = Space.objects.get()
        assert statuses == [200, 302, 302]
        assert (space.is_private, space.memberships.count()) == (True, 0)
        assert space.invitations.get().email == "zoe@demo.example"
    else:
        assert statuses == [302 if role == "nobody" else 403] * 3
        assert not Space.objects.exists()


@pytest.mark.parametrize("role", ["other", "former", "member", "moderator"])
def test_actions_ask_for_the_right_themselves(people, spaces, role):
    space, by = spaces["public"], people[role]
    with pytest.raises(PermissionDenied):
        actions.revise(space, by=by, values={"name": "New"})
    with pytest.raises(PermissionDenied):
        actions.invite(space, by=by, email="a@demo.example", role="member", language="en")
    with pytest.raises(PermissionDenied):
        actions.archive(space, by=by)
    with pytest.raises(PermissionDenied):
        actions.create(by=by, values={"name": "x"}, email="a@demo.example", language="en")


def test_nobody_is_reached_through_another_space(client, people, spaces):
    client.force_login(people["facilitator"])
    elsewhere = space_of("public", MemberFactory(), MemberFactory())
    theirs, invited, before = elsewhere.memberships.last(), invitation(elsewhere), state(elsewhere)
    slug = spaces["public"].slug
    assert client.post(address("space_membership", slug, theirs.pk), {"remove": 1}).status_code == 404
    assert client.post(address("space_invitation", slug, invited.pk), {"revoke": 1}).status_code == 404
    assert state(elsewhere) == before
