"""Themes of rows that tell none: from the title of a file, from its other rows, or not at all."""

import json

import pytest

from importers.themes import ThemeGuesser
from importers.words import themes
from initiatives.models import Initiative

from .conftest import BY_ID, counts

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def of_title(django_db_setup, django_db_blocker):
    """What a title says, read once."""
    with django_db_blocker.unblock():
        return ThemeGuesser(themes()).of_title


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("supermarches_cooperatifs_fr", "cooperative-groceries"),
        ("repaircafes_amsterdam_nl_en", "repair-cafes"),
        ("Centres sociaux 2020", "neighbourhood-life"),
        ("tierslieux-export", "third-places"),
        ("huertos_urbanos", "community-gardens"),
        ("Gemeinschaftsgärten Berlin", "community-gardens"),
        ("biblioteche_comunali", "venues-heritage"),
        ("community_energy_groups", "citizen-energy"),
        # A subtheme before a theme.
        ("alimentation_epiceries_solidaires", "food-aid-rescue"),
        # Words of files and of those who collect.
        ("open_data_organisations", ""),
        ("reseau_federation_2020", ""),
        ("export", ""),
        ("", ""),
    ],
)
def test_titles_name_a_theme(of_title, title, slug):
    assert of_title(title) == slug


@pytest.fixture
def imported(run, write_file):
    """Imports rows (name, theme) in Lyon from a CSV of a name; gives the summary and the main themes by name."""

    def one(rows: list[tuple[str, str]], name: str = "list.csv", **options) -> tuple[dict, dict[str, str]]:
        lines = [f"{n};{who};45.76;4.83;{theme}" for n, (who, theme) in enumerate(rows)]
        path = write_file("\n".join(["id;name;lat;lon;theme", *lines]) + "\n", name)
        summary = run(path, write=True, **options)
        themes = Initiative.objects.values_list("name", "primary_theme__slug")
        return summary, dict(themes)

    return one


def test_the_name_of_a_file_tells_the_theme_of_rows_without(imported):
    summary, themes = imported(
        [("A", ""), ("B", "co-housing"), ("Repair Café C", "")], "ressourceries_44.csv"
    )
    assert counts(summary) == (3, 0, 0, 0, 0)
    assert themes == {"A": "reuse-shops", "B": "co-housing", "Repair Café C": "repair-cafes"}
    assert summary["warnings"] == 2


def test_most_other_rows_tell_it(imported):
    rows = [*((f"Repair {n}", "repair café") for n in range(4)), ("Odd", "unheard of"), ("Empty", "")]
    summary, themes = imported(rows)
    assert summary["refused"] == 0
    assert themes["Odd"] == themes["Empty"] == "repair-cafes"


def test_rows_of_one_theme_agree_on_it(imported):
    rows = [("A", "repair café"), ("B", "recyclerie"), ("C", "compostage"), ("D", "recyclerie"), ("E", "")]
    assert imported(rows)[1]["E"] == "reuse-repair-circular"


@pytest.mark.parametrize(
    "rows",
    [
        [("A", "repair café"), ("B", "co-housing"), ("C", "théâtre"), ("D", "repair café"), ("Odd", "")],
        [("A", "repair café"), ("Odd", "")],
    ],
    ids=["they differ", "too few"],
)
def test_rows_wait_for_review_where_nothing_is_sure(imported, rows):
    summary, themes = imported(rows)
    assert (summary["refused"], summary["added"]) == (0, len(rows))
    assert themes["Odd"] is None
    assert Initiative.objects.get(name="Odd").status == "pending"
    assert Initiative.objects.published().count() == len(rows) - 1


def test_a_row_that_tells_no_theme_any_more_takes_none_away(imported):
    rows = [("A", "repair café"), ("B", "co-housing"), ("C", "théâtre")]
    imported(rows)
    summary, themes = imported([*rows[:2], ("C", "")])
    assert (summary["changed"], summary["refused"]) == (1, 0)
    assert themes["C"]
    assert Initiative.objects.get(name="C").status == "published"


def test_nothing_is_supposed_where_a_person_wrote_the_mapping(imported, write_file):
    summary, _themes = imported([("A", "")], "ressourceries.csv", mapping=write_file(BY_ID, "m.toml"))
    assert summary["refused"] == 1


def test_nothing_is_supposed_where_the_columns_of_a_format_tell_all(run, write_file):
    shop = {"type": "node", "id": 1, "lat": 45.7, "lon": 4.8, "tags": {"name": "Recyclerie", "shop": "shoes"}}
    good = {**shop, "id": 2, "tags": {"name": "B", "shop": "charity"}}
    document = {"version": 0.6, "generator": "Overpass API", "elements": [shop, good]}
    summary = run(write_file(json.dumps(document), "ressourceries.json"), write=True)
    assert (summary["read"], summary["added"]) == (1, 1)


def test_the_run_says_what_it_supposed(run, write_file, capsys):
    from importers.pipeline import run_import

    path = write_file("id;name;lat;lon\n1;A;45.76;4.83\n", "ressourceries.csv")
    report = run_import(str(path), network_slug="demo")
    assert "theme of rows that tell none: reuse-shops, from the name of the file" in map(str, report.notes)
    assert [issue.message for issue in report.issues] == [
        "no theme in the source; from the name of the file: reuse-shops"
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.geojson",
            '{"type": "FeatureCollection", "name": "jardins_partages", "features": [{"type": "Feature",'
            ' "properties": {"name": "A"}, "geometry": {"type": "Point", "coordinates": [4.8, 45.7]}}]}',
        ),
        (
            "a.kml",
            '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Jardins partagés</name><Placemark>'
            "<name>A</name><Point><coordinates>4.8,45.7</coordinates></Point></Placemark></Document></kml>",
        ),
    ],
)
def test_titles_within_files_count(run, write_file, name, content):
    run(write_file(content, name), write=True)
    assert Initiative.objects.get().primary_theme.slug == "community-gardens"
