"""Which territories an initiative lies in: by its public position, and no finer than it may tell."""

import random

import pytest
from django.contrib.gis.geos import MultiPolygon, Point
from django.db import connection, transaction

from initiatives import actions, placement
from initiatives.models import Initiative, InitiativeTerritory
from initiatives.placement import place
from tests.conftest import BERLIN, square
from tests.factories import InitiativeFactory, TerritoryFactory

AROUND_LYON = square(4.2, 45.4, 5.2, 46.3)
# One of each scheme around Lyon, besides the country and the department of conftest.
SCHEMES = ("nuts1", "nuts2", "nuts3", "region", "intermunicipality", "municipality", "custom")


@pytest.fixture
def nested(rhone):
    """Territories of every scheme around Lyon, all of the same shape."""
    for scheme in SCHEMES:
        TerritoryFactory(code=f"at-{scheme}", scheme=scheme, boundary=AROUND_LYON)


def codes(initiative: Initiative) -> set[str]:
    """Codes of the territories of an initiative."""
    return set(initiative.territories.values_list("code", flat=True))


def smallest(initiative: Initiative) -> str | None:
    """Code of its smallest administrative territory."""
    return Initiative.objects.values_list("territory__code", flat=True).get(pk=initiative.pk)


def test_an_initiative_lies_in_every_scheme(nested):
    made = InitiativeFactory()
    assert codes(made) == {"FR", "FR-69", *(f"at-{scheme}" for scheme in SCHEMES)}


def test_the_smallest_is_an_administrative_one(nested):
    assert smallest(InitiativeFactory()) == "at-municipality"


def test_of_two_equally_small_ones_the_code_decides(rhone):
    for code in ("M-2", "M-1"):
        TerritoryFactory(code=code, scheme="municipality", boundary=AROUND_LYON)
    assert smallest(InitiativeFactory()) == "M-1"


def test_region_precision_withholds_finer_territories(nested):
    made = InitiativeFactory(precision="region")
    assert codes(made) == {"FR", "at-nuts1", "at-nuts2", "at-region", "at-custom"}
    assert smallest(made) == "at-region"


@pytest.mark.parametrize("precision", ["exact", "street", "locality"])
def test_finer_precisions_tell_the_town(nested, precision):
    assert smallest(InitiativeFactory(precision=precision)) == "at-municipality"


def test_the_public_position_decides_not_the_exact_one(france):
    # A box so small that it holds the exact point and not the middle of its grid cell.
    TerritoryFactory(code="tiny", scheme="custom", boundary=square(4.8356, 45.7639, 4.8358, 45.7641))
    assert "tiny" in codes(InitiativeFactory())
    assert "tiny" not in codes(InitiativeFactory(precision="locality"))


def test_a_border_point_lies_in_both(db):
    for code, box in (("west", square(0, 40, 5, 50)), ("east", square(5, 40, 9, 50))):
        TerritoryFactory(code=code, boundary=box)
    assert codes(InitiativeFactory(position=Point(5, 45, srid=4326))) == {"west", "east"}


def test_moving_changes_the_territories(rhone, bakery):
    TerritoryFactory(code="DE", scheme="country", boundary=square(9, 50, 15, 54))
    assert (codes(bakery), smallest(bakery)) == ({"FR", "FR-69"}, "FR-69")
    actions.revise(bakery, by=None, values={"position": BERLIN})
    assert (codes(bakery), smallest(bakery)) == ({"DE"}, "DE")
    actions.revise(bakery, by=None, values={"position": None, "has_no_position": True})
    assert (codes(bakery), smallest(bakery)) == (set(), None)


def test_a_new_precision_withdraws_what_was_told(rhone, bakery):
    actions.revise(bakery, by=None, values={"precision": "region"})
    assert (codes(bakery), smallest(bakery)) == ({"FR"}, "FR")


def test_a_new_boundary_finds_those_inside_and_lets_others_go(rhone, bakery):
    far = InitiativeFactory(position=BERLIN)
    hidden = InitiativeFactory(precision="region")
    town = TerritoryFactory(code="town", scheme="municipality", boundary=AROUND_LYON)
    place(territories=[town.pk])
    assert (codes(bakery), smallest(bakery)) == ({"FR", "FR-69", "town"}, "town")
    assert (codes(hidden), codes(far)) == ({"FR"}, set())
    town.boundary = square(13, 52, 14, 53)
    town.save()
    place(territories=[town.pk])
    assert (codes(bakery), smallest(bakery)) == ({"FR", "FR-69"}, "FR-69")
    assert (codes(far), smallest(far)) == ({"town"}, "town")


def test_placing_some_leaves_the_others_alone(rhone, bakery):
    other = InitiativeFactory()
    InitiativeTerritory.objects.all().delete()
    Initiative.objects.update(territory=None)
    place(initiatives=[bakery.pk])
    assert (codes(bakery), smallest(bakery)) == ({"FR", "FR-69"}, "FR-69")
    assert (codes(other), smallest(other)) == (set(), None)


def test_placing_again_touches_nothing(rhone, bakery):
    links = list(InitiativeTerritory.objects.order_by("pk").values_list("pk", flat=True))
    versions = bakery.versions.count()
    place(initiatives=[bakery.pk])
    place(territories=[rhone.pk])
    assert list(InitiativeTerritory.objects.order_by("pk").values_list("pk", flat=True)) == links
    assert bakery.versions.count() == versions


def test_both_sides_give_the_same(nested, bakery):
    InitiativeFactory(precision="region")
    InitiativeFactory(position=BERLIN)
    by_initiative = set(InitiativeTerritory.objects.values_list("initiative", "territory"))
    InitiativeTerritory.objects.all().delete()
    place(territories=sorted({territory for _initiative, territory in by_initiative}))
    assert set(InitiativeTerritory.objects.values_list("initiative", "territory")) == by_initiative


def test_few_and_many_give_the_same(nested, monkeypatch):
    chance = random.Random(7)
    for number in range(30):
        west, south = chance.uniform(-4, 6), chance.uniform(43, 49)
        box = square(west, south, west + chance.uniform(0.1, 4), south + chance.uniform(0.1, 4))
        TerritoryFactory(code=f"box-{number}", scheme=chance.choice(SCHEMES), boundary=box)
    made = [
        InitiativeFactory(
            position=Point(chance.uniform(-5, 8), chance.uniform(42, 51), srid=4326),
            precision=chance.choice(["exact", "street", "locality", "region"]),
        ).pk
        for _number in range(40)
    ]
    # What is there already is wrong for half of them.
    Initiative.objects.filter(pk__in=made[::2]).update(position=BERLIN)
    found = []
    for few in (len(made), 0):
        with transaction.atomic():
            monkeypatch.setattr(placement, "FEW", few)
            place(initiatives=made)
            links = set(InitiativeTerritory.objects.values_list("initiative", "territory"))
            found.append((links, dict(Initiative.objects.values_list("pk", "territory"))))
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert found[0][0]


def test_few_make_no_tables_and_write_only_what_differs(rhone, bakery, django_assert_num_queries):
    with django_assert_num_queries(0):
        place(initiatives=[bakery.pk])
    InitiativeTerritory.objects.filter(territory=rhone).delete()
    # The link and the two ends of its transaction; the smallest territory is right.
    with django_assert_num_queries(3) as asked:
        place(initiatives=[bakery.pk])
    assert not any("TEMPORARY" in query["sql"] for query in asked.captured_queries)
    assert codes(bakery) == {"FR", "FR-69"}


def test_the_statement_for_few_is_prepared(rhone, bakery):
    place(initiatives=[bakery.pk])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%territories_square%'"
        )
        assert cursor.fetchone() == (1,)


PLAIN = """
SELECT i.id, t.id FROM initiatives_initiative i
JOIN territories_territory t ON ST_Covers(t.boundary, i.public_position)
WHERE NOT (i.precision = 'region' AND t.scheme IN ('nuts3', 'department', 'intermunicipality', 'municipality'))
"""


@pytest.mark.parametrize("few", [0, 1_000], ids=["many", "few"])
def test_the_same_as_asking_every_outline_about_every_point(db, monkeypatch, few):
    chance = random.Random(11)
    # Sides and corners of the grid, of areas and of points fall together in some of them, and in others not.
    for number in range(25):
        near = Point(chance.randint(-24, 24) / 8, 45 + chance.randint(-16, 16) / 16, srid=4326)
        reach = chance.choice([0.05, 0.125, 0.5, 1.5])
        shape = near.buffer(reach, chance.choice([1, 4, 16]))
        if chance.random() < 0.4:
            shape = shape.difference(near.buffer(reach / 3, 2))
        TerritoryFactory(
            code=f"area-{number}", scheme=chance.choice(SCHEMES), boundary=MultiPolygon(shape, srid=4326)
        )
    made = [
        InitiativeFactory(
            position=Point(*at, srid=4326), precision=chance.choice(["exact", "exact", "region"])
        ).pk
        for at in [(chance.randint(-96, 96) / 32, 45 + chance.randint(-64, 64) / 64) for _point in range(30)]
        + [(chance.uniform(-3, 3), chance.uniform(44, 46)) for _point in range(30)]
    ]
    InitiativeTerritory.objects.filter(initiative__in=made[::3]).delete()
    monkeypatch.setattr(placement, "FEW", few)
    place(initiatives=made)
    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        expected = set(cursor.fetchall())
    assert set(InitiativeTerritory.objects.values_list("initiative", "territory")) == expected
    assert len(expected) > len(made)
    assert set(staged_placement(made)) == expected


def staged_placement(made: list[int]) -> list[tuple]:
    """What is found for the same points as rows that are not in the tables yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE staged_point ON COMMIT DROP AS "
            "SELECT id, precision, public_position FROM initiatives_initiative WHERE id = ANY(%s)",
            [made],
        )
        placement.locate_staged("staged_point")
        cursor.execute("SELECT initiative_id, territory_id FROM placement")
        found = cursor.fetchall()
        cursor.execute("DROP TABLE staged_point, placement")
    return found


def test_one_side_must_be_named():
    for wrong in ({}, {"initiatives": [1], "territories": [1]}):
        with pytest.raises(ValueError, match="not both"):
            place(**wrong)


def test_nobody_and_nowhere_ask_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        place(initiatives=[])
        place(territories=[])
