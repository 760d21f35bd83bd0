"""Where the stream tells of what moved, and what was there before the stream was."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import translation

from community.collectives import actions as collectives
from community.models import Activity
from initiatives import actions as steps
from initiatives.activity.reading import stream
from initiatives.groups.actions import name_group
from initiatives.placement import place
from tests.community.groups import group_of
from tests.conftest import square
from tests.factories import (
    CollectiveFactory,
    GroupFactory,
    InitiativeFactory,
    MemberFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db
BEFORE = import_module("initiatives.migrations.0024_activity_of_before")
FAR = {"position": "POINT(-4 48)", "precision": "exact"}


@pytest.fixture(autouse=True)
def in_english():
    """Words are compared in one language."""
    with translation.override("en"):
        yield


@pytest.fixture
def brittany(france):
    """Far from where the factory puts initiatives."""
    return TerritoryFactory(
        code="FR-29", scheme="department", parent=france, boundary=square(-5, 47.8, -3, 49)
    )


def told(**where) -> list[str]:
    """The sentences of a stream."""
    return [line.text for line in stream(AnonymousUser(), **where).lines]


def lines() -> list[tuple]:
    """All that a line holds but its key."""
    fields = ("kind", "at", "room", "key", "number", "by", "group", "collective", "territory")
    return list(Activity.objects.order_by("kind", "key").values_list(*fields))


def test_what_moves_takes_its_lines_along(rhone, brittany):
    made = InitiativeFactory(name="Le Fournil", published=True)
    name_group(made, group=group_of("open", MemberFactory(), name="Bakers"), by=None)
    both = ["Le Fournil belongs to the group Bakers", "Le Fournil is on the map"]
    assert (told(territory=rhone), told(territory=brittany)) == (both, [])
    steps.revise(made, by=None, values=FAR)
    assert (told(territory=rhone), told(territory=brittany)) == ([], both)
    steps.restore_version(made, by=None, number=1)
    assert (told(territory=rhone), told(territory=brittany)) == (both, [])


def test_what_is_placed_anew_with_many_takes_its_lines_along(rhone, brittany):
    made = InitiativeFactory(name="Le Fournil", published=True)
    Activity.objects.update(territory=brittany)
    type(made).objects.filter(pk=made.pk).update(territory=brittany)
    place(territories=[rhone.pk])
    assert told(territory=rhone) == ["Le Fournil is on the map"]
    assert told(territory=brittany) == []


def test_what_changes_its_collective_shows_with_the_new_one(rhone):
    one, other = CollectiveFactory(), CollectiveFactory()
    made = InitiativeFactory(name="Le Fournil", collective=one, published=True)
    steps.revise(made, by=None, values={"collective": other})
    assert (told(collective=one), told(collective=other)) == ([], ["Le Fournil is on the map"])
    steps.revise(made, by=None, values={"collective": None})
    assert (told(collective=one), told(collective=other)) == ([], [])
    assert told() == ["Le Fournil is on the map"]


def test_what_was_there_before_has_its_line_and_its_moment(rhone):
    ana = MemberFactory()
    made = InitiativeFactory(published=True)
    InitiativeFactory()
    group = GroupFactory(kind="open", territory=rhone, created_by=ana)
    GroupFactory(kind="private")
    collective = CollectiveFactory()
    CollectiveFactory(status="draft")
    month = timedelta(days=30)
    type(group).objects.update(created_at=group.created_at - month)
    type(collective).objects.update(created_at=collective.created_at - month)
    steps_before = made.status_changes.filter(verb="publish")
    steps_before.update(at=made.created_at - month, by=ana)
    steps.archive(made, by=None)
    steps.restore(made, by=None)
    Activity.objects.all().delete()
    for _time in range(2):
        with connection.cursor() as cursor:
            for statement in (BEFORE.PUBLISHED, BEFORE.COLLECTIVES, BEFORE.GROUPS):
                cursor.execute(statement)
    collective.refresh_from_db()
    group.refresh_from_db()
    made.refresh_from_db()
    at = steps_before.get().at
    assert [line for line in lines() if line[0] != "collective"] == [
        ("group", group.created_at, "groups", str(group.pk), 1, ana.pk, group.pk, None, rhone.pk),
        (
            "initiative",
            at,
            "initiatives",
            str(made.uuid),
            1,
            ana.pk,
            None,
            made.collective_id,
            made.territory_id,
        ),
    ]
    place = {"collective": collective.pk, "territory": collective.territory_id, "at": collective.created_at}
    assert Activity.objects.filter(kind="collective", key=str(collective.pk), **place).count() == 1
    assert not Activity.objects.filter(kind="collective", collective__status="draft").exists()


def test_a_collective_that_was_founded_is_dated_by_the_decision(rhone, cast):
    collective = collectives.found(
        by=cast["visitor"],
        values={"name": "New", "purposes": {"en": "Bread"}, "territory": rhone, "website": ""},
    )
    from community.collectives.claims import actions as claims

    claims.decide(collective.claims.get(), by=cast["moderator"], accepted=True)
    before = [line for line in lines() if line[3] == str(collective.pk)]
    Activity.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(BEFORE.COLLECTIVES)
    after = [line for line in lines() if line[3] == str(collective.pk)]
    decided = collective.claims.get().decided_at
    assert [line[:1] + line[2:] for line in after] == [line[:1] + line[2:] for line in before]
    assert after[0][1] == decided
