"""Whatever breaks, the map index never answers wrongly."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from geo.mapindex import files, source, store
from geo.tiles import Tile
from initiatives.mapcheck import differences
from initiatives.mapped import INDEX
from tests.conftest import LYON
from tests.factories import InitiativeFactory
from tests.initiatives.asking import asked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def forgetful(monkeypatch):
    """A function that makes this process forget its view, as a new process would begin."""

    def forget():
        monkeypatch.setattr(INDEX, "_view", None)
        monkeypatch.setattr(INDEX, "_failed_at", None)

    return forget


def only_file() -> Path:
    """The newest file of the index."""
    return files.newest_first(INDEX.folder)[0]


def test_a_new_process_takes_the_file_that_is_there(client, bakery, forgetful):
    asked(client, "/api/count")
    call_command("build_map_index")
    written = only_file().stat().st_mtime_ns
    forgetful()
    InitiativeFactory(published=True)
    assert asked(client, "/api/count").json()["matched"] == 2
    assert only_file().stat().st_mtime_ns == written


DAMAGES = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "other": lambda path: path.write_bytes(b"something else entirely" * 100),
    "turned": lambda path: path.write_bytes(
        path.read_bytes()[:-200] + b"\xff" * 8 + path.read_bytes()[-192:]
    ),
    "head": lambda path: path.write_bytes(path.read_bytes()[:30] + b"\xff" + path.read_bytes()[31:]),
}


def test_a_damaged_file_is_never_read(client, many, forgetful):
    right = asked(client, "/api/count?theme=co-housing").json()
    for name, damage in DAMAGES.items():
        call_command("build_map_index")
        forgetful()
        for path in files.newest_first(INDEX.folder):
            damage(path)
        assert client.get("/api/count?theme=co-housing").json() == right, name
        assert list(differences()) == [], name


def test_without_a_place_to_write_the_index_stays_in_memory(client, bakery, forgetful, settings, caplog):
    settings.MAP_INDEX_DIR = "/proc/nowhere"
    forgetful()
    assert asked(client, "/api/count").json()["matched"] == 1
    assert "could not be written" in caplog.text
    with pytest.raises(CommandError, match="could not be written"):
        call_command("build_map_index")


def test_sql_answers_while_no_index_can_be_built(client, bakery, forgetful, monkeypatch):
    def broken(*args):
        raise ValueError("not today")

    forgetful()
    for path in files.newest_first(INDEX.folder):
        path.unlink()
    monkeypatch.setattr(store, "read", broken)
    answer = client.get("/api/count")
    assert answer.json()["matched"] == 1
    assert "." not in answer["ETag"]
    assert client.get("/tiles/initiatives/0/0/0.json").json()["matched"] == 1


@pytest.mark.parametrize("error", [ValueError("not a number"), RuntimeError("anything")])
def test_what_ends_the_reading_of_the_lists_ends_the_build(bakery, monkeypatch, error):
    def broken(*arguments):
        raise error

    monkeypatch.setattr(source, "_pairs", broken)
    with pytest.raises(type(error), match=str(error)):
        INDEX.build(anew=True)


def test_of_two_builders_the_second_takes_what_the_first_made(bakery):
    first = INDEX.build(anew=True)
    written = only_file().stat().st_mtime_ns
    second = INDEX.build()
    assert second.born == first.born
    assert only_file().stat().st_mtime_ns == written


def test_a_difference_is_found_and_named(client, bakery):
    asked(client, "/api/count")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE initiatives_initiative DISABLE TRIGGER USER")
        cursor.execute("UPDATE initiatives_initiative SET founded = 1871")
        cursor.execute("ALTER TABLE initiatives_initiative ENABLE TRIGGER USER")
    assert list(differences()) == [f"initiative {bakery.pk}: year -1 in the index, 1871 in the database"]
    with pytest.raises(CommandError, match="differs"):
        call_command("check_map_index")


def test_a_tile_and_its_number_belong_together():
    for tile in (Tile(0, 0, 0), Tile(3, 5, 2), Tile(18, 134591, 93789)):
        first, _after = tile.cells()
        assert Tile.of_code(tile.z, first >> 2 * (28 - tile.z)) == tile


def test_everyone_in_lyon_is_at_lyon(bakery):
    assert INDEX.view(at_once=True).base.xs.tolist() + INDEX.view().tail.xs.tolist() == [round(LYON.x * 1e7)]
