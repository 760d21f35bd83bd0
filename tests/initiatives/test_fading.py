"""What nobody has confirmed for long is drawn fainter: who, when, until when, and the same at every door."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.db import connection

from geo.freshness import latest
from geoportal.wsgi import application, django
from initiatives import actions
from initiatives.mapcheck import differences
from initiatives.models import Aged, Initiative
from initiatives.upkeep import ageing, fading
from tests.factories import InitiativeFactory
from tests.initiatives.ageing import aged
from tests.initiatives.asking import asked, by_sql
from tests.initiatives.pages import address
from tests.initiatives.test_shortcut import ask

pytestmark = pytest.mark.django_db(transaction=True)

LONG, SHORT = timedelta(days=800), timedelta(days=700)
TILE = "/tiles/initiatives/12/2103/1461"


def marked() -> set[int]:
    """Keys of what is marked now."""
    return set(Aged.objects.values_list("pk", flat=True))


def singles(answer) -> dict[str, bool]:
    """Lone marks of a tile by slug, and whether they are aged."""
    return {one["slug"]: one.get("aged", False) for one in answer.json()["initiatives"]}


@pytest.fixture
def old(bakery):
    """The bakery, unconfirmed for long and marked as such; another one beside it that is not."""
    InitiativeFactory(name="New", position=Point(4.9, 45.7640, srid=4326), published=True)
    aged(bakery, LONG)
    assert fading.fade() == 1
    return bakery


# ── Who and until when ──────────────────────────────────────────────────────────────────────────
def test_what_is_asked_about_fades_after_as_long_again(bakery):
    aged(bakery, SHORT)
    assert ageing.stale_since(bakery) is not None
    assert (fading.fade(), marked()) == (0, set())
    aged(bakery, LONG)
    assert (fading.fade(), marked()) == (1, {bakery.pk})
    assert bakery.aged.since == ageing.stale_since(bakery)


def test_a_draft_does_not_fade(theme):
    aged(InitiativeFactory(), LONG)
    assert fading.fade() == 0


def test_a_second_night_changes_nothing_and_moves_no_version(old):
    before = latest()
    assert (fading.fade(), latest()) == (0, before)


def test_only_rows_that_change_move_the_version(old):
    before = latest()
    Aged.objects.all().delete()
    assert latest().number == before.number + 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(row_id) FROM geo_change c JOIN geo_version USING (mark) WHERE number > %s",
            [before.number],
        )
        assert cursor.fetchone()[0] == [old.pk]


@pytest.mark.parametrize("sign", ["confirm", "revise", "restore"])
def test_a_sign_of_its_people_ends_it_at_once(client, cast, old, sign):
    by = cast["moderator"]
    if sign == "confirm":
        actions.confirm(old, by=by)
    elif sign == "revise":
        actions.revise(old, by=by, values={"summary": "By hand."})
    else:
        actions.archive(old, by=by)
        actions.restore(old, by=by)
    assert marked() == set()
    assert singles(asked(client, f"{TILE}.json"))[old.slug] is False
    assert fading.fade() == 0


def test_what_a_source_changed_is_no_sign(old):
    actions.revise(old, by=None, values={"summary": "From a source."})
    assert marked() == {old.pk}


def test_the_night_takes_back_what_is_not_due_any_more(old, settings):
    settings.CONFIRM_AFTER_DAYS = 500
    assert (fading.fade(), marked()) == (1, set())
    settings.CONFIRM_AFTER_DAYS = 365
    assert fading.fade() == 1
    Initiative.objects.filter(pk=old.pk).update(status="archived")
    assert (fading.fade(), marked()) == (1, set())


def test_many_are_marked_batch_by_batch_and_no_more_than_a_night_takes(theme, monkeypatch):
    monkeypatch.setattr(fading, "BATCH", 2)
    made = [aged(InitiativeFactory(published=True), LONG).pk for _number in range(7)]
    monkeypatch.setattr(fading, "MOST", 4)
    before = latest().number
    assert (fading.fade(), marked()) == (4, set(made[:4]))
    assert latest().number == before + 2
    assert (fading.fade(), marked()) == (3, set(made))
    for one in Initiative.objects.filter(pk__in=made[1:]):
        actions.confirm(one, by=None)
    Aged.objects.bulk_create([Aged(initiative_id=pk, since="2020-01-01T00:00Z") for pk in made[1:]])
    assert (fading.fade(), marked()) == (6, set(made[:1]))


def test_confirming_while_the_night_works_leaves_no_mark(old):
    Aged.objects.all().delete()

    def work(name: str) -> None:
        try:
            fading.fade() if name == "fade" else actions.confirm(Initiative.objects.get(pk=old.pk), by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, ["fade", "confirm", "fade", "confirm"]))
    assert marked() == set()


# ── The same at every door ──────────────────────────────────────────────────────────────────────
def test_index_and_sql_say_the_same(client, old):
    for query in ("", "?theme=co-housing", "?q=fournil", "?bbox=4,45,5,46"):
        ours, theirs = (answer(client, f"{TILE}.json{query}") for answer in (asked, by_sql))
        assert ours.json() == theirs.json()
        assert singles(ours)[old.slug] is True
    shown = singles(asked(client, f"{TILE}.json"))
    assert [value for slug, value in shown.items() if slug != old.slug] in ([], [False])
    assert list(differences()) == []


def test_a_mark_that_is_not_aged_says_nothing_of_it(client, bakery):
    (one,) = asked(client, f"{TILE}.json").json()["initiatives"]
    assert list(one) == ["lon", "lat", "id", "name", "slug", "theme", "blurred"]


def test_the_way_past_django_says_the_same(old, monkeypatch):
    monkeypatch.setattr("geo.freshness.TRUSTED", 60)
    for ending in ("json", "mvt"):
        theirs = ask(f"{TILE}.{ending}", django)
        assert ask(f"{TILE}.{ending}") == theirs
        assert b"aged" in theirs[2]
    actions.confirm(old, by=None)
    for _time in range(2):
        for ending in ("json", "mvt"):
            assert b"aged" not in ask(f"{TILE}.{ending}", application)[2]


def test_the_vector_tile_tells_it_of_aged_ones_alone(client, old, tmp_path):
    path = tmp_path / "12.mvt"
    path.write_bytes(asked(client, f"{TILE}.mvt").content)
    options = ["-oo", "X=2103", "-oo", "Y=1461", "-oo", "Z=12", "-oo", "METADATA_FILE="]
    command = ["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", *options, str(path), "initiatives"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    found = {one["properties"]["slug"]: one["properties"].get("aged") for one in told["features"]}
    assert bool(found[old.slug]) is True
    (layer,) = [
        one
        for one in client.get("/tiles/initiatives.json").json()["vector_layers"]
        if one["id"] == "initiatives"
    ]
    assert layer["fields"]["aged"] == "Boolean"


def test_the_card_says_since_when(client, old):
    body = client.get(address("initiative_card", old.slug)).content.decode()
    assert f"not confirmed since {old.aged.since:%B %Y}" in body
    actions.confirm(old, by=None)
    body = client.get(address("initiative_card", old.slug)).content.decode()
    assert "not confirmed" not in body
    assert "confirmed in" in body
