"""Towns of the gazetteer and territories, found as people type them."""

import pytest
from django.conf import settings
from django.db import connection, transaction

from territories.loading import load_gazetteer
from territories.models import Place, Territory
from tests.factories import TerritoryFactory

pytestmark = pytest.mark.xdist_group("places")

GAZETTEER = settings.BASE_DIR / "fixtures" / "gazetteer" / "places.csv.gz"


@pytest.fixture(scope="module")
def gazetteer(django_db_setup, django_db_blocker):
    """The real towns, kept for this file and taken away after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_gazetteer(GAZETTEER)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "found", "country"),
    [
        ("geneve", "Genève", "CH"),
        ("Genf", "Genève", "CH"),
        ("munich", "München", "DE"),
        ("MÜNCH", "München", "DE"),
        ("saint-etienne", "Saint-Étienne", "FR"),
        ("saint etienne", "Saint-Étienne", "FR"),
        ("firenze", "Firenze", "IT"),
        ("florenz", "Firenze", "IT"),
        ("lyon", "Lyon", "FR"),
    ],
)
def test_a_town_is_found_by_any_of_its_names(gazetteer, typed, found, country):
    first = Place.objects.starting_with(typed)[0]
    assert (first.name, first.country) == (found, country)


@pytest.mark.django_db
def test_the_largest_towns_stand_first(gazetteer):
    sizes = list(Place.objects.starting_with("ber")[:20].values_list("population", flat=True))
    assert sizes == sorted(sizes, reverse=True)
    assert Place.objects.starting_with("ber")[0].name == "Berlin"


@pytest.mark.django_db
def test_loading_again_changes_nothing(gazetteer):
    before = list(Place.objects.order_by("pk").values_list())
    assert load_gazetteer(GAZETTEER) == len(before) > 20_000
    assert list(Place.objects.order_by("pk").values_list()) == before


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "  ", "!?", "|", "%"])
def test_what_has_no_letter_finds_nothing(gazetteer, typed):
    assert not Place.objects.starting_with(typed).exists()
    assert not Territory.objects.starting_with(typed).exists()


@pytest.mark.django_db
def test_a_territory_is_found_in_each_language_largest_first():
    TerritoryFactory(code="small", names={"de": "Österland"}, population=10)
    TerritoryFactory(code="unknown", names={"fr": "Osterie"}, population=None)
    TerritoryFactory(code="AT", names={"de": "Österreich", "en": "Austria"}, population=9_000_000)
    assert [row.code for row in Territory.objects.starting_with("oster")] == ["AT", "small", "unknown"]
    assert [row.code for row in Territory.objects.starting_with("AUSTR")] == ["AT"]
    assert not Territory.objects.starting_with("reich").exists()


def test_territories_are_found_through_the_index(db):
    found = TerritoryFactory(code="AT", names={"de": "Österreich", "fr": "Autriche | Ö"})
    found.refresh_from_db()
    assert found.search_names == "|osterreich|autriche o"
    found.names = {"it": "Città"}
    found.save()
    assert list(Territory.objects.starting_with("citta")) == [found]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        sql, values = Territory.objects.starting_with("citta").query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", values)
        assert "territory_search_names" in str(cursor.fetchall())
