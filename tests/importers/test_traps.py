"""Excerpts of what real files hide, made up, with the summary that is expected of each; guessed, without mappings."""

from pathlib import Path

import pytest

from initiatives.models import Initiative
from tests.factories import PlaceFactory

from .conftest import counts

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parents[1] / "data" / "imports"


# (added, changed, unchanged, duplicates, refused) of each file, and values of its first initiative by name.
@pytest.mark.parametrize(
    ("file", "expected", "first"),
    [
        ("insertion_cp1252_decimal_comma.csv", (2, 0, 0, 0, 0), {"name": "Ateliers de l’Été", "locality": "Lyon"}),
        ("ressourceries_utf16_tabs.csv", (2, 0, 0, 0, 0), {"name": "La Bobine", "street": "rue des Frênes 4"}),
        ("survey_bom_empty_rows.csv", (1, 0, 0, 0, 0), {"name": "Allotments"}),
        ("jardins_partages_swapped_zero.csv", (2, 0, 0, 0, 2), {"name": "Jardin A"}),
        ("repair_cafes_repeated_ids.csv", (4, 0, 0, 0, 0), {"name": "Café A"}),
        ("epiceries_cooperatives_nested.json", (2, 0, 0, 0, 0), {"name": "Coop A", "locality": "Lyon"}),
        ("tiers_lieux_lambert93.json", (1, 0, 0, 0, 1), {"name": "Le Plateau"}),
        ("centres_sociaux_no_position.csv", (2, 0, 0, 0, 1), {"name": "Centre A", "locality": "Lyon"}),
        ("gardens_html_several_values.csv", (1, 0, 0, 0, 0), {"name": "Tom & co", "tags": ["bees", "compost"]}),
    ],
)  # fmt: skip
def test_excerpts_give_the_expected_summary(run, france, file, expected, first):
    PlaceFactory(name="Lyon")
    path = FOLDER / file
    assert counts(run(path, write=True)) == expected
    made = Initiative.objects.order_by("name").first()
    assert {name: getattr(made, name) for name in first} == first
    assert counts(run(path, write=True))[:2] == (0, 0)


def test_excerpts_are_small():
    lines = {
        file.name: file.read_bytes().count(b"\n")
        for file in FOLDER.iterdir()
        if not file.name.startswith("headers")
    }
    assert max(lines.values()) <= 21, lines
