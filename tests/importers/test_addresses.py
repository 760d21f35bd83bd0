"""Addresses in one text: street, postcode, town and country told apart, and nothing torn that is a street."""

import pytest

from importers.places.addresses import Addresses
from importers.places.countries import Countries
from importers.places.postcodes import country_of, fits, padded, parted


@pytest.fixture(scope="module")
def addresses():
    """Knows the usual names of countries, and asks no database."""
    return Addresses(Countries([]).code)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Rue du Test 12 bte 2, 4000 Liège", ("Rue du Test 12 bte 2", "4000", "Liège", "")),
        ("Rue du Test 2, B-1060 Bruxelles", ("Rue du Test 2", "1060", "Bruxelles", "BE")),
        ("12 rue du Test 69001 Lyon", ("12 rue du Test", "69001", "Lyon", "")),
        ("12 rue du test 69001 lyon", ("12 rue du test", "69001", "lyon", "")),
        ("12 rue du Test\n69001 Lyon cedex 03\nFrance", ("12 rue du Test", "69001", "Lyon cedex 03", "FR")),
        ("12 rue du Test<br> 69001 Lyon", ("12 rue du Test", "69001", "Lyon", "")),
        ("12 rue du Test, BP 1234, 69001 Lyon", ("12 rue du Test, BP 1234", "69001", "Lyon", "")),
        ("1250 Route du Test, 06600 Antibes", ("1250 Route du Test", "06600", "Antibes", "")),
        ("Rue du 8 mai 1945, 69100 Villeurbanne", ("Rue du 8 mai 1945", "69100", "Villeurbanne", "")),
        ("Teststraße 5, 79098 Freiburg", ("Teststraße 5", "79098", "Freiburg", "")),
        ("Teststrasse 12 8005 Zürich", ("Teststrasse 12", "8005", "Zürich", "")),
        ("Teststr. 1, CH 8005 Zürich", ("Teststr. 1", "8005", "Zürich", "CH")),
        ("Calle Prueba 3, 28013 Madrid, España", ("Calle Prueba 3", "28013", "Madrid", "ES")),
        ("Via Prova 1, 10121 Torino (TO)", ("Via Prova 1", "10121", "Torino (TO)", "")),
        ("Via Prova 123, Roma 00184", ("Via Prova 123", "00184", "Roma", "")),
        ("Testgracht 12, 1012 AB Amsterdam", ("Testgracht 12", "1012 AB", "Amsterdam", "")),
        ("Rue du Test 3, 7100 LA LOUVIERE", ("Rue du Test 3", "7100", "LA LOUVIERE", "")),
        ("Testgatan 1, 111 20 Stockholm", ("Testgatan 1", "111 20", "Stockholm", "")),
        ("ul. Próba 3, 00-001 Warszawa", ("ul. Próba 3", "00-001", "Warszawa", "")),
        ("12 Test Street, Leeds LS1 4DY", ("12 Test Street", "LS1 4DY", "Leeds", "")),
        (
            "12 Test Street, Hebden Bridge, West Yorkshire, HX7 8AD, UK",
            ("12 Test Street", "HX7 8AD", "Hebden Bridge", "GB"),
        ),
        ("69001 Lyon", ("", "69001", "Lyon", "")),
    ],
)
def test_whole_addresses_are_taken_apart(addresses, text, parts):
    assert addresses.of_street(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "12 rue du Test",
        "Place du 11 Novembre 1918 Lyon",
        "8 rue du 19 mars 1962, Grenoble",
        "12345 Test Street, Springfield",
        "1250 Route du Test",
        "1200 Broadway",
        "BP 60001, Lyon",
        "BP 60001 Lyon",
        "ZI Nord, Lot 12345",
        "Teststrasse 8005 Zürich",
        "12 rue du Test, 69001 Lyon, 2ème étage",
        "Route 2000 Parkside",
        "Tel. 04 78 00 00 12 Lyon",
        "Calle Prueba 3, 28013",
        "ABC-12345 Test",
    ],
)
def test_streets_and_unclear_texts_stay_whole(addresses, text):
    assert addresses.of_street(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("69007 Lyon", ("69007", "Lyon", "")),
        ("69007 - Lyon", ("69007", "Lyon", "")),
        ("D-10997 Berlin", ("10997", "Berlin", "DE")),
        ("F 69001 Lyon", ("69001", "Lyon", "FR")),
        ("Lyon (69001)", ("69001", "Lyon", "")),
        ("Bruxelles 1000", ("1000", "Bruxelles", "")),
        ("Leeds LS1 4DY", ("LS1 4DY", "Leeds", "")),
        ("Lyon, 69007, France", ("69007", "Lyon", "FR")),
        ("Lyon, France", ("", "Lyon", "FR")),
    ],
)
def test_postcode_and_town_of_one_column_are_told_apart(addresses, text, parts):
    assert addresses.of_town(text) == ("", *parts)


@pytest.mark.parametrize(
    "text",
    [
        "69007",
        "Lyon",
        "Lyon 3e",
        "LS1 4DY",
        "69 - Lyon",
        "Torino, TO",
        "Vienne, Isère",
        "12 rue du Test, 69001 Lyon",
    ],
)
def test_what_is_one_of_both_stays_whole(addresses, text):
    assert addresses.of_town(text) is None


@pytest.mark.parametrize(
    ("postcode", "plain", "country"),
    [
        ("D-10997", "10997", "DE"),
        ("A-1070", "1070", "AT"),
        ("L-1234", "1234", "LU"),
        ("FR-69001", "69001", "FR"),
        # Its letters belong to it.
        ("LV-1010", "LV-1010", "LV"),
        ("LV - 1010", "LV-1010", "LV"),
        ("D-1234", "D-1234", ""),
        ("XX-12345", "XX-12345", ""),
        ("69001", "69001", ""),
    ],
)
def test_letters_before_postcodes_name_countries(postcode, plain, country):
    assert parted(postcode) == (plain, country)


def test_forms_of_postcodes_tell_their_country():
    assert [country_of(text) for text in ("LS1 4DY", "1012 AB", "00-001", "12345")] == ["GB", "NL", "PL", ""]
    assert fits("69001", "FR")
    assert fits("", "FR")
    assert not fits("1000", "FR")
    assert not fits("69001", "BE")


@pytest.mark.parametrize(
    ("postcode", "country", "whole"),
    [
        ("1000", "FR", "01000"),
        ("184", "IT", "00184"),
        ("1000", "BE", "1000"),
        ("1000", "", "1000"),
        ("932", "FR", "932"),
        ("１０００", "FR", "１０００"),
    ],
)
def test_zeros_that_tables_lost_come_back(postcode, country, whole):
    assert padded(postcode, country) == whole
