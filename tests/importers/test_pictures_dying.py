"""A worker that dies, a full disk, two workers at once: no file without a picture, no picture without a file."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.utils import timezone

from importers.models import AwaitedPicture
from importers.pictures import coming
from initiatives.models import Photo
from tests.processes import environment

from .pictures import files, lonely, one, shown, stored

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def awaited(run, ours):
    """One picture of this site that is waited for."""
    run(ours([one("/media/photos/four.png")]), write=True)
    stored("photos/four.png")
    return AwaitedPicture.objects.get()


def tried_again() -> None:
    """Fetch, as if the time had passed."""
    AwaitedPicture.objects.update(due_at=timezone.now())
    coming.fetch_due()


ORIGINAL = {"photos/four.png"}


@pytest.mark.parametrize(("stage", "left"), [("taken", 0), ("drawn", 0), ("stored", 1), ("written", 0)])
def test_a_worker_that_is_killed_leaves_nothing_half_done(awaited, tmp_path, stage, left):
    media = tmp_path / "media"
    words = [sys.executable, "-m", "tests.importers.dying_pictures", stage, str(media)]
    assert subprocess.run(words, cwd=ROOT, env=environment(), check=False).returncode == -signal.SIGKILL
    assert Photo.objects.count() == (stage == "written")
    assert len(lonely(media) - ORIGINAL) == left
    tried_again()
    awaited.refresh_from_db()
    assert (awaited.state, shown()) == ("came", [("An oven", "", "CC0-1.0")])
    assert lonely(media) == ORIGINAL
    assert len(files(media)) == 2


def test_a_picture_that_workers_die_of_is_given_up(awaited):
    AwaitedPicture.objects.update(tries=5)
    coming.fetch_due()
    awaited.refresh_from_db()
    assert (awaited.state, awaited.reason) == ("missed", coming.GIVEN_UP)


def test_a_picture_that_cannot_be_written_leaves_no_file(awaited, tmp_path, monkeypatch):
    plain = Photo.save

    def full(photo, *given, **more):
        plain(photo, *given, **more)
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(Photo, "save", full)
        with pytest.raises(OSError, match="disk full"):
            coming.fetch_due()
    assert not Photo.objects.exists()
    assert lonely(tmp_path / "media") == ORIGINAL
    tried_again()
    assert lonely(tmp_path / "media") == ORIGINAL
    assert Photo.objects.count() == 1


def test_what_one_worker_holds_another_passes_over(awaited):
    beside = connections["default"].copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT id FROM importers_awaitedpicture FOR UPDATE")
            coming.fetch_due()
            cursor.execute("ROLLBACK")
    finally:
        beside.close()
    awaited.refresh_from_db()
    assert (awaited.state, awaited.tries) == ("awaited", 0)
    with transaction.atomic():
        assert coming._taken() == awaited
    assert coming._taken() is None


def test_who_was_overtaken_writes_nothing(awaited, tmp_path, monkeypatch):
    plain = coming._drawn

    def slow(picture, file):
        AwaitedPicture.objects.update(tries=2)
        return plain(picture, file)

    monkeypatch.setattr(coming, "_drawn", slow)
    coming.fetch_due()
    assert not Photo.objects.exists()
    assert lonely(tmp_path / "media") == ORIGINAL
