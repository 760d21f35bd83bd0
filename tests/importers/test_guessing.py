"""Columns found by their headers and values."""

import csv

import pytest

from importers.guessing import guess
from importers.headers import field_of
from importers.mapping import FileOptions

# Half of the reference list was looked at when the stems were chosen; the other half measures.
AT_LEAST = 0.85


@pytest.fixture(scope="session")
def column_names(real_data):
    """Headers as networks write them, with what each means."""
    path = real_data.parent / "domain" / "column_names.csv"
    if not path.is_file():
        pytest.skip(f"no list of headers at {path}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_headers_never_looked_at(column_names):
    rows = column_names[1::2]
    right = [field_of(row["header"]) in {row["field"], *row["also"].split(";")} for row in rows]
    assert sum(right) / len(rows) >= AT_LEAST


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
