"""Files that were made while a group was public are given to nobody once it is private."""

import pytest

from community.groups import actions as groups
from community.models import Group
from initiatives.exporting import jobs
from initiatives.groups import actions
from initiatives.models import Export
from tests.factories import GroupFactory, InitiativeFactory
from tests.initiatives.pages import address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings, tmp_path):
    """The worker makes every file."""
    settings.EXPORT_AT_ONCE = 0
    settings.EXPORTS_ROOT = tmp_path / "exports"


@pytest.fixture
def ovens(bakery):
    """A group that anyone may know of, which an initiative names."""
    group = GroupFactory(name="Shared ovens", slug="shared-ovens")
    actions.name_group(bakery, group=group, by=None)
    return group


def made(client, query: str = "") -> Export:
    """A file that was asked for and made."""
    told = client.get(f"/exports/initiatives.gpkg?{query}").json()
    export = Export.objects.get(pk=told["self"].rstrip("/").rsplit("/", 1)[1])
    jobs.make(export.pk)
    return export


def statuses(client, export: Export) -> set[int]:
    """What its three doors answer: its page, how far it is, the file."""
    here = f"/exports/made/{export.pk}"
    doors = (address("export_page", export.pk), here, f"{here}/social-planet-initiatives.gpkg")
    answers = [client.get(door) for door in doors]
    for answer in answers:
        # Read to its end, so that the file is closed.
        answer.getvalue()
    return {answer.status_code for answer in answers}


@pytest.mark.parametrize("query", ["", "group=shared-ovens"])
def test_a_file_is_given_to_nobody_once_a_group_in_it_is_private(client, ovens, query):
    export = made(client, query)
    assert b"shared-ovens" in export.path.read_bytes()
    assert statuses(client, export) == {200}
    groups.revise(ovens, by=None, values={"kind": "private"})
    assert statuses(client, export) == {404}


def test_a_kind_that_is_changed_past_the_pages_counts_too(client, ovens):
    export = made(client)
    Group.objects.filter(pk=ovens.pk).update(kind="private")
    assert statuses(client, export) == {404}


def test_one_that_is_still_being_made_is_told_of_no_more(client, ovens):
    client.get("/exports/initiatives.gpkg?group=shared-ovens")
    export = Export.objects.get()
    Group.objects.filter(pk=ovens.pk).update(kind="private")
    assert client.get(f"/exports/made/{export.pk}").status_code == 404
    assert client.get(address("export_page", export.pk)).status_code == 404


def test_a_group_that_came_while_it_waited_counts_too(client, ovens, bakery):
    client.get("/exports/initiatives.gpkg")
    export = Export.objects.get()
    late = GroupFactory(name="Late", slug="late-ovens")
    actions.name_group(bakery, group=late, by=None)
    jobs.make(export.pk)
    assert b"late-ovens" in export.path.read_bytes()
    Group.objects.filter(pk=late.pk).update(kind="private")
    assert statuses(client, export) == {404}


def test_one_that_was_deleted_as_a_private_one_stays_hidden(client, ovens):
    export = made(client)
    Group.objects.filter(pk=ovens.pk).update(kind="private")
    Group.objects.filter(pk=ovens.pk).delete()
    assert statuses(client, export) == {404}


def test_other_groups_may_do_as_they_like(client, ovens):
    other = GroupFactory()
    export = made(client)
    groups.revise(other, by=None, values={"kind": "private"})
    groups.revise(ovens, by=None, values={"name": "Other ovens", "kind": "public"})
    groups.archive(ovens, by=None)
    assert statuses(client, export) == {200}


@pytest.mark.django_db(transaction=True)
def test_whoever_asks_again_gets_a_file_without_it(client, theme):
    group = GroupFactory(slug="shared-ovens")
    actions.name_group(InitiativeFactory(published=True), group=group, by=None)
    former = made(client)
    groups.revise(group, by=None, values={"kind": "private"})
    export = made(client)
    assert export.pk != former.pk
    assert statuses(client, export) == {200}
    assert b"shared-ovens" not in export.path.read_bytes()
