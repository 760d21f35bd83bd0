"""The table of rights, walked cell by cell through the page, the API and the action below."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from community.collectives import actions as collectives
from community.topics import actions as topics
from tests.house.test_doors import ROUTES
from tests.initiatives.pages import address

from .matrix import GROUP_ROLES, SPACE_ROLES, Verb, row
from .of_groups import VERBS as OF_GROUPS
from .of_order import VERBS as OF_ORDER
from .of_running import VERBS as OF_RUNNING
from .of_spaces import VERBS as OF_SPACES
from .of_topics import VERBS as OF_TOPICS
from .world import World, state, untouched

pytestmark = pytest.mark.django_db
OF_ALL_GROUPS = [*OF_GROUPS, *OF_RUNNING, *OF_TOPICS, *OF_ORDER]
REFUSED = (PermissionDenied, ValidationError, collectives.ClosedError, topics.ClosedError)
SIGNS = {400: "u", 403: "n", 404: "h"}
# Whose name or address says that it is about groups, topics or spaces.
ROOMS = re.compile(r"group|topic|post(?!er)|space|agenda|meeting")
CELLS = [
    pytest.param(verb, kind, which, id=f"{which}: {verb.says}: {kind}")
    for which, verbs in (("group", OF_ALL_GROUPS), ("space", OF_SPACES))
    for verb in verbs
    for kind in verb.kinds
]
ANYWHERE = [cell for cell in CELLS if cell.values[0].args[:1] == ("slug",) and cell.values[1] == "private"]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once: every cell is rolled back, and this at the end."""
    with (
        django_db_blocker.unblock(),
        override_settings(ATTACHMENTS_ROOT=tmp_path_factory.mktemp("attachments")),
        transaction.atomic(),
    ):
        yield World()
        transaction.set_rollback(True)


def at(world: World, which: str, kind: str):
    """The group or space of a kind."""
    return {"group": world.groups, "space": world.spaces}[which][kind]


def where(place, door: str, args: tuple[str, ...], query: str, slug: str = "") -> str:
    """The address of a door, with another address of the place where that is asked for."""
    known = vars(place) | ({"slug": slug} if slug else {})
    filled = [known[name] for name in args]
    return address(door, *filled) + (f"?{query.format(**known)}" if query else "")


def sent(client, verb: Verb, place, asked: str):
    """What a browser sends for a verb."""
    return client.get(asked) if verb.sends is None else client.post(asked, verb.sends(place))


def body(answer) -> str:
    """All that an answer says."""
    return (
        answer.getvalue().decode(errors="replace")
        if answer.streaming
        else answer.content.decode(errors="replace")
    )


def sign(answer, place, verb: Verb, *, changed: bool) -> str:
    """How the table writes an answer; whatever is refused has changed nothing and tells nothing."""
    said = body(answer)
    if "/accounts/login/" in answer.headers.get("Location", ""):
        found = "s"
    elif verb.sends is not None and changed:
        found = "y"
    elif verb.sends is None and answer.status_code == 200:
        found = "y" if not verb.shows or getattr(place, verb.shows) in said else "."
    else:
        # A form that does not take a choice says so with 400 too.
        found = SIGNS.get(answer.status_code, ".") if verb.sends is None or answer.status_code != 400 else "."
    is_silent = found in "yn." or place.name not in said
    return found if is_silent and (found == "y" or not changed) else f"<{found} tells or changes>"


def by_page(world: World, place, verb: Verb, roles: list[str]) -> str:
    """What everybody gets at the page."""
    asked, found = where(place, verb.door, verb.args, verb.query), []
    for role in roles:
        with done(world, place, verb) as before:
            answer = sent(world.clients[role], verb, place, asked)
            changed = state() != before
            assert not (changed and verb.sends is None), "Reading changes nothing."
            found.append(sign(answer, place, verb, changed=changed))
    return "".join(found)


def by_api(world: World, place, verb: Verb, roles: list[str]) -> str:
    """What everybody gets of the API, which is only read."""
    asked = where(place, verb.api, verb.api_args, verb.query if verb.api == "count" else "")
    return "".join(sign(world.clients[role].get(asked), place, verb, changed=False) for role in roles)


def by_action(world: World, place, verb: Verb, roles: list[str]) -> str:
    """Whether the action does it: with an account, as nobody else is handed to one."""
    found = []
    for role in roles[1:]:
        with done(world, place, verb) as before:
            with suppress(*REFUSED):
                verb.acts(place, world.people[role])
            found.append("y" if state() != before else ".")
    return "".join(found)


@contextmanager
def done(world: World, place, verb: Verb) -> Iterator[tuple]:
    """A verb is done inside, and is not afterwards; gives all that it may change, as it was before."""
    with untouched():
        if verb.first:
            verb.first(place)
        yield state() if verb.first else world.state


@pytest.mark.parametrize(("verb", "kind", "which"), CELLS)
def test_everybody_gets_at_each_door_what_the_table_says(world, verb, kind, which):
    place, roles = at(world, which, kind), {"group": GROUP_ROLES, "space": SPACE_ROLES}[which]
    expected = row(verb.rows, kind)
    assert by_page(world, place, verb, roles) == expected
    if verb.api:
        assert by_api(world, place, verb, roles) == row(verb.api_rows, kind)
    if verb.acts:
        acting = row(verb.act_rows, kind) or expected
        assert by_action(world, place, verb, roles) == re.sub("[^y]", ".", acting[1:])


@pytest.mark.parametrize("role", ["nobody", "former"])
@pytest.mark.parametrize(("verb", "kind", "which"), ANYWHERE)
def test_a_private_one_answers_as_one_that_does_not_exist(world, verb, kind, which, role):
    place, client = at(world, which, kind), world.clients[role]
    doors = [(verb.door, verb.args, verb.query), *([(verb.api, verb.api_args, "")] if verb.api else [])]
    for door, args, query in doors:
        for is_read in {True, verb.sends is None}:
            told = []
            for slug in (place.slug, "x" * len(place.slug)):
                asked = where(place, door, args, query, slug)
                with untouched(), CaptureQueriesContext(connection) as queries:
                    answer = client.get(asked) if is_read else sent(client, verb, place, asked)
                    said = body(answer).replace(slug, "")
                onward = answer.headers.get("Location", "").replace(slug, "")
                # As many questions to the database take as long.
                told.append((answer.status_code, said, onward, len(queries)))
            assert told[0] == told[1]


def test_no_route_of_these_rooms_is_missing_in_the_table():
    verbs = [*OF_ALL_GROUPS, *OF_SPACES]
    walked = {verb.door for verb in verbs} | {verb.api for verb in verbs if verb.api}
    there = {route.name for path, route in ROUTES if route.name and ROOMS.search(f"{path} {route.name}")}
    assert sorted(there - walked) == []
    # The map and its count stand for the selection, whose other doors are walked where the map is.
    assert sorted(walked - there) == ["count", "map"]


def test_of_each_kind_something_is_said_of_every_role():
    for which, verbs, roles in (
        ("group", OF_ALL_GROUPS, GROUP_ROLES),
        ("space", OF_SPACES, SPACE_ROLES),
    ):
        for verb in verbs:
            for rows in (verb.rows, verb.api_rows, verb.act_rows):
                wrong = [kinds for kinds, signs in rows.items() if len(signs.split()) != len(roles)]
                assert wrong == [], (which, verb.says)
