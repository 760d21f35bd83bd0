"""Positions: exchanged, projected, impossible, missing."""

import pytest
from django.core.management.base import CommandError

from initiatives.models import Initiative
from tests.factories import PlaceFactory

from .conftest import counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def place_of(run, write_file, france):
    """Imports one row and gives (summary, initiative or none)."""

    def one(header: str, row: str, mapping: str = "") -> tuple[dict, Initiative | None]:
        path = write_file(f"name;theme;{header}\nA;co-housing;{row}\n")
        options = {"mapping": write_file(mapping, "m.toml")} if mapping else {}
        return run(path, write=True, **options), Initiative.objects.first()

    return one


def test_exchanged_coordinates_are_put_right(place_of):
    summary, made = place_of("lat;lon;country", "4.83;45.76;FR", MAPPING)
    assert summary["warnings"] == 1
    assert made.position.coords == (4.83, 45.76)


MAPPING = """
[fields]
name = "name"
country = "country"
[position]
longitude = "lon"
latitude = "lat"
[themes]
column = "theme"
"""


@pytest.mark.parametrize(
    "pair", ["0;0", "99;200", "-999;-999", "NaN;NaN", "abc;4", "45.76;", "842123.5;6519876.1", "1e999;3"]
)
def test_impossible_coordinates_are_refused(place_of, pair):
    summary, made = place_of("lat;lon;country", f"{pair};FR", MAPPING)
    assert summary["refused"] == 1
    assert made is None


def test_projected_coordinates_say_so_and_can_be_declared(place_of, write_file, run, tmp_path):
    report = tmp_path / "report.csv"
    path = write_file("name;theme;lon;lat;country\nA;co-housing;842480,5;6519770,1;FR\n")
    run(path, mapping=write_file(MAPPING, "m.toml"), report=report)
    assert "looks like projected coordinates" in report.read_text(encoding="utf-8-sig")
    declared = MAPPING.replace("[position]", '[position]\ncrs = "EPSG:2154"')
    run(path, mapping=write_file(declared, "m.toml"), write=True)
    assert Initiative.objects.get().position.coords == pytest.approx((4.835, 45.763), abs=0.01)


@pytest.mark.parametrize("number", ["999999", "5773", "4978"], ids=["unknown", "heights", "geocentric"])
def test_an_unknown_projection_ends_in_one_line(run, write_file, number):
    crs = f'"crs": {{"type": "name", "properties": {{"name": "urn:ogc:def:crs:EPSG::{number}"}}}}'
    feature = (
        '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [842480, 6519770]},'
        ' "properties": {"name": "A", "theme": "co-housing"}}'
    )
    path = write_file(f'{{"type": "FeatureCollection", {crs}, "features": [{feature}]}}', "a.geojson")
    with pytest.raises(CommandError, match=rf"a\.geojson: the crs “EPSG:{number}”; expected") as error:
        run(path)
    assert "\n" not in str(error.value)
    declared = write_file(MAPPING.replace("[position]", f'[position]\ncrs = "EPSG:{number}"'), "m.toml")
    with pytest.raises(CommandError, match=r"^mapping, position\.crs: expected") as error:
        run(write_file("name;theme;lon;lat;country\nA;co-housing;842480;6519770;FR\n"), mapping=declared)
    assert "\n" not in str(error.value)


def test_a_point_outside_of_its_country_is_told(place_of):
    summary, made = place_of("lat;lon;country", "-21.1;55.5;FR", MAPPING)
    assert summary["warnings"] == 1
    assert made.position.coords == (55.5, -21.1)


TOWN = '[fields]\nname = "name"\nlocality = "town"\n[themes]\ncolumn = "theme"\n[defaults]\ncountry = "FR"\n'


def test_the_town_gives_the_place(place_of):
    PlaceFactory(name="Lyon")
    summary, made = place_of("town", "LYON CEDEX 03", TOWN)
    assert counts(summary) == (1, 0, 0, 0, 0)
    assert made.precision == "locality"


def test_unclear_and_unknown_towns_are_refused(place_of):
    PlaceFactory(name="Saint-Denis", population=100_000)
    PlaceFactory(name="Saint-Denis", population=90_000)
    assert place_of("town", "Saint-Denis", TOWN)[0]["refused"] == 1
    assert place_of("town", "Nowhere", TOWN)[0]["refused"] == 1


def test_no_position_only_where_allowed(place_of):
    allowed = TOWN.replace("[themes]", '[position]\nmissing = "allow"\n[themes]')
    _summary, made = place_of("town", "", allowed)
    assert made.has_no_position
    assert made.is_published
