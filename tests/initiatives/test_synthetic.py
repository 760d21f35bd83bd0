"""Made-up initiatives for measuring: the same for the same seed, complete, and where towns are."""

import pytest
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command
from django.db import connection

from initiatives import synthetic
from initiatives.models import Initiative, InitiativeTerritory
from initiatives.synthetic import TAG, seed
from tests.factories import PlaceFactory

NUMBER = 60
COLUMNS = (
    "uuid",
    "slug",
    "name",
    "summary",
    "primary_theme",
    "legal_form",
    "founded",
    "position",
    "precision",
    "description",
    "street",
    "postcode",
    "website",
)


@pytest.fixture
def towns(rhone):
    """A large town inside the Rhône, a small one outside."""
    PlaceFactory(name="Lyon", population=500_000)
    PlaceFactory(name="Berlin", country="DE", population=50_000, position=Point(13.405, 52.52, srid=4326))


def made() -> list[tuple]:
    """The rows as far as the seed decides them."""
    return [tuple(map(str, row)) for row in Initiative.objects.order_by("slug").values_list(*COLUMNS)]


def themes() -> list[tuple]:
    """Who has which themes."""
    return sorted(Initiative.objects.values_list("slug", "themes__slug"))


def test_the_same_seed_gives_the_same_ones(towns):
    assert seed(NUMBER, 7) == NUMBER
    first = made(), themes()
    Initiative.objects.all().delete()
    seed(NUMBER, 7)
    assert (made(), themes()) == first
    Initiative.objects.all().delete()
    seed(NUMBER, 8)
    assert (made(), themes()) != first


def indexes() -> list[tuple]:
    """Every index of the tables that are filled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = ANY(%s) ORDER BY 1", [synthetic.TABLES]
        )
        return cursor.fetchall()


def test_many_into_an_empty_table_are_the_same_and_every_index_is_back(towns, monkeypatch):
    before = indexes()
    seed(NUMBER, 7)
    few = made(), themes()
    Initiative.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    monkeypatch.setattr(synthetic, "MANY", NUMBER)
    seed(NUMBER, 7)
    assert (made(), themes()) == few
    assert indexes() == before


def test_many_beside_others_keep_the_indexes_in_place(towns, monkeypatch, django_assert_max_num_queries):
    seed(1, 3)
    monkeypatch.setattr(synthetic, "MANY", NUMBER)
    with django_assert_max_num_queries(30) as asked:
        seed(NUMBER, 7)
    assert not any("DROP INDEX" in query["sql"] for query in asked.captured_queries)


def test_as_many_as_asked_all_published_and_located(towns, client):
    seed(NUMBER, 1)
    seed(NUMBER // 2, 2)
    total = NUMBER + NUMBER // 2
    assert Initiative.objects.published().located().count() == total
    assert Initiative.objects.filter(tags=[TAG]).count() == total
    assert client.get("/api/count").json()["matched"] == total


def test_large_towns_have_more_and_points_lie_around_them(towns):
    seed(NUMBER, 1)
    lyon = Initiative.objects.filter(locality="Lyon")
    assert NUMBER / 2 < lyon.count() < NUMBER
    assert lyon.near(Point(4.8357, 45.764, srid=4326), 25_000).count() == lyon.count()
    assert InitiativeTerritory.objects.filter(territory__code="FR-69").count() == lyon.count()
    assert set(lyon.values_list("territory__code", flat=True)) == {"FR-69"}


def test_some_have_two_themes_and_all_have_their_main_one(towns):
    seed(NUMBER, 1)
    counts = [row.themes.count() for row in Initiative.objects.prefetch_related("themes")]
    assert set(counts) == {1, 2}
    assert all(
        row.primary_theme in row.themes.all()
        for row in Initiative.objects.select_related("primary_theme").prefetch_related("themes")
    )


def test_the_command_says_how_many(towns, capsys):
    call_command("seed_synthetic", initiatives=5)
    assert capsys.readouterr().out == "5 of 5\ninitiatives: 5 added\n"


def test_a_seed_that_was_used_is_refused_and_leaves_nothing(towns):
    call_command("seed_synthetic", initiatives=5, verbosity=0)
    with pytest.raises(CommandError, match="Seed 1 was used already"):
        call_command("seed_synthetic", initiatives=9)
    assert Initiative.objects.count() == 5


@pytest.mark.django_db
def test_without_towns_the_command_says_what_to_do():
    with pytest.raises(CommandError, match="load_reference"):
        call_command("seed_synthetic", initiatives=5)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, -1, 5_000_001])
def test_a_number_that_makes_no_sense_is_refused(number):
    with pytest.raises(CommandError, match="expected 1 to 5000000"):
        call_command("seed_synthetic", initiatives=number)
