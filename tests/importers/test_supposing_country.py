"""The country by which rows are read that name none: from towns, points and postcodes of a file, or not at all."""

import pytest
from django.contrib.gis.geos import Point

from importers.mapping import Mapping
from importers.pipeline import run_import
from importers.toml import mapping_of
from importers.toml_text import as_toml
from initiatives.models import Contact, Initiative
from tests.conftest import square
from tests.factories import PlaceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

LYON, GENT, BREST = (4.83, 45.76), (3.72, 51.05), (-4.49, 48.39)


@pytest.fixture
def gazetteer(france):
    """Two countries, a few of their towns, and one name that stands in both."""
    TerritoryFactory(
        code="BE", scheme="country", names={"fr": "Belgique"}, boundary=square(2.5, 51.01, 6.4, 51.5)
    )
    towns = (
        ("Lyon", "FR", 500_000, LYON),
        ("Nantes", "FR", 300_000, (-1.55, 47.22)),
        ("Brest", "FR", 140_000, BREST),
        ("Brest", "BE", 300_000, (5.0, 51.1)),
        ("Gent", "BE", 250_000, GENT),
        ("Namur", "BE", 110_000, (4.87, 51.05)),
    )
    for name, country, population, (x, y) in towns:
        PlaceFactory(name=name, country=country, population=population, position=Point(x, y, srid=4326))


@pytest.fixture
def imported(gazetteer, write_file):
    """Imports a CSV with a guessed mapping; gives the report."""

    def one(header: str, *rows: str):
        lines = [f"Nom;Thème;{header}", *(f"Lieu {n};co-housing;{row}" for n, row in enumerate(rows))]
        return run_import(str(write_file("\n".join(lines) + "\n")), network_slug="demo", write=True)

    return one


def country_read_as(report) -> str:
    return report.mapping.defaults.get("read_as", "")


def phones() -> set[str]:
    return set(Contact.objects.filter(kind="phone").values_list("value", flat=True))


FRENCH = ("69007;Lyon;04 78 00 00 12", "44000;Nantes;02 40 00 00 12", "69003;Lyon;0033478000013")


def test_towns_and_postcodes_tell_the_country_of_a_file(imported):
    report = imported("Code postal;Ville;Téléphone", *FRENCH, "29200;Brest;02 98 00 00 12")
    assert country_read_as(report) == "FR"
    assert "country by which rows that name none are read: FR, from where most are" in map(str, report.notes)
    assert phones() == {"+33478000012", "+33240000012", "+33478000013", "+33298000012"}
    assert Initiative.objects.get(locality="Brest").position.coords == BREST
    # It is how values are read; nobody said that the rows are there.
    assert set(Initiative.objects.values_list("country", flat=True)) == {""}


def test_points_tell_the_country_of_a_file(imported):
    rows = ("45.76;4.83;04 78 00 00 12;SCOP", "45.77;4.84;;", "47.22;-1.55;02 40 00 00 12;")
    report = imported("Latitude;Longitude;Téléphone;Forme juridique", *rows)
    assert country_read_as(report) == "FR"
    assert phones() == {"+33478000012", "+33240000012"}
    assert Initiative.objects.get(legal_form__isnull=False).legal_form.country == "FR"


def test_a_file_of_several_countries_has_none(imported):
    report = imported(
        "Code postal;Ville;Téléphone", *FRENCH, "9000;Gent;09 200 00 12", "5000;Namur;081 20 00 12"
    )
    assert country_read_as(report) == ""
    assert phones() == {"+33478000013"}


def test_towns_of_several_countries_tell_none(imported):
    assert country_read_as(imported("Ville;Téléphone", "Brest;02 98 00 00 12", "Brest;", "Brest;")) == ""


def test_too_few_rows_tell_nothing_of_the_others(imported):
    report = imported("Ville;Téléphone", "Lyon;04 78 00 00 12", *["Lieu-dit inconnu;"] * 12)
    assert country_read_as(report) == ""


def test_a_row_that_says_otherwise_is_not_read_so(imported):
    rows = [f"{45.7 + n / 100};4.83;69007;04 78 00 00 {n:02}" for n in range(10, 48)]
    report = imported("Latitude;Longitude;Code postal;Téléphone", *rows, "51.05;3.72;9000;0470 12 34 56")
    assert country_read_as(report) == "FR"
    assert len(phones()) == len(rows)
    assert [issue.field for issue in report.issues] == ["phone"]


def test_a_point_elsewhere_is_not_read_so_either(imported):
    rows = [f"{45.7 + n / 100};4.83;04 78 00 00 {n:02}" for n in range(10, 48)]
    report = imported("Latitude;Longitude;Téléphone", *rows, "51.3;6.3;0470 12 34 56")
    assert country_read_as(report) == "FR"
    assert len(phones()) == len(rows)


def test_nothing_is_supposed_where_all_rows_name_their_country(imported):
    report = imported("Ville;Pays;Téléphone", *["Lyon;France;04 78 00 00 12"] * 3)
    assert "read_as" not in report.mapping.defaults


def test_rows_that_name_a_country_speak_for_the_others(imported):
    rows = ["Lyon;France;", "Nantes;France;", "Lyon;France;", "Hameau inconnu;;04 78 00 00 12"]
    report = imported("Ville;Pays;Téléphone", *rows)
    assert country_read_as(report) == "FR"


def test_zeros_that_a_table_took_from_postcodes_come_back(imported):
    PlaceFactory(name="Nice", position=Point(7.27, 43.7, srid=4326))
    report = imported("Code postal;Ville;Téléphone", *FRENCH, "6000;Nice;04 93 00 00 12")
    assert country_read_as(report) == "FR"
    assert Initiative.objects.get(locality="Nice").postcode == "06000"
    assert "+33493000012" in phones()


def test_no_zeros_are_put_where_they_were_never_lost(imported):
    rows = [*FRENCH * 10, "06000;Nice;", "6000;Charleroi;071 20 00 12"]
    imported("Code postal;Ville;Téléphone", *rows)
    assert not Initiative.objects.filter(postcode="06000", locality="Charleroi").exists()


def test_a_single_short_postcode_is_a_slip(imported):
    rows = [f"440{n:02};Nantes;" for n in range(40)]
    imported("Code postal;Ville;Téléphone", *rows, "4400;Nantes;")
    assert Initiative.objects.filter(postcode="4400").exists()


def test_a_mapping_can_say_by_which_country_rows_are_read():
    text = '[fields]\nname = "Nom"\n\n[defaults]\nread_as = "FR"\n'
    assert mapping_of(text).defaults == {"read_as": "FR"}
    assert mapping_of(as_toml(mapping_of(text))) == mapping_of(text)
    assert Mapping().defaults == {}
