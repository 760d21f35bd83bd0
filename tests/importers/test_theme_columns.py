"""Columns that tell themes: lists, codes of branches, and columns of themes that say yes or no."""

from dataclasses import replace

import pytest

from importers.guessing.table import guess
from importers.mapping import FileOptions, Mapping, ThemeRule
from importers.pipeline import run_import
from importers.presets import with_preset
from importers.remapping import remapped, target_of
from importers.toml import mapping_of
from importers.toml_text import as_toml
from importers.yes_no import says
from initiatives.models import Initiative

from .test_page_columns import chosen, looked_at

pytestmark = pytest.mark.django_db
PLACE = "45.76;4.83"


def guessed(columns, *rows) -> Mapping:
    """A mapping from rows of values."""
    return guess(columns, [dict(zip(columns, row)) for row in rows], has_points=False, file=FileOptions())


@pytest.fixture
def imported(write_file):
    """Imports rows of a table in Lyon; gives the report and, by name, the slugs of each, the main one first."""

    def one(header: str, *rows: str):
        lines = [f"name;lat;lon;{header}", *(f"{chr(65 + n)};{PLACE};{row}" for n, row in enumerate(rows))]
        report = run_import(
            str(write_file("\n".join(lines) + "\n", "t.csv")), network_slug="demo", write=True
        )
        found = {}
        for row in Initiative.objects.all():
            others = sorted(theme.slug for theme in row.themes.all() if theme != row.primary_theme)
            found[row.name] = [row.primary_theme.slug, *others] if row.primary_theme else []
        return report, found

    return one


@pytest.mark.parametrize(
    ("yes", "no"),
    [("Oui", "Non"), ("Sì", "No"), ("x", ""), ("1", "0"), ("true", "false"), ("✓", "–"), ("Ja", "Nein")],
)
def test_columns_of_themes_that_say_yes_give_them(imported, yes, no):
    report, found = imported(
        "Alimentation;Énergie;Logement", f"{yes};{no};{yes}", f"{no};{yes};{no}", f"{no};{no};{no}"
    )
    assert report.mapping.themes.yes == {
        "Alimentation": "food-agriculture",
        "Énergie": "energy-environment",
        "Logement": "housing-living-together",
    }
    assert found == {
        "A": ["food-agriculture", "housing-living-together"],
        "B": ["energy-environment"],
        "C": [],
    }


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        # One column alone says what a place has, not what it is for.
        (["name", "Café"], [("A", "oui"), ("B", "non")]),
        (["name", "Accessibilité", "Culture"], [("A", "oui", "non"), ("B", "non", "oui")]),
        (["name", "Logement", "Énergie"], [("A", "12", "3"), ("B", "0", "1")]),
        (["name", "Réunion", "Adhérent"], [("A", "oui", "non"), ("B", "non", "oui")]),
    ],
    ids=["alone", "of places", "numbers", "no themes"],
)
def test_other_columns_of_yes_and_no_tell_nothing(columns, rows):
    assert guessed(columns, *rows).themes.yes == {}


def test_what_surveys_write_around_a_theme_is_left_out():
    columns = ["name", "Énergie (oui/non)", "themes[Food]", "Secteur : culture"]
    mapping = guessed(columns, ("A", "oui", "non", "oui"), ("B", "non", "oui", ""))
    assert list(mapping.themes.yes.values()) == [
        "energy-environment",
        "food-agriculture",
        "education-culture-media",
    ]


def test_columns_of_yes_and_no_feed_nothing_else():
    columns = ["name", "Formazione", "Energia", "Comune"]
    mapping = guessed(columns, ("A", "Sì", "No", "Lecce"), ("B", "No", "Sì", "Bari"))
    assert set(mapping.themes.yes) == {"Formazione", "Energia"}
    assert mapping.fields["locality"].columns == ("Comune",)
    assert mapping.themes.columns == ()


def test_an_answer_that_is_neither_is_told(write_file):
    rule = ThemeRule(yes={"Énergie": "energy-environment", "Culture": "education-culture-media"})
    mapping = replace(guessed(["name", "lat", "lon"], ("A", "45.7", "4.8")), themes=rule)
    path = write_file("name;lat;lon;Énergie;Culture\nA;45.76;4.83;perhaps;x\n", "t.csv")
    report = run_import(str(path), network_slug="demo", mapping=mapping)
    assert (report.added, report.refused) == (1, 0)
    assert [(issue.value, issue.message) for issue in report.issues] == [
        ("Énergie: perhaps", "expected yes or no")
    ]


def test_words_for_yes_and_no():
    assert [says(text) for text in ("Oui", " sì ", "X", "1", "✓")] == [True] * 5
    assert [says(text) for text in ("NON", "Nein", "0", "✗")] == [False] * 4
    assert [says(text) for text in ("12", "peut-être", "?")] == [None] * 3


def test_columns_of_yes_are_written_down_and_come_back():
    mapping = guessed(["name", "Énergie", "Culture"], ("A", "oui", "non"), ("B", "non", "oui"))
    mapping = replace(mapping, guessed=False, themes=replace(mapping.themes, values={"x": "co-housing"}))
    assert mapping_of(as_toml(mapping)) == mapping
    assert Mapping.of_dict(mapping.as_dict()) == mapping
    assert {"Énergie", "Culture"} <= mapping.columns()
    assert any("where it says yes" in line for line in mapping.described())


def test_a_mapping_without_columns_of_yes_has_the_digest_it_always_had():
    mapping = Mapping(external_id="id")
    assert mapping.digest == "9640cd1ea53e85c178413b1cbb383e3b397335793efb82d29475b660507f3093"
    asked = replace(mapping, themes=ThemeRule(yes={"Culture": "education-culture-media"}))
    assert asked.digest != mapping.digest


def test_columns_of_yes_can_be_given_another_task():
    mapping = guessed(["name", "Énergie", "Culture", "t"], ("A", "oui", "non", "b"), ("B", "non", "oui", "c"))
    assert target_of(mapping, "Culture") == "themes"
    same = remapped(mapping, {"Énergie": "themes", "Culture": "themes"}, {})
    assert same.themes.yes == mapping.themes.yes
    other = remapped(mapping, {"Culture": "tags", "t": "themes"}, {})
    assert (dict(other.themes.yes), other.themes.columns) == ({"Énergie": "energy-environment"}, ("t",))
    assert other.fields["tags"].columns == ("Culture",)


def test_formats_keep_columns_of_yes_unless_they_name_every_theme():
    mapping = guessed(["name", "Énergie", "Culture"], ("A", "oui", "non"), ("B", "non", "oui"))
    assert with_preset("openfairdb", mapping, ["title"]).themes.yes == mapping.themes.yes
    assert with_preset("osm", mapping, ["name"]).themes.yes == {}


def test_numbers_of_categories_are_no_codes(imported):
    _report, found = imported("id_categorie", "10", "16", "35", "38")
    assert set(map(tuple, found.values())) == {()}


def test_codes_count_in_columns_that_are_called_so(imported):
    report, found = imported("Code NAF", "35.11Z", "35", "5510Z", "01.1")
    assert report.mapping.themes.columns == ("Code NAF",)
    assert found["A"] == found["B"] == ["energy-environment"]
    assert found["D"] == ["food-agriculture"]


def test_values_make_up_for_a_header_that_is_half_understood():
    columns = ["name", "Sector - simplified, high level"]
    assert guessed(columns, ("A", "Housing"), ("B", "Energy")).themes.columns == (columns[1],)
    assert guessed(columns, ("A", "xyzzy"), ("B", "plugh")).themes.columns == ()


def test_unknown_parts_of_a_list_are_told_and_asked_about(steward, network):
    rows = "name;lat;lon;theme\nA;45.76;4.83;Food, Unheard thing\nB;45.75;4.85;Housing\n"
    run = looked_at(steward, network, rows)
    issue = run.issues.get(field="themes")
    assert (issue.value, issue.message) == (
        "Unheard thing",
        "no theme known for this value; others beside it are known",
    )
    chosen(steward, run, values={"Unheard thing": "co-housing"})
    run.refresh_from_db()
    assert run.mapping["themes"]["values"] == {"Unheard thing": "co-housing"}


def test_unknown_tags_are_kept_as_tags_without_a_word(imported):
    report, found = imported("tags", "foodcoop, xyzzy", "repair café, plugh")
    assert found["A"] == ["cooperative-groceries"]
    assert [issue for issue in report.issues if issue.field == "themes"] == []
