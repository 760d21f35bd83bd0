"""Columns found by their headers and values."""

import csv
from pathlib import Path

import pytest

from importers.guessing.headers import SURE, field_of, field_scores
from importers.guessing.table import guess
from importers.mapping import FileOptions

# Of the reference list and a second one. Both were looked at when the words were chosen: new headers do worse.
AT_LEAST = 0.95
OTHERS = Path(__file__).parents[1] / "data" / "imports" / "headers.csv"
# Questions of forms, and short headers that say little.
ASKED = OTHERS.with_name("headers_asked.csv")


@pytest.fixture(scope="session")
def column_names(real_data):
    """Headers as networks write them, with what each means."""
    path = real_data.parent / "domain" / "column_names.csv"
    if not path.is_file():
        pytest.skip(f"no list of headers at {path}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def missed(rows) -> list[str]:
    """Headers that are guessed wrong, with what was guessed and what was meant."""
    found = [(row, field_of(row["header"])) for row in rows]
    return [
        f"{row['header']}: {field}, not {row['field']}"
        for row, field in found
        if field not in {row["field"], *row.get("also", "").split(";")}
    ]


def test_headers_of_the_reference_list(column_names):
    wrong = missed(column_names)
    assert len(wrong) <= (1 - AT_LEAST) * len(column_names), "\n".join(wrong)


def test_headers_of_no_list():
    with OTHERS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = missed(rows)
    assert len(wrong) <= (1 - AT_LEAST) * len(rows), "\n".join(wrong)


def test_questions_are_told_from_chance():
    with ASKED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = missed(rows)
    assert len(wrong) <= (1 - AT_LEAST) * len(rows), "\n".join(wrong)
    unsure = [
        row["header"]
        for row in rows
        if row["field"] != "ignore" and field_scores(row["header"]).get(row["field"], 0.0) < SURE
    ]
    assert len(unsure) <= (1 - AT_LEAST) * len(rows), "\n".join(unsure)


@pytest.mark.parametrize(
    "header",
    [
        "Votre structure emploie-t-elle des salariés ?",
        "Where did you hear about us?",
        "Comment nous avez-vous connus ?",
        "Ihr Name",
        "Nom du porteur de projet",
        "Téléphone personnel",
        "Notes internes",
        "Adresse IP",
        "Area (m2)",
        "Structure porteuse",
    ],
)
def test_headers_of_persons_and_figures_feed_nothing(header):
    assert field_of(header) == "ignore" or max(field_scores(header).values()) < SURE


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Raison sociale", "name"),
        ("Longitide", "longitude"),
        ("Öffnungszeiten", "opening_hours"),
        ("addr:housenumber", "street"),
        ("Nom du président", "ignore"),
        ("Ansprechpartner", "ignore"),
        ("Código postal", "postcode"),
        ("sito web", "website"),
    ],
)
def test_headers_of_five_languages_are_known(header, field):
    assert field_of(header) == field


def guessed(columns, *rows, has_points=False):
    """A mapping from rows of values."""
    return guess(
        columns, [dict(zip(columns, row)) for row in rows], has_points=has_points, file=FileOptions()
    )


def test_values_have_the_last_word(db):
    columns = ["Nom", "Coord. X", "Coord. Y", "Land"]
    mapping = guessed(columns, ("A", "44.8", "-0.5", "France"), ("B", "44.9", "-0.6", "Italie"))
    assert (mapping.position.longitude, mapping.position.latitude) == ("Coord. Y", "Coord. X")
    assert mapping.fields["country"].columns == ("Land",)


def test_empty_coordinates_are_passed_over(db):
    columns = ["name", "IgnoredLat", "IgnoredLong", "Latitude", "Longitide"]
    mapping = guessed(columns, ("A", "", "", "52.4", "-1.8"))
    assert (mapping.position.longitude, mapping.position.latitude) == ("Longitide", "Latitude")


def test_pairs_and_their_order(db):
    columns = ["titre", "coordonnees"]
    assert guessed(columns, ("A", "49.6, 2.7")).position.order == "lat,lon"
    assert guessed(columns, ("A", "POINT(2.7 49.6)")).position.column == "coordonnees"
    assert guessed(columns, ("A", "-1.5, 47.2"), ("B", "-1.6, 47.1")).position.order == "lon,lat"


def test_a_key_must_be_unique(db):
    columns = ["id", "siret", "name"]
    assert guessed(columns, ("1", "123", "A"), ("2", "124", "B")).external_id == "id"
    assert guessed(columns, ("1", "123", "A"), ("1", "124", "B")).external_id == "siret"


def test_keys_of_others_are_no_keys(db):
    columns = ["parentOrganization.id", "@id", "name"]
    assert guessed(columns, ("1", "a", "A"), ("2", "b", "B")).external_id == "@id"


def test_the_licence_of_a_picture_is_not_that_of_the_record(db):
    columns = ["name", "image:license"]
    assert "licence" not in guessed(columns, ("A", "All rights reserved")).fields
