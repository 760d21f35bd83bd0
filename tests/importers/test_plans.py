"""What the database knows of rows that were staged a moment ago: its plans must not fit a handful of them."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from initiatives import bulk, bulk_run
from initiatives.bulk import Intake, Row
from initiatives.models import Identity, Initiative, Network
from tests.factories import NetworkFactory

from .conftest import ROWS as THREE
from .conftest import counts, table

ROWS = 400


@pytest.fixture
def staged(db, theme):
    """So many new rows, compared with what a network has."""
    network = NetworkFactory()
    with transaction.atomic():
        intake = bulk.looking(network)
        intake.stage(
            [
                Row(
                    number=n,
                    external_id=str(n),
                    name=f"Row {n}",
                    primary_theme=theme.pk,
                    themes=[theme.pk],
                    lon=4.8,
                    lat=45.7,
                )
                for n in range(ROWS)
            ]
        )
        bulk.compare(intake)
        yield network


def one(statement: str) -> object:
    """The first value of the answer."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_states_are_known_once_they_are_given(staged):
    known = (
        "SELECT most_common_vals::text FROM pg_stats WHERE tablename = 'staged_record' AND attname = 'state'"
    )
    assert one(known) == "{added}"


def test_new_rows_are_expected_to_be_as_many_as_they_are(staged):
    plan = one("EXPLAIN (FORMAT json) SELECT FROM staged_record WHERE state = 'added'")
    assert plan[0]["Plan"]["Plan Rows"] == ROWS


INDEXES = (
    "SELECT count(*) FROM pg_indexes WHERE tablename = 'staged_record' AND indexdef LIKE '%(external_id)%'"
)


@pytest.mark.parametrize(("parent", "number"), [("0", 1), ("", 0)])
def test_parents_are_found_by_their_keys(staged, parent, number):
    intake = bulk.looking(staged)
    intake.stage([Row(1, "1", name="Row 1", parent=parent)])
    bulk.compare(intake)
    assert one(INDEXES) == number


def test_what_is_gone_is_found_by_keys(run, three):
    run(three, write=True)
    network = Network.objects.get(slug="demo")
    with transaction.atomic():
        intake = bulk.looking(network)
        intake.stage_keys(["1"])
        assert bulk.compare(intake).gone == 2
        assert one(INDEXES) == 1


def test_rows_that_are_as_they_were_bring_nothing_but_their_keys(run, three):
    run(three, write=True)
    with CaptureQueriesContext(connection) as asked:
        assert counts(run(three, write=True)) == (0, 0, 3, 0, 0)
    touched = [
        one["sql"] for one in asked if "initiatives_initiative " in one["sql"] and "UPDATE" in one["sql"]
    ]
    assert touched == []


def test_what_is_staged_by_its_key_alone_overwrites_nothing(run, three):
    run(three, write=True)
    Identity.objects.update(checksum="another")
    with bulk.importing(Network.objects.get(slug="demo"), by=None, run=1) as intake:
        intake.stage_keys(["1"])
        assert bulk.compare(intake).changed == 0
        bulk.apply(intake, keep_missing=True)
    assert Initiative.objects.filter(name="Le Fournil").exists()


def test_words_of_new_rows_are_sorted_in_before_the_end(run, three, monkeypatch):
    monkeypatch.setattr(bulk_run, "MANY", 3)
    assert run(three, write=True)["added"] == 3
    pending = "SELECT sum(gin_clean_pending_list(name::regclass)) FROM unnest(%s::text[]) AS name"
    with connection.cursor() as cursor:
        cursor.execute(pending, [["initiative_search", "initiative_search_name"]])
        assert cursor.fetchone()[0] == 0


@pytest.mark.parametrize(("rows", "staged_keys", "gone"), [(THREE, [], 0), (THREE[:2], ["1", "2"], 1)])
def test_keys_are_staged_only_where_something_may_be_gone(
    run, three, write_file, monkeypatch, rows, staged_keys, gone
):
    run(three, write=True)
    keys: list[str] = []
    stage_keys = Intake.stage_keys

    def noted(intake: Intake, given, **more) -> None:
        given = list(given)
        keys.extend(given)
        stage_keys(intake, given, **more)

    monkeypatch.setattr(Intake, "stage_keys", noted)
    summary = run(write_file(table(*rows), "again.csv"), write=True)
    assert (keys, summary["gone"], summary["unchanged"]) == (staged_keys, gone, len(rows))


def test_what_is_as_it_was_is_compared_with_nothing(staged):
    with transaction.atomic():
        intake = bulk.looking(staged)
        intake.stage_keys(str(n) for n in range(3))
        with CaptureQueriesContext(connection) as asked:
            difference = bulk.compare(intake)
    assert (difference.unchanged, difference.moves) == (3, False)
    assert not [query for query in asked if "staged_new" in query["sql"] or "UPDATE" in query["sql"]]
