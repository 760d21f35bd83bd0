"""Rows that a file no longer names: archived, brought back, or left alone where that is not certain."""

from datetime import timedelta

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from importers.models import ImportIssue
from initiatives import actions, bulk
from initiatives.models import Identity, Initiative

from .conftest import BY_ID, ROWS, counts, table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_grace(settings):
    """What is gone is archived at once."""
    settings.IMPORT_GRACE_DAYS = 0


def test_gone_rows_are_archived_and_come_back(run, three, write_file):
    run(three, write=True)
    two = write_file(table(*ROWS[:2]), "two.csv")
    assert run(two)["gone"] == 1
    assert run(two, write=True)["gone"] == 1
    garden = Initiative.objects.get(name="Le Jardin")
    assert garden.status == "archived"
    assert garden.status_changes.first().verb == "archive"
    assert run(two, write=True)["gone"] == 0
    assert counts(run(three, write=True)) == (0, 1, 2, 0, 0)
    garden.refresh_from_db()
    assert garden.status == "published"
    assert garden.identities.get().gone_at is None


def test_gone_rows_that_people_hold_stay(run, three, write_file, cast):
    run(three, write=True)
    actions.revise(
        Initiative.objects.get(name="Le Jardin"), by=cast["moderator"], values={"summary": "Ours."}
    )
    run(write_file(table(*ROWS[:2])), write=True)
    assert Initiative.objects.get(name="Le Jardin").status == "published"
    assert Identity.objects.get(external_id="3").gone_at is not None


def test_an_archived_initiative_is_left_alone(run, three, write_file):
    run(three, write=True)
    made = actions.archive(Initiative.objects.get(name="Le Jardin"), by=None)
    summary = run(write_file(table(*ROWS[:2], ROWS[2].replace("Le Jardin", "Le Potager"))), write=True)
    made.refresh_from_db()
    assert (made.name, made.status) == ("Le Jardin", "archived")
    assert summary["warnings"] == 1


def test_refused_rows_are_not_gone(run, three, write_file):
    run(three, write=True)
    summary = run(write_file(table(*ROWS[:2], ROWS[2].replace("45.74", "abc"))), write=True)
    assert counts(summary) == (0, 0, 2, 0, 1)
    assert summary["gone"] == 0
    assert ImportIssue.objects.get().row == 3


def features(*properties: str) -> str:
    """GeoJSON of co-housing in Lyon, each with these properties as JSON."""
    point = '"geometry": {"type": "Point", "coordinates": [4.8, 45.7]}'
    written = ",".join(
        f'{{"type": "Feature", {point}, "properties": {{"theme": "co-housing", {more}}}}}'
        for more in properties
    )
    return f'{{"type": "FeatureCollection", "features": [{written}]}}'


@pytest.mark.parametrize("spoiled", ["\\u0000", "\\ud800"])
@pytest.mark.parametrize("key", ['"id": "7", ', ""])
def test_rows_that_cannot_be_stored_are_not_gone(run, write_file, key, spoiled):
    other = '"id": "8", "name": "B"'
    good = write_file(features(f'{key}"name": "A"', other), "a.geojson")
    bad = write_file(features(f'{key}"name": "A", "note": "{spoiled}"', other), "b.geojson")
    run(good, write=True)
    summary = run(bad, write=True)
    assert (summary["refused"], summary["gone"]) == (1, 0)
    assert set(Initiative.objects.values_list("name", "status")) == {("A", "published"), ("B", "published")}


BY_NAME = BY_ID.partition("[identity]")[0]


@pytest.mark.parametrize(
    ("mapping", "row"),
    [(BY_ID, ROWS[1].removeprefix("2")), (BY_ID, f"{'2' * 201}{ROWS[1]}"), (BY_NAME, f"{ROWS[1]};;x")],
    ids=["no id", "an id too long", "shifted cells"],
)
def test_nothing_is_let_go_where_refused_rows_are_unknown(run, three, write_file, mapping, row, tmp_path):
    by, report = write_file(mapping, "m.toml"), tmp_path / "report.csv"
    run(three, mapping=by, write=True)
    unclear = write_file(table(ROWS[0], row), "unclear.csv")
    for write in (False, True):
        summary = run(unclear, mapping=by, write=write, report=report)
        assert (summary["unchanged"], summary["refused"], summary["gone"]) == (1, 1, 0)
        assert "not found, and kept: 1 refused rows" in report.read_text(encoding="utf-8-sig")
    assert Initiative.objects.filter(status="published").count() == 3
    assert not Identity.objects.exclude(gone_at=None).exists()


def test_shifted_cells_behind_the_id_hold_nothing_back(run, three, write_file):
    by = write_file(BY_ID, "m.toml")
    run(three, mapping=by, write=True)
    summary = run(write_file(table(ROWS[0], f"{ROWS[1]};;x")), mapping=by, write=True)
    assert (summary["refused"], summary["gone"]) == (1, 1)
    assert Initiative.objects.get(status="archived").name == "Le Jardin"


def test_what_is_gone_stays_for_the_days_of_grace(run, three, write_file, settings, time_machine):
    settings.IMPORT_GRACE_DAYS = 30
    run(three, write=True)
    assert run(write_file(table(*ROWS[:2]), "two.csv"), write=True)["gone"] == 1
    garden = Initiative.objects.get(name="Le Jardin")
    time_machine.move_to(timezone.now() + timedelta(days=29))
    assert (bulk.archive_gone(), garden.status) == (0, "published")
    time_machine.shift(timedelta(days=2))
    assert bulk.archive_gone() == 1
    garden.refresh_from_db()
    assert garden.status == "archived"
    assert bulk.archive_gone() == 0
    run(three, write=True)
    garden.refresh_from_db()
    assert garden.status == "published"


def test_who_says_that_it_is_still_there_is_believed(run, three, write_file, settings, time_machine, cast):
    settings.IMPORT_GRACE_DAYS = 30
    run(three, write=True)
    run(write_file(table(*ROWS[:2]), "two.csv"), write=True)
    time_machine.move_to(timezone.now() + timedelta(days=20))
    actions.confirm(Initiative.objects.get(name="Le Jardin"), by=cast["moderator"])
    time_machine.shift(timedelta(days=20))
    assert bulk.archive_gone() == 0


MANY = tuple(f"{n};Atelier {n};{45 + n / 1000};4.83;repair café;" for n in range(60))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (MANY[:30], r"30 of 60 records no longer there \(50 %\); expected at most 20 %"),
        (
            tuple(row.replace("Atelier", "Garage") for row in MANY),
            r"60 of 60 records changed \(100 %\); expected at most 50 %",
        ),
    ],
)
def test_a_source_that_lost_too_much_at_once_has_to_be_looked_at(run, write_file, rows, told):
    run(write_file(table(*MANY)), write=True)
    before = list(Initiative.objects.order_by("pk").values())
    file = write_file(table(*rows), "less.csv")
    with pytest.raises(CommandError, match=told):
        run(file, write=True)
    assert list(Initiative.objects.order_by("pk").values()) == before
    assert run(file)["read"] == len(rows)
    summary = run(file, write=True, even_so=True)
    assert (summary["gone"], summary["changed"]) == (60 - len(rows), 60 if len(rows) == 60 else 0)
