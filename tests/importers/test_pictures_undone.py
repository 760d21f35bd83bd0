"""Undo of a run that brings pictures: before they came, after, and where somebody changed them since."""

import pghistory
import pytest

from importers.models import AwaitedPicture, ImportRun
from importers.pictures import coming
from initiatives import actions
from initiatives.models import Initiative, Photo
from tests.factories import InitiativeFactory, MemberFactory

from .pictures import Gallery, fetched, files, one, shown
from .test_undo import everything, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def undone(django_capture_on_commit_callbacks):
    """Undoes a run, with what follows once that is through; what is said of it."""

    def undo_it(summary: dict) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            return undo(summary)

    return undo_it


def said_otherwise(initiative: Initiative) -> None:
    """Have somebody say what a picture shows."""
    photo = initiative.photos.get()
    told = {"image": photo.image.name, "alt": "Our oven", "credit": "", "licence": photo.licence}
    actions.revise(initiative, by=MemberFactory(is_superuser=True), values={"photos": [told]})


@pytest.mark.parametrize("came", [False, True])
def test_what_a_run_added_goes_with_its_pictures(run, ours, gallery, tmp_path, undone, came):
    path = ours([one(f"{gallery}/oven.png")])
    before = everything()
    summary = run(path, write=True)
    if came:
        assert fetched() == [("came", 1)]
        assert files(tmp_path / "media")
    assert undone(summary) == "removed 1, put back 0, changed since 0\n"
    assert everything() == before
    assert not AwaitedPicture.objects.exists()
    assert (fetched(), len(Gallery.asked)) == ([], int(came))
    assert not files(tmp_path / "media")
    run(path, write=True)
    fetched()
    assert shown() == [("An oven", "", "CC0-1.0")]


@pytest.mark.parametrize("came", [False, True])
def test_what_a_run_changed_has_no_pictures_as_before(run, ours, gallery, tmp_path, undone, came):
    run(ours([]), write=True)
    before = everything()
    summary = run(ours([one(f"{gallery}/oven.png")]), write=True)
    if came:
        assert fetched() == [("came", 1)]
    assert everything() != before
    assert undone(summary) == "removed 0, put back 1, changed since 0\n"
    assert everything() == before
    assert (fetched(), shown(), files(tmp_path / "media")) == ([], [], [])


def test_what_somebody_edited_between_record_and_picture_stays(run, ours, gallery, undone):
    run(ours([]), write=True)
    summary = run(ours([one(f"{gallery}/oven.png")], summary="Brot."), write=True)
    actions.revise(
        Initiative.objects.get(),
        by=MemberFactory(is_superuser=True),
        values={"website": "https://a.example/"},
    )
    assert fetched() == [("came", 1)]
    undone(summary)
    initiative = Initiative.objects.get()
    assert (initiative.summary, initiative.website, shown()) == ("", "https://a.example/", [])


@pytest.mark.parametrize("is_new", [False, True])
def test_a_picture_that_somebody_changed_since_stays(run, ours, gallery, tmp_path, undone, is_new):
    if not is_new:
        run(ours([]), write=True)
    summary = run(ours([one(f"{gallery}/oven.png")]), write=True)
    fetched()
    said_otherwise(Initiative.objects.get())
    assert f"changed since {int(is_new)}" in undone(summary)
    assert shown() == [("Our oven", "", "CC0-1.0")]
    assert len(files(tmp_path / "media")) == 1


def test_a_picture_that_somebody_took_away_since_is_work_too(run, ours, gallery, undone):
    summary = run(ours([one(f"{gallery}/oven.png")]), write=True)
    fetched()
    actions.revise(Initiative.objects.get(), by=MemberFactory(is_superuser=True), values={"photos": []})
    assert "changed since 1" in undone(summary)
    assert Initiative.objects.exists()


def test_a_picture_that_somebody_attached_keeps_an_initiative(run, ours, gallery, picture, undone):
    summary = run(ours([one(f"{gallery}/away")]), write=True)
    licence = AwaitedPicture.objects.get().licence
    with pghistory.context():
        Initiative.objects.get().photos.create(image=picture(), alt="Ours", licence=licence)
    assert "removed 0, put back 0, changed since 1" in undone(summary)
    assert not AwaitedPicture.objects.exists()


def test_a_file_that_another_picture_shows_stays(run, ours, gallery, tmp_path, undone, bakery_twin):
    summary = run(ours([one(f"{gallery}/oven.png")]), write=True)
    fetched()
    photo = Photo.objects.get()
    with pghistory.context():
        bakery_twin.photos.create(image=photo.image.name, alt="Shared", licence=photo.licence)
    undone(summary)
    assert files(tmp_path / "media") == [photo.image.name.removeprefix("photos/")]


@pytest.fixture
def bakery_twin(ours):
    """Another initiative, which no import brought."""
    return InitiativeFactory(name="Un autre", published=True)


def test_a_picture_that_is_forgotten_while_it_is_fetched_is_not_written(
    run, ours, gallery, tmp_path, monkeypatch
):
    summary = run(ours([one(f"{gallery}/oven.png")]), write=True)
    plain = coming._drawn

    def drawn_meanwhile(picture, file):
        undo(summary)
        return plain(picture, file)

    monkeypatch.setattr(coming, "_drawn", drawn_meanwhile)
    assert fetched() == []
    assert ImportRun.objects.get().status == "undone"
    assert (Photo.objects.count(), files(tmp_path / "media")) == (0, [])
