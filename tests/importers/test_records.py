"""The record of each new row is written as it comes; which initiative it is of is settled when all are compared."""

import pytest

from importers.models import ImportRun
from initiatives import bulk
from initiatives.changes_sql import NOTED
from initiatives.models import Identity, Initiative
from tests.conftest import LYON

from .conftest import counts, table

pytestmark = pytest.mark.django_db
KNOWN_HERE = (
    f"1;Le Fournil des Deux Rives;{LYON.y};{LYON.x};habitat participatif;",
    f"2;Tout autre chose;{LYON.y};{LYON.x};habitat participatif;",
)


@pytest.fixture
def written(monkeypatch):
    """(key, name of its initiative, whether triggers note what is written) at the moment of the comparison."""
    from django.db import connection

    found: list[tuple] = []
    compare = bulk.compare

    def noted(intake, kept=()):
        names = dict(Initiative.objects.values_list("pk", "name"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [NOTED])
            (notes,) = cursor.fetchone()
        found.extend(
            (key, names.get(pk), notes)
            for key, pk in Identity.objects.values_list("external_id", "initiative")
        )
        return compare(intake, kept)

    monkeypatch.setattr(bulk, "compare", noted)
    return found


def test_records_are_there_before_rows_are_compared(run, three, written):
    run(three, write=True)
    assert sorted(written) == [("1", None, "off"), ("2", None, "off"), ("3", None, "off")]
    assert Identity.objects.filter(initiative__name="La Remise").exists()


def test_a_look_writes_no_record(run, three, written):
    assert run(three)["added"] == 3
    assert written == []


def test_the_record_of_what_is_here_already_is_of_that_and_was_never_another_ones(run, write_file, bakery):
    assert counts(run(write_file(table(*KNOWN_HERE)), write=True)) == (1, 0, 0, 1, 0)
    joined, added = Identity.objects.order_by("external_id")
    assert (joined.initiative, added.initiative.name) == (bakery, "Tout autre chose")
    assert [joined.versions.count(), added.versions.count()] == [0, 0]
    assert joined.raw["name"] == "Le Fournil des Deux Rives"
    context = ImportRun.objects.get().context
    assert {one.added_in for one in (joined, added)} == {context}


def test_a_record_that_changes_later_has_versions_again(run, write_file, bakery):
    file = write_file(table(*KNOWN_HERE))
    run(file, write=True)
    later = [*KNOWN_HERE[:1], KNOWN_HERE[1].replace("Tout autre", "Autre")]
    assert counts(run(write_file(table(*later)), write=True)) == (0, 1, 1, 0, 0)
    assert Identity.objects.get(external_id="2").versions.count() == 1


def test_records_that_were_written_just_now_do_not_count_as_known(run, three, write_file):
    assert run(three, write=True)["gone"] == 0
    fourth = table("4;Le Quatrième;45.70;4.80;repair café;")
    summary = run(write_file(fourth, "fourth.csv"), write=True, even_so=True)
    assert (summary["added"], summary["gone"]) == (1, 3)
