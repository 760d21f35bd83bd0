"""The boundaries of fixtures/territories, loaded for real: once, in families, with true names."""

from collections import Counter

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.management import call_command
from django.db import transaction

from geoportal.management.commands import load_reference
from initiatives.models import InitiativeTerritory
from initiatives.placement import place
from territories.enums import FAMILIES
from territories.loading import load_territories
from territories.models import Territory
from tests.conftest import square
from tests.factories import InitiativeFactory, TerritoryFactory

pytestmark = pytest.mark.xdist_group("boundaries")

FOLDER = settings.BASE_DIR / "fixtures" / "territories"
PATHS = [FOLDER / f"{level}.geojson.gz" for level in load_reference.LEVELS]
LARGEST_BYTES = 2 * 1024 * 1024
TRUE = [
    ("FR", "France", "country", None),
    ("FR-ARA", "Auvergne-Rhône-Alpes", "region", "FR"),
    ("FR-69", "Rhône", "department", "FR-ARA"),
    ("IT-IM", "Imperia", "department", "IT-42"),
    ("GB-SHF", "Sheffield", "department", "GB-ENG"),
    ("AT-1", "Burgenland", "region", "AT"),
    ("BE-VAN", "Anvers", "department", "BE-VLG"),
]
# Where these towns stand.
STANDS_IN = [
    (Point(4.8357, 45.764, srid=4326), {"FR", "FR-ARA", "FR-69"}),
    (Point(13.405, 52.52, srid=4326), {"DE", "DE-BE"}),
    (Point(-1.47, 53.38, srid=4326), {"GB", "GB-ENG", "GB-SHF"}),
    (Point(8.55, 47.37, srid=4326), {"CH", "CH-ZH"}),
]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The real boundaries, kept for this file and taken away after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_territories(PATHS)
        yield
        transaction.set_rollback(True)


def rows() -> list[tuple]:
    """Everything that is stored of the territories."""
    return list(Territory.objects.order_by("code").values_list())


@pytest.mark.django_db
def test_a_second_run_changes_nothing(loaded):
    before = rows()
    assert load_territories(PATHS) == []
    assert rows() == before


@pytest.mark.django_db
def test_a_row_that_was_changed_is_refreshed_and_named(loaded):
    rhone = Territory.objects.get(code="FR-69")
    Territory.objects.filter(pk=rhone.pk).update(names={"fr": "Ailleurs"}, parent=None)
    assert load_territories(PATHS) == [rhone.pk]
    again = Territory.objects.get(pk=rhone.pk)
    assert (again.name, again.parent.code) == ("Rhône", "FR-ARA")


@pytest.mark.django_db
def test_what_a_finer_import_brought_stays(loaded):
    finer = {"source": "IGN", "names": {"fr": "Rhône (IGN)"}, "parent": None}
    Territory.objects.filter(code="FR-69").update(**finer)
    assert load_territories(PATHS) == []
    kept = Territory.objects.get(code="FR-69")
    assert (kept.source, kept.name, kept.parent) == ("IGN", "Rhône (IGN)", None)


@pytest.mark.django_db
def test_parents_stand_above_their_children_in_one_family(loaded):
    for row in Territory.objects.select_related("parent").without_boundary():
        if row.scheme == "country":
            assert row.parent is None, row.code
            continue
        assert row.parent.country == row.country, row.code
        assert any(
            family.index(row.parent.scheme) < family.index(row.scheme)
            for family in FAMILIES
            if row.scheme in family and row.parent.scheme in family
        ), row.code


@pytest.mark.django_db
def test_codes_are_unique_and_names_are_there(loaded):
    stored = list(Territory.objects.values_list("code", "scheme", "names", "source", "licence__code"))
    assert len({code.casefold().strip() for code, *_rest in stored}) == len(stored)
    for code, _scheme, names, source, licence in stored:
        assert code == code.strip() != "", code
        assert set(names) == {"fr", "en", "es", "de", "it"}, code
        assert all(name.strip() for name in names.values()), code
        assert (source, licence) == ("Natural Earth", "CC0-1.0")


@pytest.mark.django_db
def test_many_countries_have_a_level_below(loaded):
    below = Counter(Territory.objects.exclude(scheme="country").values_list("country", flat=True))
    assert len(below) >= 12
    assert below["FR"] == 18 + 101
    assert Territory.objects.filter(scheme="country").count() == 54


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "name", "scheme", "parent"), TRUE)
def test_names_are_true(loaded, code, name, scheme, parent):
    row = Territory.objects.select_related("parent").get(code=code)
    assert (row.name, row.scheme, row.parent and row.parent.code) == (name, scheme, parent)


@pytest.mark.django_db
@pytest.mark.parametrize(("point", "codes"), STANDS_IN)
def test_towns_stand_where_they_should(loaded, point, codes):
    assert set(Territory.objects.containing(point).values_list("code", flat=True)) == codes


def test_the_files_are_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= LARGEST_BYTES
    assert {path.name for path in FOLDER.iterdir()} == {path.name for path in PATHS}


@pytest.mark.django_db
def test_the_command_places_those_who_were_there_before(capsys, monkeypatch):
    monkeypatch.setattr(load_reference, "load_gazetteer", lambda path: 0)
    Territory.objects.all().delete()
    bakery = InitiativeFactory(published=True)
    call_command("load_reference")
    assert set(bakery.territories.values_list("code", flat=True)) == {"FR", "FR-ARA", "FR-69"}
    assert "territories: 974 added or changed" in capsys.readouterr().out
    links = set(InitiativeTerritory.objects.values_list("pk", flat=True))
    call_command("load_reference")
    assert "territories: 0 added or changed" in capsys.readouterr().out
    assert set(InitiativeTerritory.objects.values_list("pk", flat=True)) == links


@pytest.mark.django_db
def test_a_custom_area_is_left_alone(loaded):
    TerritoryFactory(code="mine", scheme="custom", boundary=square(4, 45, 5, 46))
    load_territories(PATHS)
    made = InitiativeFactory()
    place(initiatives=[made.pk])
    assert "mine" in set(made.territories.values_list("code", flat=True))
