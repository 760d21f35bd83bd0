"""Pictures that do not come: what is told, what is tried again, and what is not even asked."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from importers.models import AwaitedPicture, ImportIssue
from importers.pictures import coming
from importers.pictures.opening import name_here
from importers.pictures.values import MOST
from initiatives.models import Photo

from .conftest import counts
from .pictures import Gallery, fetched, files, one, shown, stored

pytestmark = pytest.mark.django_db
WAITS = [timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(days=1)]


def told() -> ImportIssue:
    """The one thing that a run says of pictures."""
    return ImportIssue.objects.get(field="photos")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/gone/a.png", "status 404; expected status 200"),
        ("/page", coming.NO_PICTURE),
        ("/half", coming.NO_PICTURE),
        ("/gif", coming.NO_PICTURE),
        ("/inside", "169.254.169.254 is not public"),
        ("/huge", "13.0 MB; expected at most 12.0 MB"),
    ],
)
def test_what_will_never_do_is_asked_once_and_told(run, ours, gallery, tmp_path, path, why):
    run(ours([one(f"{gallery}{path}")]), write=True)
    assert fetched() == [("missed", 1)]
    issue = told()
    assert (issue.level, issue.row, issue.value) == ("warning", 1, f"{gallery}{path}")
    assert why in issue.message
    AwaitedPicture.objects.update(due_at=timezone.now())
    coming.fetch_due()
    assert Gallery.asked == [path]
    assert not Photo.objects.exists()
    assert not files(tmp_path / "media")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://127.0.0.1:9/a.png", "an address that is not asked"),
        ("http://10.1.2.3/a.png", "an address that is not asked"),
        ("http://[::1/a.png", "an address that is not asked"),
        ("/etc/passwd", "an address that is not asked"),
        ("//example.org/a.png", "an address that is not asked"),
        ("/media/photos/none.png", "no picture of an initiative here"),
        ("/media/photos/../imports/secret.png", "no picture of an initiative here"),
        ("/media/photos/%2e%2e/imports/secret.png", "no picture of an initiative here"),
        ("/media/imports/secret.png", "no picture of an initiative here"),
        ("/media/photos/.sub/secret.png", "no picture of an initiative here"),
        ("/media/photos/", "no picture of an initiative here"),
        ("/media/photos/%00.png", "no picture of an initiative here"),
    ],
)
def test_private_addresses_and_other_files_are_not_opened(run, ours, settings, address, why):
    for name in ("imports/secret.png", "photos/.sub/secret.png"):
        stored(name)
    own = f"{settings.SITE_URL}{address}" if address.startswith("/media/") else address
    run(ours([one(address), one(own)]), write=True)
    assert {state for state, _tries in fetched()} == {"missed"}
    assert {why in issue.message for issue in ImportIssue.objects.filter(field="photos")} == {True}
    assert not Photo.objects.exists()


def test_names_of_the_storage_are_read_from_addresses_of_this_site_alone(settings):
    assert name_here("/media/photos/four.png") == "photos/four.png"
    assert name_here("/media/photos/demo/market.webp") == "photos/demo/market.webp"
    assert name_here(f"{settings.SITE_URL}/media/photos/for%C3%AAt.jpg") == "photos/forêt.jpg"
    assert name_here("https://example.org/media/photos/four.png") is None
    assert name_here(f"{settings.SITE_URL}.example.org/media/photos/four.png") is None
    assert name_here("/media/photos/..") == ""


@pytest.mark.parametrize("status", [500, 503, 429])
def test_what_is_away_is_asked_again_after_ever_longer_waits(run, ours, gallery, status):
    Gallery.status = status
    run(ours([one(f"{gallery}/away")]), write=True)
    coming.fetch_due()
    for number, wait in enumerate(WAITS, start=1):
        picture = AwaitedPicture.objects.get()
        assert (picture.state, picture.tries) == ("awaited", number)
        assert abs(picture.due_at - timezone.now() - wait) < timedelta(minutes=1)
        coming.fetch_due()
        assert len(Gallery.asked) == number
        AwaitedPicture.objects.update(due_at=timezone.now())
        coming.fetch_due()
    assert fetched() == [("missed", 5)]
    assert told().message == f"status {status}; expected status 200"


def test_what_was_away_comes_when_it_is_back(run, ours, gallery):
    run(ours([one(f"{gallery}/away")]), write=True)
    assert fetched() == [("awaited", 1)]
    Gallery.status = 200
    AwaitedPicture.objects.update(due_at=timezone.now())
    coming.fetch_due()
    assert shown() == [("An oven", "", "CC0-1.0")]
    assert not ImportIssue.objects.filter(field="photos").exists()


@pytest.mark.parametrize(
    ("licence", "why"),
    [
        (None, "no licence that is known"),
        ("Mine", "no licence that is known"),
        ("CC-BY-NC-4.0", "non-commercial"),
        ("CC BY-ND 4.0", "no derivatives"),
        ("All rights reserved", "all rights reserved"),
    ],
)
def test_without_a_licence_that_lets_it_be_used_a_picture_is_not_taken(run, ours, gallery, licence, why):
    assert counts(run(ours([one(f"{gallery}/oven.png", licence=licence)]), write=True)) == (1, 0, 0, 0, 0)
    assert why in told().message
    assert not AwaitedPicture.objects.exists()


HOSTILE = {
    "no list": '{"url": "https://a.example/a.png"}',
    "no JSON": "[{",
    "words": "https://a.example/a.png",
    "numbers": "[1, 2, 3]",
    "no address": '[{"alt": "An oven", "licence": "CC0-1.0"}]',
    "wrong kinds": '[{"url": 3, "alt": [], "licence": {}}]',
    "deep": '[{"url": "/a", "x": ' + "[" * 50_000 + "]" * 50_000 + "}]",
    "long address": [one("https://a.example/" + "a" * 100_000)],
    "javascript": [one("javascript:alert(1)")],
    "file": [one("file:///etc/passwd")],
    "data": [one("data:image/png;base64,AAAA")],
    "blank": [one("https://a.example/a b.png")],
    "bell": [one("https://a.example/\x07.png")],
    "half a character": '[{"url": "https://a.example/\\ud800.png", "alt": "x", "licence": "CC0-1.0"}]',
    "no words": [one("https://a.example/a.png", alt=" \x07 ")],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pictures_are_a_warning(run, ours, name):
    assert counts(run(ours(HOSTILE[name]), write=True)) == (1, 0, 0, 0, 0)
    assert told().level == "warning"
    assert not AwaitedPicture.objects.exists()


def test_a_nul_refuses_the_record_as_anywhere_else(run, ours):
    summary = run(ours('[{"url": "https://a.example/\\u0000.png"}]'), write=True)
    assert counts(summary) == (0, 0, 0, 0, 1)


def test_of_an_album_some_are_taken(run, ours):
    album = [one(f"/{number}.png", "x") for number in range(10_000)]
    run(ours(album), write=True)
    assert "came 10,000" in told().message
    assert AwaitedPicture.objects.count() == MOST


def test_words_and_author_are_cut_where_they_are_too_long(run, ours):
    run(ours([one("/media/photos/a.png", "An\u200b oven " * 60, credit="Ana \x07" * 80)]), write=True)
    awaited = AwaitedPicture.objects.get()
    assert (awaited.alt[:7], awaited.alt[-1], len(awaited.alt) <= 300) == ("An oven", "…", True)
    assert (awaited.credit[:7], len(awaited.credit) <= 160) == ("Ana Ana", True)


@pytest.mark.parametrize(
    "photos",
    [
        [{"url": "/media/photos/a.png"}, {"alt": "x"}],
        {"url": "/media/photos/a.png"},
        ["/media/photos/a.png"],
        "/media/photos/a.png",
        3,
    ],
    ids=["uneven", "object", "texts", "text", "number"],
)
def test_nested_files_with_odd_pictures_are_warned_of_too(run, ours, write_file, photos):
    feature = {
        "type": "Feature",
        "id": "1",
        "properties": {
            "name": "Le Fournil",
            "position_precision": "exact",
            "primary_theme": "co-housing",
            "themes": ["co-housing"],
            "description_language": "fr",
            "photos": photos,
        },
        "geometry": {"type": "Point", "coordinates": [4.83, 45.76]},
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    assert counts(run(write_file(text, "a.geojson"), write=True)) == (1, 0, 0, 0, 0)
    assert told().level == "warning"
    assert not AwaitedPicture.objects.exists()
