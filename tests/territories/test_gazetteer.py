"""Towns and territories found by the beginning of a name, in any spelling, with anything a visitor may type."""

import pytest

from territories.models import Place, Territory
from tests.factories import PlaceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def first(text: str) -> Place:
    """The town that is suggested first."""
    return Place.objects.starting_with(text)[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("geneve", "Genève"),
        ("GENÈVE", "Genève"),
        ("genf", "Genève"),
        ("munich", "München"),
        ("munchen", "München"),
        ("monaco di bav", "München"),
        ("st etienne", "Saint-Étienne"),
        ("saint-étienne", "Saint-Étienne"),
        ("koeln", "Köln"),
        ("lodz", "Łódź"),
    ],
)
def test_a_town_is_found_by_any_of_its_names(reference, text, name):
    assert first(text).name == name


def test_the_largest_town_comes_first(reference):
    populations = list(Place.objects.starting_with("mün").values_list("population", flat=True))
    assert len(populations) > 5
    assert populations == sorted(populations, reverse=True)


def test_only_the_beginning_of_a_name_counts(reference):
    PlaceFactory(name="Qzyx Lyonnais")
    assert not Place.objects.starting_with("yonnais").filter(name="Qzyx Lyonnais")
    assert not Place.objects.starting_with("lyonnais").filter(name="Qzyx Lyonnais")
    assert Place.objects.starting_with("qzyx ly").count() == 1


@pytest.fixture
def made_up():
    """A town and a territory of a name that no real one has."""
    PlaceFactory(name="Qzyxel")
    TerritoryFactory(names={"fr": "Qzyxel"})


def found(text: str) -> list[int]:
    """How many towns and how many territories."""
    return [Place.objects.starting_with(text).count(), Territory.objects.starting_with(text).count()]


@pytest.mark.parametrize("text", ["%", "_", "|", "%%%", "||", "\\", "'", "--", "  ", "…", "(", "*", "&|!"])
def test_signs_without_a_letter_find_nothing(made_up, text):
    assert found(text) == [0, 0]


@pytest.mark.parametrize(
    "text", ["qzy%el", "qz_xel", "%zyxel", "_zyxel", "|zyxel", "qz\\yxel", "qz|yxel", "%%xel"]
)
def test_wildcards_stand_for_nothing(made_up, text):
    assert found(text) == [0, 0]


@pytest.mark.parametrize("text", ["qzyx", "qzyxel%", "|qzyxel", "qzyxel|", "“Qzyxel”", "'qzyxel", "%qzyx"])
def test_signs_around_a_name_are_passed_over(made_up, text):
    assert found(text) == [1, 1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("allem", "DE"),
        ("germania", "DE"),
        ("rhône", "FR-69"),
        ("AUVERGNE-RHONE", "FR-ARA"),
        ("tosc", "IT-52"),
    ],
)
def test_a_territory_is_found_in_each_language(reference, text, code):
    assert Territory.objects.starting_with(text)[0].code == code


def test_the_largest_territory_comes_first_and_unknown_sizes_last():
    for code, population in (("A", None), ("B", 5), ("C", 70)):
        TerritoryFactory(code=code, names={"de": "Vieländerland"}, population=population)
    assert [row.code for row in Territory.objects.starting_with("vielander")] == ["C", "B", "A"]


def test_small_areas_come_before_those_they_lie_in(reference):
    lyon = first("lyon").position
    codes = [row.code for row in Territory.objects.containing(lyon).smallest_first().without_boundary()]
    assert codes == ["FR-69", "FR-ARA", "FR"]
