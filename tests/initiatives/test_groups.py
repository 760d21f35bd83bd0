"""Initiatives and their working groups: who names them, and what is kept of it."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections, transaction

from community.models import Group
from initiatives.belongings import BELONGING
from initiatives.groups import actions
from initiatives.history.describing import described
from initiatives.history.reading import versions
from initiatives.merging import actions as merging
from initiatives.models import InitiativeGroup
from tests.factories import GroupFactory, InitiativeFactory

pytestmark = pytest.mark.django_db


# ── Rights ──────────────────────────────────────────────────────────────────────────────────────
IN_IT, OUT_OF_IT = "in the group", "not in the group"
# Whoever may edit and is in it, and who may do both for all; nobody by being in the group alone.
MAY_NAME = {
    ("facilitator", IN_IT),
    ("steward", IN_IT),
    ("moderator", IN_IT),
    ("moderator", OUT_OF_IT),
    ("admin", IN_IT),
    ("admin", OUT_OF_IT),
}
# Who edits takes it out of a group that they know of.
MAY_UNNAME = MAY_NAME | {("facilitator", OUT_OF_IT), ("steward", OUT_OF_IT)}
ROLES = [
    "visitor",
    "facilitator",
    "other_facilitator",
    "moderator",
    "steward",
    "animator",
    "treasurer",
    "admin",
]


@pytest.mark.parametrize("place", [IN_IT, OUT_OF_IT])
@pytest.mark.parametrize("role", ROLES)
def test_who_edits_and_belongs_names_a_group(cast, bakery, role, place):
    group = GroupFactory(members=[cast[role]] if place == IN_IT else [])
    told = {}
    for verb, allowed in ((actions.name_group, MAY_NAME), (actions.unname_group, MAY_UNNAME)):
        try:
            with transaction.atomic():
                verb(bakery, group=group, by=cast[role])
        except PermissionDenied:
            told[verb.__name__] = False
        else:
            told[verb.__name__] = True
        assert told[verb.__name__] == ((role, place) in allowed), verb
    assert not bakery.group_links.exists() or not told["unname_group"]


def test_nobody_takes_an_initiative_out_of_a_group_that_they_do_not_know(cast, bakery, secret):
    actions.name_group(bakery, group=secret, by=cast["facilitator"])
    with pytest.raises(PermissionDenied):
        actions.unname_group(bakery, group=secret, by=cast["steward"])
    assert bakery.group_links.exists()


def test_an_archived_group_is_named_by_nobody_and_left_by_all(cast, bakery, ovens):
    actions.name_group(bakery, group=ovens, by=cast["facilitator"])
    Group.objects.update(archived_at=bakery.created_at)
    with pytest.raises(PermissionDenied):
        actions.name_group(InitiativeFactory(), group=ovens, by=cast["moderator"])
    actions.unname_group(bakery, group=ovens, by=cast["facilitator"])
    assert not bakery.group_links.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_name_a_group_at_once_name_it_once(cast, bakery, ovens):
    barrier, failed = Barrier(2), []

    def name():
        try:
            barrier.wait(10)
            actions.name_group(bakery, group=ovens, by=cast["facilitator"])
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=name) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not failed
    assert InitiativeGroup.objects.count() == 1


# ── History ─────────────────────────────────────────────────────────────────────────────────────
def told(initiative) -> list[tuple]:
    """Of each version, the newest first: who made it, and the groups that it tells."""
    found = versions(initiative)
    seen = described(found, found, everything=True)
    return [
        (one.by, seen[one.number].told["groups"].value if "groups" in seen[one.number].told else ())
        for one in found
    ]


def test_naming_is_a_version_and_unnaming_another(cast, bakery, ovens):
    before = bakery.updated_at
    actions.name_group(bakery, group=ovens, by=cast["facilitator"])
    bakery.refresh_from_db()
    assert bakery.updated_at > before
    actions.name_group(bakery, group=ovens, by=cast["facilitator"])
    actions.unname_group(bakery, group=ovens, by=cast["moderator"])
    assert told(bakery)[:3] == [
        (cast["moderator"], ()),
        (cast["facilitator"], ("Shared ovens",)),
        (told(bakery)[2][0], ()),
    ]


def test_history_says_nothing_of_a_private_group(cast, bakery, secret):
    before, updated = told(bakery), bakery.updated_at
    actions.name_group(bakery, group=secret, by=cast["facilitator"])
    assert told(bakery) == before
    actions.unname_group(bakery, group=secret, by=cast["facilitator"])
    assert told(bakery) == before
    bakery.refresh_from_db()
    assert bakery.updated_at == updated


def test_history_hides_a_group_that_has_become_private(cast, bakery, ovens):
    actions.name_group(bakery, group=ovens, by=cast["facilitator"])
    actions.unname_group(bakery, group=ovens, by=cast["facilitator"])
    Group.objects.update(kind="private")
    assert not any(groups for _by, groups in told(bakery))


def test_who_named_it_may_go_without_a_version_of_its_own(cast, bakery, ovens):
    actions.name_group(bakery, group=ovens, by=cast["facilitator"])
    before = len(versions(bakery))
    InitiativeGroup.objects.update(by=None)
    assert len(versions(bakery)) == before


def test_who_takes_their_data_away_finds_what_they_named(cast, bakery, ovens, secret):
    for group in (ovens, secret):
        actions.name_group(bakery, group=group, by=cast["facilitator"])
    secret.memberships.all().delete()
    named = BELONGING.given(cast["facilitator"])["groups_named"]
    assert [row["group__slug"] for row in named] == ["ovens"]


def test_a_merge_unites_the_groups_and_a_split_parts_them(cast, bakery, ovens):
    other, gardens = InitiativeFactory(name="Le Four", published=True), GroupFactory()
    for one, group in ((bakery, ovens), (other, ovens), (other, gardens)):
        actions.name_group(one, group=group, by=None)
    merge = merging.merge(other, into=bakery, by=None)
    assert set(bakery.group_links.values_list("group", flat=True)) == {ovens.pk, gardens.pk}
    merging.split(merge, by=None)
    assert set(bakery.group_links.values_list("group", flat=True)) == {ovens.pk}
    assert set(other.group_links.values_list("group", flat=True)) == {ovens.pk, gardens.pk}
