"""An import in the stream of what happens: one line, with the number that it brought."""

import io
from importlib import import_module

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from community.models import Activity
from initiatives import actions
from initiatives.activity.reading import stream
from initiatives.models import Initiative, Network, StatusChange

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """Words are compared in one language."""
    with translation.override("en"):
        yield


def told() -> list[str]:
    """The sentences of the stream."""
    return [line.text for line in stream(AnonymousUser()).lines]


def test_a_run_is_one_line_with_its_number(run, three, rhone):
    run(three)
    assert not Activity.objects.exists()
    run(three, write=True)
    name = Network.objects.get().name
    assert told() == [f"{name} brought 3 initiatives"]
    # Nothing new is nothing to tell.
    run(three, write=True)
    assert Activity.objects.count() == 1


def test_the_number_is_kept_as_long_as_one_of_them_is_there(run, three, rhone):
    run(three, write=True)
    for _step in range(2):
        actions.archive(Initiative.objects.published().first(), by=None)
        assert "brought 3 initiatives" in told()[0]
    actions.archive(Initiative.objects.published().get(), by=None)
    assert told() == []


def test_what_waits_for_review_is_told_of_when_it_is_published(run, three, rhone):
    run(three, write=True, review=True)
    assert not Activity.objects.exists()
    actions.publish(Initiative.objects.get(name="Le Fournil"), by=None)
    assert told() == ["Le Fournil is on the map"]


def test_a_run_that_is_undone_is_gone(run, three, rhone):
    summary = run(three, write=True)
    call_command("undo_import", summary["run"], stdout=io.StringIO())
    assert told() == []


def test_a_run_that_fails_was_never_told(run, three, write_file, rhone):
    run(three, write=True)
    less = write_file("id;name;lat;lon\n", "less.csv")
    with pytest.raises(CommandError):
        run(less, write=True)
    assert Activity.objects.count() == 1


def test_imports_of_before_have_their_line_and_number(run, three, rhone):
    run(three, write=True)
    before = Activity.objects.values("kind", "room", "key", "number", "by").get()
    statement = import_module("initiatives.migrations.0024_activity_of_before").IMPORTED
    for change in (Activity.objects.all().delete, lambda: Activity.objects.update(number=1)):
        change()
        with connection.cursor() as cursor:
            cursor.execute(statement)
        line = Activity.objects.get()
        assert {name: getattr(line, name) for name in before} == before
        assert line.at == StatusChange.objects.brought().earliest("at").at
