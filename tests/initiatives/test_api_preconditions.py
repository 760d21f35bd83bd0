"""`If-Match` binds a change to what its author read: no lost update through the API."""

import gzip
import threading

import pytest
from django.db import connection

from initiatives import actions
from initiatives.models import Initiative
from tests.factories import InitiativeFactory, MemberFactory

from .programs import DOOR, Program, refused


@pytest.fixture
def moderator(db):
    """Someone who may revise and decide everywhere."""
    return MemberFactory(is_superuser=True)


@pytest.fixture
def program(moderator) -> Program:
    """A program that acts for them."""
    return Program(moderator)


@pytest.fixture
def bakery(rhone) -> Initiative:
    """A published initiative."""
    return InitiativeFactory(name="Bakery", published=True)


def patch(program, initiative, tag, **properties):
    """Some properties, if it is still what the tag names."""
    body = {"type": "Feature", "properties": properties}
    return program.send("PATCH", f"{DOOR}{initiative.uuid}/", body, **{"If-Match": tag})


def test_a_reader_who_has_it_is_not_sent_it_again(client, bakery):
    first = client.get(f"{DOOR}{bakery.uuid}/")
    again = client.get(f"{DOOR}{bakery.uuid}/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    actions.revise(bakery, by=None, values={"summary": "Bread"})
    third = client.get(f"{DOOR}{bakery.uuid}/", headers={"If-None-Match": first["ETag"]})
    assert third.status_code == 200
    assert third["ETag"] != first["ETag"]


def test_a_theme_of_another_name_is_another_feature(client, bakery):
    first = client.get(f"{DOOR}{bakery.uuid}/")["ETag"]
    bakery.primary_theme.slug = "ovens"
    bakery.primary_theme.save()
    assert client.get(f"{DOOR}{bakery.uuid}/")["ETag"] != first


def test_a_change_goes_through_on_what_was_read(client, program, bakery):
    read = client.get(f"{DOOR}{bakery.uuid}/")["ETag"]
    answer = patch(program, bakery, read, summary="Bread")
    assert answer.status_code == 200, answer.content
    # Its answer brings the tag for the next one, which readers see as well.
    assert answer["ETag"] == client.get(f"{DOOR}{bakery.uuid}/")["ETag"] != read
    assert patch(program, bakery, answer["ETag"], name="Good bakery").status_code == 200


def test_a_change_of_what_was_not_read_is_refused(client, program, bakery):
    read = client.get(f"{DOOR}{bakery.uuid}/")["ETag"]
    actions.revise(bakery, by=None, values={"summary": "Of somebody else"})
    steps = bakery.status_changes.count()
    problem = refused(patch(program, bakery, read, summary="Mine"), 412)
    assert "If-Match" in problem["detail"]
    bakery.refresh_from_db()
    assert (bakery.summary, bakery.status_changes.count()) == ("Of somebody else", steps)


def test_a_step_of_what_was_not_read_is_refused(client, program, bakery):
    read = client.get(f"{DOOR}{bakery.uuid}/")["ETag"]
    actions.revise(bakery, by=None, values={"summary": "Of somebody else"})
    path = f"{DOOR}{bakery.uuid}/archive/"
    body = {"reason": "gone"}
    refused(program.send("POST", path, body, "application/json", **{"If-Match": read}), 412)
    now = client.get(f"{DOOR}{bakery.uuid}/")["ETag"]
    assert program.send("POST", path, body, "application/json", **{"If-Match": now}).status_code == 200


def test_drafts_have_tags_too(program):
    made = program.post({"type": "Feature", "properties": {"name": "Bakery"}})
    draft = Initiative.objects.get(uuid=made.json()["id"])
    assert patch(program, draft, made["ETag"], summary="One").status_code == 200
    refused(patch(program, draft, made["ETag"], summary="Two"), 412)


@pytest.mark.parametrize("tag", ["*", "W/{}", '"other", {}'])
def test_tags_that_name_it(client, program, bakery, tag):
    read = client.get(f"{DOOR}{bakery.uuid}/")["ETag"]
    assert patch(program, bakery, tag.format(read), summary="Bread").status_code == 200


@pytest.mark.parametrize("tag", ['"other"', "other", "", "W/", '"'])
def test_tags_that_do_not(program, bakery, tag):
    refused(patch(program, bakery, tag, summary="Bread"), 412)


def test_a_tag_that_was_weakened_by_compression_binds(client, program, bakery):
    actions.revise(bakery, by=None, values={"description": "Bread. " * 200})
    packed = client.get(f"{DOOR}{bakery.uuid}/", headers={"Accept-Encoding": "gzip"})
    assert packed["ETag"].startswith("W/")
    assert gzip.decompress(packed.content) == client.get(f"{DOOR}{bakery.uuid}/").content
    assert patch(program, bakery, packed["ETag"], summary="Bread").status_code == 200
    refused(patch(program, bakery, packed["ETag"], summary="Cake"), 412)


def test_who_may_not_is_told_so_first(bakery):
    refused(patch(Program(MemberFactory()), bakery, '"other"', summary="Bread"), 403)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_refused(client, moderator):
    bakery = InitiativeFactory(name="Bakery", published=True)
    read = client.get(f"{DOOR}{bakery.uuid}/")["ETag"]
    together, codes = threading.Barrier(4), []

    def change(number: int) -> None:
        program = Program(moderator)
        together.wait(10)
        codes.append(patch(program, bakery, read, name=f"Bakery {number}").status_code)
        connection.close()

    threads = [threading.Thread(target=change, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(codes) == [200, 412, 412, 412]
    assert bakery.old_slugs.count() == 1
