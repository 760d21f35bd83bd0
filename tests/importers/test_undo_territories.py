"""Undo of an import of boundaries: all as before, but for what came since."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from shapely.geometry import box

from importers.boundaries import undoing
from importers.models import BoundaryChange, BoundaryRun
from initiatives.models import Initiative, InitiativeTerritory
from territories.models import Territory
from tests.factories import CollectiveFactory

from .conftest import frame

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list]:
    """All that an import of boundaries writes, squares among it."""
    found = {}
    tables = ("territories_territory", "territories_square", "initiatives_initiativeterritory")
    with connection.cursor() as cursor:
        for table in tables:
            without = " - 'id'" if table.startswith("initiatives") else ""
            cursor.execute(f"SELECT (to_jsonb(t){without})::text FROM {table} t ORDER BY 1")
            found[table] = cursor.fetchall()
    found["smallest"] = list(Initiative.objects.order_by("pk").values_list("pk", "territory"))
    return found


def undo(run: BoundaryRun | None = None) -> str:
    """What undo_territories says of a run, of the newest else."""
    out = io.StringIO()
    run = run or BoundaryRun.objects.order_by("pk").last()
    call_command("undo_territories", run.pk, stdout=out)
    return out.getvalue()


@pytest.fixture
def path(tmp_path):
    """A file of two departments, Rhône among them."""
    frame().assign(code=["FR-69", "FR-01"], region=["FR", "FR"]).to_file(tmp_path / "a.geojson")
    return tmp_path / "a.geojson"


def test_what_was_added_and_changed_is_as_before(boundaries, path, rhone, france, bakery):
    Territory.objects.filter(pk=rhone.pk).update(names={"de": "Rhone"}, year=2014, source="Survey")
    before = everything()
    boundaries(path, parent_field="region", country="FR", year=2024, licence="CC0-1.0", language="fr")
    assert everything() != before
    change = BoundaryChange.objects.get(code="FR-69")
    assert set(change.fields) >= {"name", "source", "licence", "year", "boundary"}
    assert "removed 1, put back 1, left 0" in undo()
    assert everything() == before
    run = BoundaryRun.objects.get()
    assert (run.status, run.summary["undone"]["removed"]) == ("undone", 1)
    with pytest.raises(CommandError, match="undone; expected"):
        undo()
    assert "1 added, 1 changed" in boundaries(path, country="FR")


def test_what_lies_in_a_territory_is_placed_again(boundaries, path, france, bakery):
    Territory.objects.exclude(pk=france.pk).delete()
    boundaries(path, country="FR")
    bakery.refresh_from_db()
    assert bakery.territory.code == "FR-69"
    undo()
    bakery.refresh_from_db()
    assert bakery.territory == france
    assert set(InitiativeTerritory.objects.values_list("territory", flat=True)) == {france.pk}


def test_a_field_that_somebody_edited_since_stays(boundaries, path, rhone):
    Territory.objects.filter(pk=rhone.pk).update(names={"fr": "Le Rhône"}, year=2014)
    boundaries(path, country="FR", year=2024)
    Territory.objects.filter(pk=rhone.pk).update(names={"fr": "Notre Rhône"})
    said = undo()
    assert "edited, name kept: Rhône (FR-69)" in said
    rhone.refresh_from_db()
    assert (rhone.names["fr"], rhone.year) == ("Notre Rhône", 2014)


def test_a_name_in_another_language_added_since_stays(boundaries, path, rhone):
    Territory.objects.filter(pk=rhone.pk).update(names={"fr": "Le Rhône"})
    boundaries(path, country="FR")
    Territory.objects.filter(pk=rhone.pk).update(names={"fr": "Rhône", "de": "Rhone"})
    assert "left 0" in undo()
    rhone.refresh_from_db()
    assert rhone.names == {"fr": "Le Rhône", "de": "Rhone"}


def test_what_a_later_run_changed_stays_until_that_one_is_undone(boundaries, path, rhone):
    Territory.objects.filter(pk=rhone.pk).update(year=2014)
    boundaries(path, country="FR", year=2020)
    boundaries(path, country="FR", year=2024)
    first, second = BoundaryRun.objects.order_by("pk")
    said = undo(first)
    assert f"later (run {second.pk}), year kept: Rhône (FR-69)" in said
    assert f"later (run {second.pk}), kept: Ain (FR-01)" in said
    rhone.refresh_from_db()
    assert rhone.year == 2024


def test_runs_undone_one_after_the_other_lead_back_to_the_beginning(boundaries, path, rhone):
    before = everything()
    boundaries(path, country="FR", year=2020)
    boundaries(path, country="FR", year=2024)
    first, second = BoundaryRun.objects.order_by("pk")
    assert "left 0" in undo(second)
    assert "left 0" in undo(first)
    assert everything() == before


@pytest.mark.parametrize("what", ["collective", "part", "translation"])
def test_what_was_added_and_is_used_stays(boundaries, path, france, what):
    Territory.objects.exclude(pk=france.pk).delete()
    boundaries(path, country="FR")
    ain = Territory.objects.get(code="FR-01")
    if what == "collective":
        CollectiveFactory(territory=ain)
    elif what == "part":
        part = frame().iloc[1:].assign(code=["01001"], nom=["Bourg"])
        part.geometry = [box(5.1, 45.6, 5.2, 45.7)]
        run = BoundaryRun.objects.get()
        part.to_file(path.parent / "b.geojson")
        boundaries(path.parent / "b.geojson", scheme="municipality", country="FR")
        assert Territory.objects.get(code="01001").parent == ain
        assert "used, kept: Ain (FR-01)" in undo(run)
        assert set(Territory.objects.values_list("code", flat=True)) == {"FR", "FR-01", "01001"}
        return
    else:
        ain.names = {**ain.names, "de": "Ain"}
        ain.save()
    said = undo()
    assert f"{'edited' if what == 'translation' else 'used'}, kept: Ain (FR-01)" in said
    assert set(Territory.objects.values_list("code", flat=True)) == {"FR", "FR-01"}


def test_a_parent_that_is_gone_is_told(boundaries, path, rhone, france):
    region = Territory.objects.create(
        code="R", scheme="region", names={"fr": "R"}, boundary=rhone.boundary, country="FR"
    )
    Territory.objects.filter(pk=rhone.pk).update(parent=region, year=2014)
    boundaries(path, country="FR", parent_field="region", year=2024)
    region.delete()
    assert "missing, parent kept" in undo()
    rhone.refresh_from_db()
    assert (rhone.parent, rhone.year) == (france, 2014)


def test_nothing_is_half_undone(boundaries, path, rhone, monkeypatch):
    boundaries(path, country="FR")
    after = everything()

    def broken(**_options):
        raise RuntimeError

    monkeypatch.setattr(undoing, "place", broken)
    with pytest.raises(RuntimeError):
        undo()
    assert everything() == after
    assert BoundaryRun.objects.get().status == "done"


def test_an_undo_asks_who_wants_it(boundaries, path, cast):
    boundaries(path, country="FR")
    run = BoundaryRun.objects.get()
    for member in cast.values():
        if member.is_superuser:
            continue
        with pytest.raises(PermissionDenied):
            undoing.undo_boundaries(run, by=member)
    with pytest.raises(CommandError, match="no run"):
        call_command("undo_territories", 999_999)


def test_a_report_says_what_changed_and_what_is_gone(boundaries, path, rhone, tmp_path):
    boundaries(path, country="FR", source="INSEE")
    only = tmp_path / "c.geojson"
    frame().iloc[:1].assign(code=["FR-69"], nom=["Nouveau Rhône"]).to_file(only)
    said = boundaries(only, country="FR", source="INSEE", write=False)
    assert "changed: name of 1" in said
    assert "gone from this source, and kept: FR-01" in said
    assert "1 read, 0 added, 1 changed, 0 unchanged, 0 refused, 1 gone" in said
    assert BoundaryRun.objects.count() == 1
