"""The map index is as fresh as it says, whoever writes and however."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from geo.freshness import latest
from geo.mapindex import store
from initiatives import actions
from initiatives.mapcheck import differences
from initiatives.mapped import INDEX
from initiatives.models import Initiative
from tests.factories import InitiativeFactory
from tests.initiatives.asking import asked
from tests.processes import environment
from vocabulary.models import Theme

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]


def test_a_change_is_counted_at_once_however_it_is_written(client, bakery):
    assert client.get("/api/count").json()["matched"] == 1
    other = InitiativeFactory(published=True)
    assert client.get("/api/count").json()["matched"] == 2
    actions.archive(other, by=None)
    assert client.get("/api/count").json()["matched"] == 1
    Initiative.objects.filter(pk=other.pk).update(status="published")
    assert client.get("/api/count").json()["matched"] == 2
    with connection.cursor() as cursor:
        cursor.execute("UPDATE initiatives_initiative SET founded = 1920 WHERE id = %s", [other.pk])
    assert client.get("/api/count?since=1900").json()["matched"] == 1
    other.delete()
    assert client.get("/api/count?since=1900").json()["matched"] == 0


def test_only_what_is_published_moves_the_version(bakery):
    before = latest()
    draft = InitiativeFactory(name="A draft")
    actions.revise(draft, by=None, values={"summary": "Still a draft"})
    draft.theme_links.all().delete()
    assert latest() == before
    with transaction.atomic():
        actions.archive(bakery, by=None)
        transaction.set_rollback(True)
    assert latest() == before
    actions.archive(bakery, by=None)
    assert latest().number > before.number


def test_a_step_back_inside_a_transaction_does_not_hide_what_follows(client, bakery):
    other = InitiativeFactory(published=True)
    client.get("/api/count")
    with transaction.atomic():
        with transaction.atomic():
            actions.archive(bakery, by=None)
            transaction.set_rollback(True)
        actions.archive(other, by=None)
    assert client.get("/api/count").json()["matched"] == 1
    assert list(differences()) == []


def test_words_that_change_their_place_change_the_answers(client, bakery):
    Theme.objects.filter(slug="co-housing").update(parent=Theme.objects.get(slug="food-agriculture"))
    assert client.get("/api/count").json()["themes"] == {"food-agriculture": 1}
    Theme.objects.filter(slug="co-housing").update(slug="flat-share")
    assert client.get("/api/count?theme=co-housing").status_code == 400
    assert client.get("/api/count?theme=flat-share").json()["matched"] == 1


@pytest.fixture
def trusting(monkeypatch):
    """The version is not looked up again while a slow machine gets on with a test."""
    monkeypatch.setattr("geo.freshness.TRUSTED", 60)


def test_what_has_not_changed_is_answered_without_any_work(
    client, bakery, trusting, django_assert_num_queries
):
    addresses = (
        "/tiles/initiatives/0/0/0.json?theme=co-housing",
        "/tiles/initiatives/5/16/11.mvt",
        "/api/count",
    )
    for address in addresses:
        etag = asked(client, address)["ETag"]
        with django_assert_num_queries(0):
            again = client.get(address, headers={"If-None-Match": etag})
        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == etag
    actions.archive(bakery, by=None)
    assert client.get(addresses[2], headers={"If-None-Match": etag}).status_code == 200


def test_a_tile_asks_the_database_for_names_alone(client, many, trusting, django_assert_num_queries):
    asked(client, "/tiles/initiatives/12/2103/1464.json")
    with django_assert_num_queries(0):
        shown = client.get("/tiles/initiatives/6/32/22.json").json()
    assert shown["matched"] > 20


def test_who_is_signed_in_sees_this_very_moment(client, bakery, trusting):
    asked(client, "/api/count")
    # Written by another process: nothing tells this one.
    code = f"update initiatives_initiative set status = 'archived' where id = {bakery.pk}"
    url = connection.get_connection_params()
    subprocess.run(
        ["psql", "-h", url["host"], "-U", url.get("user") or "", "-d", url["dbname"], "-qc", code], check=True
    )
    assert client.get("/api/count").json()["matched"] == 1
    client.cookies["sessionid"] = "whatever"
    assert client.get("/api/count").json()["matched"] == 0


def test_too_many_changes_at_once_are_read_anew(client, bakery, monkeypatch):
    client.get("/api/count")
    monkeypatch.setattr(store, "PATCH_MOST", 3)
    for number in range(6):
        InitiativeFactory(name=f"One more {number}", published=True)
    born = INDEX.view().born
    assert asked(client, "/api/count").json()["matched"] == 7
    assert INDEX.view().born.number >= born.number
    assert list(differences()) == []


def test_a_tail_that_grew_long_becomes_a_file(client, bakery, monkeypatch):
    client.get("/api/count")
    monkeypatch.setattr(store, "TAIL_MOST", 3)
    for number in range(6):
        InitiativeFactory(name=f"One more {number}", published=True)
        assert asked(client, "/api/count").json()["matched"] == number + 2
    INDEX._builder.join()
    assert len(INDEX.view(at_once=True).tail) <= 3
    assert list(differences()) == []


def test_thousands_of_changes_by_four_processes_leave_no_difference(client, many):
    words = [sys.executable, "-m", "tests.initiatives.churn"]
    writers = [
        subprocess.Popen([*words, str(seed), "500"], cwd=ROOT, env=environment(), stderr=subprocess.PIPE)
        for seed in range(4)
    ]
    reads = 0
    try:
        while any(writer.poll() is None for writer in writers):
            tile = client.get("/tiles/initiatives/3/4/2.json").json()
            assert tile["matched"] == sum(c["count"] for c in tile["clusters"]) + len(tile["initiatives"])
            client.get("/tiles/initiatives/9/260/180.json")
            client.get("/api/count?theme=repair-cafes&language=fr")
            reads += 1
    finally:
        # Whoever is still writing would hold up the tests that follow.
        for writer in writers:
            writer.kill()
        said = [writer.communicate()[1] for writer in writers]
    for writer, words in zip(writers, said):
        assert writer.returncode == 0, words.decode()[-2000:]
    assert reads > 20
    assert list(differences()) == []
    call_command("check_map_index")
