"""Behind a test that commits all is as the migrations left it."""

import threading
import uuid

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test import TransactionTestCase

from campaigns.models import LikeLine
from community.models import Member
from geo import freshness
from initiatives import actions, tasks
from tests import emptying as ours
from tests.factories import InitiativeFactory, MemberFactory
from vocabulary.models import LegalForm, Licence, Theme

pytestmark = pytest.mark.django_db(transaction=True)
# What no test may empty, and notes of what was before, which nobody reads without a number of their own.
LEFT = {
    *ours.KEPT,
    "django_migrations",
    "spatial_ref_sys",
    "geo_version",
    "geo_change",
    "geo_taken",
    "initiatives_changeset",
    "initiatives_change",
    "procrastinate_workers",
}
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
FILLED = {
    "community_member",
    "initiatives_initiativeevent",
    "initiatives_packed",
    "territories_square",
    "campaigns_likeline",
    "procrastinate_jobs",
}


def asked(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def full() -> set[str]:
    """Tables that hold rows and should not for long."""
    names = {name for (name,) in asked(TABLES)} - LEFT
    return {name for name in names if asked(f"SELECT EXISTS (SELECT FROM {name})")[0][0]}


def vocabulary() -> list:
    """All that the migrations filled."""
    return [asked(f"SELECT t::text FROM {name} t ORDER BY 1") for name in ours.KEPT]


@pytest.fixture
def trace(cast, bakery):
    """Something of each sort: history, rows that triggers keep, one that may not be deleted, a task."""
    actions.revise(bakery, by=cast["admin"], values={"summary": "Bread"}, reason="Known")
    LikeLine.objects.create(campaign_id=1, nomination_id=1, voter=uuid.uuid4(), act="like")
    tasks.look_at_websites.defer(timestamp=0)


def test_no_table_keeps_a_row(emptying, trace):
    assert full() >= FILLED
    emptying.empty()
    assert full() == set()


def test_this_is_what_follows_each_test_that_commits(emptying, trace):
    TransactionTestCase._fixture_teardown(None)
    assert full() == set()


def test_what_the_migrations_filled_is_put_right(emptying):
    before = vocabulary()
    Theme.objects.filter(slug="co-housing").update(names={"fr": "Autre"})
    Theme.objects.create(slug="another", order=99, names={}, definition={}, icon="home")
    LegalForm.objects.exclude(parent=None).first().delete()
    Licence.objects.all().delete()
    Permission.objects.first().delete()
    changed = [name for name, was, here in zip(ours.KEPT, before, vocabulary()) if was != here]
    assert changed == [*ours.KEPT[1:]]
    emptying.empty()
    assert vocabulary() == before
    # And once more, from what was put there.
    Theme.objects.exclude(parent=None).delete()
    emptying.empty()
    assert vocabulary() == before


def test_what_no_test_touched_stays_where_it_lies(emptying, trace, monkeypatch):
    monkeypatch.setattr(ours, "_put_back", lambda cursor, table: pytest.fail(table.name))
    emptying.empty()
    assert Theme.objects.exists()


def test_whoever_remembers_the_published_data_looks_anew(emptying, bakery):
    before = freshness.latest()
    emptying.empty()
    assert freshness.latest().number > before.number


def test_rights_of_triggers_are_as_before(emptying, trace):
    emptying.empty()
    assert asked("SHOW session_replication_role") == [("origin",)]
    InitiativeFactory(published=True)
    assert asked("SELECT count(*) FROM initiatives_packed") == [(1,)]


def write(go_on: threading.Event, wrote: threading.Event) -> None:
    """Somebody who takes their time with a commit."""
    with transaction.atomic():
        MemberFactory()
        wrote.set()
        go_on.wait(10)
    connection.close()


@pytest.fixture
def writer():
    """Somebody else in the middle of writing, and what lets them end."""
    go_on, wrote = threading.Event(), threading.Event()
    thread = threading.Thread(target=write, args=[go_on, wrote])
    thread.start()
    assert wrote.wait(10)
    yield go_on
    go_on.set()
    thread.join()


def test_whoever_still_writes_is_waited_for(emptying, writer):
    threading.Timer(0.3, writer.set).start()
    emptying.empty()
    assert writer.is_set()
    assert not Member.objects.exists()


def test_whoever_never_ends_is_no_secret(emptying, writer, monkeypatch):
    monkeypatch.setattr(ours, "PATIENCE", 0.1)
    with pytest.raises(TimeoutError, match="still writes"):
        emptying.empty()
