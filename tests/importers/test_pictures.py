"""Pictures that records name: noted with the records, fetched by the worker, part of what the import brought."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from importers import actions
from importers.models import AwaitedPicture, ImportIssue, ImportRun
from initiatives import actions as initiatives
from initiatives.history.reading import versions
from initiatives.models import Initiative, Photo
from tests.factories import MemberFactory
from tests.worker import waiting
from vocabulary.models import Licence

from .conftest import counts, decide, upload
from .pictures import SECRET, Gallery, fetched, files, lonely, one, shown, stored

pytestmark = pytest.mark.django_db


def edited(initiative: Initiative, photos: list[dict]) -> None:
    """Have somebody set its pictures."""
    initiatives.revise(initiative, by=MemberFactory(is_superuser=True), values={"photos": photos})


def test_pictures_come_after_the_records_and_are_the_imports(run, ours, gallery, settings, tmp_path):
    here = stored("photos/four.png")
    named = [
        one(f"{gallery}/oven.png", "An oven", "CC-BY-SA-4.0", credit="Ana"),
        one(f"{settings.SITE_URL}{here}", "People"),
        one(here, "The same again"),
        one(f"{gallery}/oven.png", "Named twice"),
    ]
    assert counts(run(ours(named), write=True)) == (1, 0, 0, 0, 0)
    assert (shown(), Gallery.asked) == ([], [])
    assert fetched() == [("came", 1)] * 3
    assert shown() == [
        ("An oven", "Ana", "CC-BY-SA-4.0"),
        ("People", "", "CC0-1.0"),
        ("The same again", "", "CC0-1.0"),
    ]
    assert Gallery.asked == ["/oven.png"]
    initiative, context = Initiative.objects.get(), ImportRun.objects.get().context
    assert initiative.field_sources["photos"] == initiative.identities.get().pk
    assert {photo.added_in for photo in Photo.objects.all()} == {context}
    (version,) = versions(initiative)
    assert [str(verb) for verb in version.verbs] == ["import"]
    assert len(version.parts["photos"]) == 3
    first = Photo.objects.first()
    with first.image.open() as file:
        assert SECRET.encode() not in file.read()
    assert (first.width, first.height) == (40, 30)
    # That of the house which was read stays where it was.
    assert lonely(tmp_path / "media") == {f"photos/{here.rpartition('/')[2]}"}


def test_the_same_file_again_fetches_nothing(run, ours, gallery):
    path = ours([one(f"{gallery}/oven.png")])
    run(path, write=True)
    fetched()
    assert counts(run(path, write=True)) == (0, 0, 1, 0, 0)
    assert not waiting("fetch_pictures")
    assert (fetched(), Gallery.asked) == ([("came", 1)], ["/oven.png"])


def test_nothing_is_noted_before_anything_is_written(run, ours, gallery):
    run(ours([one(f"{gallery}/oven.png")]))
    assert not AwaitedPicture.objects.exists()
    assert not waiting("fetch_pictures")


def test_a_file_without_pictures_asks_nothing_of_them(run, three, rhone):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        run(three, write=True)
    assert not [query for query in asked if "awaitedpicture" in query["sql"]]
    assert not [query for query in asked if "'photos' = ANY(fields)" in query["sql"]]


def test_a_mapping_of_ones_own_may_name_them(run, write_file, gallery, rhone):
    told = json.dumps([one(f"{gallery}/oven.png")]).replace('"', '""')
    text = f'name,lat,lon,theme,images\nLe Fournil,45.76,4.83,co-housing,"{told}"\n'
    mapping = '[fields]\nname = "name"\nphotos = "images"\n[position]\nlongitude = "lon"\nlatitude = "lat"\n'
    mapping += '[themes]\ncolumn = "theme"\n'
    assert run(write_file(text), mapping=write_file(mapping, "m.toml"), write=True)["added"] == 1
    fetched()
    assert shown() == [("An oven", "", "CC0-1.0")]


def test_a_changed_record_brings_pictures_where_there_are_none(run, ours, gallery):
    run(ours([]), write=True)
    assert not AwaitedPicture.objects.exists()
    assert counts(run(ours([one(f"{gallery}/oven.png")]), write=True)) == (0, 1, 0, 0, 0)
    fetched()
    assert shown() == [("An oven", "", "CC0-1.0")]
    initiative = Initiative.objects.get()
    assert initiative.field_sources["photos"] == initiative.identities.get().pk
    newest, first = versions(initiative)
    assert (len(newest.parts["photos"]), len(first.parts["photos"])) == (1, 0)
    assert counts(run(ours([one(f"{gallery}/other.png", "Another")]), write=True)) == (0, 1, 0, 0, 0)
    assert fetched() == [("came", 1)]
    assert shown() == [("An oven", "", "CC0-1.0")]


def test_a_later_run_takes_the_place_of_one_that_still_waits(run, ours, gallery):
    run(ours([one(f"{gallery}/away", "Before")]), write=True)
    run(ours([one(f"{gallery}/oven.png", "After")]), write=True)
    assert fetched() == [("came", 1)]
    assert (shown(), Gallery.asked) == ([("After", "", "CC0-1.0")], ["/oven.png"])


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_pictures_that_people_gave_are_kept(run, ours, gallery, picture, when):
    run(ours([] if when == "before" else [one(f"{gallery}/oven.png")]), write=True)
    licence = Licence.objects.get(code="CC-BY-4.0")
    given = {"image": picture(), "alt": "Ours", "credit": "", "licence": licence}
    edited(Initiative.objects.get(), [given])
    if when == "before":
        run(ours([one(f"{gallery}/oven.png")]), write=True)
        assert not AwaitedPicture.objects.exists()
    else:
        assert fetched() == [("missed", 1)]
        told = ImportIssue.objects.get(field="photos")
        assert (told.level, told.message) == ("kept", "its pictures were edited here, kept")
    assert shown() == [("Ours", "", "CC-BY-4.0")]


def test_an_initiative_that_ended_meanwhile_gets_none(run, ours, gallery, tmp_path):
    run(ours([one(f"{gallery}/oven.png")]), write=True)
    initiatives.close(Initiative.objects.get(), by=None, reason="x")
    assert fetched() == [("missed", 1)]
    assert "is ended here" in ImportIssue.objects.get(field="photos").message
    assert (shown(), files(tmp_path / "media")) == ([], [])


def test_pictures_that_people_took_away_stay_away(run, ours, gallery):
    run(ours([one(f"{gallery}/oven.png")]), write=True)
    fetched()
    edited(Initiative.objects.get(), [])
    run(ours([one(f"{gallery}/other.png")]), write=True)
    assert fetched() == [("came", 1)]
    assert shown() == []


def test_the_page_of_a_run_counts_them_and_says_why_some_are_missed(steward, network, ours, gallery):
    named = [one(f"{gallery}/oven.png"), one(f"{gallery}/gone/a.png"), one(f"{gallery}/away")]
    text = ours(named).read_text(encoding="utf-8")
    steward.post("/en/imports/new/", {"network": network.pk, "file": upload(text, "ours.csv")})
    made = ImportRun.objects.get()
    actions.look(made.pk)
    page = f"/en/imports/{made.pk}/"
    assert "Pictures" not in steward.get(page).content.decode()
    made.refresh_from_db()
    decide(steward, made, "write")
    actions.write_now(made.pk, even_so=False)
    assert steward.get(page).context["pictures"][0][2] == 3
    fetched()
    answer = steward.get(page)
    assert [number for _state, _words, number in answer.context["pictures"]] == [1, 1, 1]
    assert "status 404; expected status 200" in answer.content.decode()
    lines = b"".join(steward.get(f"{page}issues.csv").streaming_content).decode()
    assert f"{gallery}/gone/a.png" in lines


def test_what_came_is_in_the_storage_and_nothing_else(run, ours, gallery, tmp_path):
    run(ours([one(f"{gallery}/oven.png"), one(f"{gallery}/page"), one(f"{gallery}/half")]), write=True)
    assert fetched() == [("came", 1), ("missed", 1), ("missed", 1)]
    assert len(files(tmp_path / "media")) == 1
    assert not lonely(tmp_path / "media")
