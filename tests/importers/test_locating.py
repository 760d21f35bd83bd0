"""Positions: exchanged, projected, impossible, missing."""

import pytest
from django.contrib.gis.geos import Point
from django.core.management.base import CommandError

from importers.places.towns import department_of
from initiatives.models import Initiative
from tests.conftest import square
from tests.factories import PlaceFactory, TerritoryFactory

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
    with pytest.raises(
        CommandError, match=rf"a\.geojson: the reference system “EPSG:{number}”; expected"
    ) as error:
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
    PlaceFactory(name="Beauville", population=100_000)
    PlaceFactory(name="Beauville", population=90_000)
    assert place_of("town", "Beauville", TOWN)[0]["refused"] == 1
    assert place_of("town", "Nowhere", TOWN)[0]["refused"] == 1


BY_POST = TOWN.replace("[themes]", 'postcode = "post"\n[themes]')


# A town that is unknown passes here, one that is unclear does not.
ALLOWED = BY_POST.replace("[themes]", '[position]\nmissing = "allow"\n[themes]')


@pytest.fixture
def two_towns(france):
    """Beauville twice, each in a department, one of them overseas."""
    for code, lon, lat, population in (("93", 2.35, 48.94, 96_000), ("974", 5.45, 43.2, 154_000)):
        TerritoryFactory(
            code=f"FR-{code}",
            scheme="department",
            country="FR",
            boundary=square(lon - 0.2, lat - 0.2, lon + 0.2, lat + 0.2),
        )
        PlaceFactory(name="Beauville", population=population, position=Point(lon, lat, srid=4326))


@pytest.mark.parametrize(
    ("postcode", "longitude"),
    [("93200", 2.35), ("F-93200", 2.35), ("93200.0", 2.35), ("97400", 5.45), ("97417", 5.45)],
)
def test_the_postcode_tells_towns_of_one_name_apart(place_of, two_towns, postcode, longitude):
    summary, made = place_of("post;town", f"{postcode};Beauville", BY_POST)
    assert (summary["added"], summary["warnings"]) == (1, 0)
    assert made.position.x == longitude
    assert made.precision == "locality"


@pytest.mark.parametrize("postcode", ["", "69001", "932", "932000", "XX 93200", "９３２００"])
def test_a_postcode_that_leads_to_neither_town_leaves_it_unclear(place_of, two_towns, postcode):
    assert place_of("post;town", f"{postcode};Beauville", BY_POST)[0]["refused"] == 1
    # It is the name that is unclear, not unknown.
    assert place_of("post;town", f"{postcode};Beauville", ALLOWED)[0]["refused"] == 1


def test_a_town_of_an_island_that_is_not_known_is_not_looked_for_elsewhere(place_of, two_towns):
    PlaceFactory(name="Beauville", population=9_000_000, position=Point(55.5, -21, srid=4326))
    assert place_of("post;town", "97500;Beauville", BY_POST)[0]["refused"] == 1


def test_two_towns_in_one_department_stay_unclear(place_of, two_towns):
    PlaceFactory(name="Beauville", population=90_000, position=Point(2.3, 48.9, srid=4326))
    assert place_of("post;town", "93200;Beauville", BY_POST)[0]["refused"] == 1


def test_the_smaller_town_is_meant_where_the_postcode_says_so(place_of, two_towns):
    PlaceFactory(name="Beauville", population=9_000_000, position=Point(0, 47, srid=4326))
    assert place_of("post;town", "93200;Beauville", BY_POST)[1].position.x == 2.35


def test_a_town_in_another_department_is_taken_and_told(place_of, two_towns):
    PlaceFactory(name="Nantes", position=Point(-1.55, 47.2, srid=4326))
    summary, made = place_of("post;town", "93200;Nantes", BY_POST)
    assert (summary["added"], summary["warnings"]) == (1, 1)
    assert made.position.x == -1.55


def test_municipalities_tell_the_department_where_no_department_is_known(place_of, france):
    for code, lon in (("59100", 3.0), ("62100", 1.9)):
        TerritoryFactory(
            code=code, scheme="municipality", country="FR", boundary=square(lon - 0.1, 50, lon + 0.1, 51)
        )
        PlaceFactory(name="Wimille", population=4_000, position=Point(lon, 50.7, srid=4326))
    assert place_of("post;town", "62126;Wimille", BY_POST)[1].position.x == 1.9


@pytest.mark.parametrize(
    ("written", "town"),
    [
        ("Lyon 3e", "Lyon"),
        ("Lyon 3ème arr.", "Lyon"),
        ("Paris 11e Arrondissement", "Paris"),
        ("Marseille 1er", "Marseille"),
        ("NANTES CEDEX 2", "Nantes"),
        ("Lyon (69)", "Lyon"),
        ("69 - Lyon", "Lyon"),
        ("Torino (TO)", "Torino"),
        ("Torino TO", "Torino"),
        ("Roma Capitale", "Roma"),
        ("Ville de Lyon", "Lyon"),
        ("St Martin", "Saint Martin"),
        ("Ste Foy", "Sainte Foy"),
        ("St. Martin", "Sankt Martin"),
        ("Frankfurt a.M.", "Frankfurt am Main"),
        ("Frankfurt/Main", "Frankfurt am Main"),
        ("Frankfurt (Oder)", "Frankfurt Oder"),
        ("Neustadt/Donau", "Neustadt an der Donau"),
        ("Villefranche s/Saone", "Villefranche sur Saone"),
        ("Ixelles / Elsene", "Ixelles"),
    ],
)
def test_towns_are_found_as_lists_write_them(place_of, written, town):
    PlaceFactory(name=town)
    PlaceFactory(name="Frankfurt", population=9_000)
    plain = TOWN.replace('[defaults]\ncountry = "FR"\n', "")
    assert place_of("town", written, plain)[0]["added"] == 1
    assert Initiative.objects.get().locality == written


@pytest.mark.parametrize("written", ["Newtown (Powys)", "Vienne, Isère", "Neustadt/Harz", "Lyonnais 69"])
def test_parts_of_names_are_not_taken_for_towns(place_of, written):
    for name in ("Newtown", "Vienne", "Neustadt", "Lyon"):
        PlaceFactory(name=name)
    assert place_of("town", written, TOWN)[0]["refused"] == 1


def test_the_department_beside_a_town_tells_which_one(place_of, two_towns):
    plain = TOWN.replace('[defaults]\ncountry = "FR"\n', "")
    assert place_of("town", "Beauville (93)", plain)[1].position.x == 2.35


READ_AS = BY_POST.replace('country = "FR"', 'read_as = "FR"')


def test_a_town_is_looked_for_in_the_supposed_country_first(place_of, two_towns):
    PlaceFactory(name="Beauville", country="BY", population=900_000, position=Point(23.7, 52.1, srid=4326))
    assert place_of("post;town", "93200;Beauville", READ_AS)[1].position.x == 2.35


@pytest.mark.parametrize("postcode", ["4000", "69001", ""])
def test_a_town_of_no_supposed_country_is_found_elsewhere(place_of, two_towns, postcode):
    PlaceFactory(name="Liège", search_names="|liege", country="BE", position=Point(5.57, 50.63, srid=4326))
    assert place_of("post;town", f"{postcode};Liège", READ_AS)[1].position.x == 5.57


def test_the_form_of_a_postcode_leaves_some_countries(place_of):
    for country, longitude in (("FR", -4.49), ("BY", 23.7)):
        PlaceFactory(
            name="Brest", country=country, population=200_000, position=Point(longitude, 48, srid=4326)
        )
    plain = BY_POST.replace('[defaults]\ncountry = "FR"\n', "")
    assert place_of("post;town", "29200;Brest", plain)[1].position.x == -4.49


def test_a_postcode_of_no_known_form_speaks_against_no_town(place_of):
    PlaceFactory(name="Lyon")
    plain = BY_POST.replace('[defaults]\ncountry = "FR"\n', "")
    assert place_of("post;town", "69 001 XY;Lyon", plain)[0]["added"] == 1
    assert place_of("post;town", "1234567;Lyon", plain)[0]["refused"] == 0


def test_whole_addresses_give_the_town(place_of, france):
    PlaceFactory(name="Lyon")
    mapping = TOWN.replace('locality = "town"', 'street = "address"')
    made = place_of("address", '"12 rue du Test, 69007 Lyon"', mapping)[1]
    assert (made.street, made.postcode, made.locality) == ("12 rue du Test", "69007", "Lyon")
    assert made.precision == "locality"


@pytest.mark.parametrize(
    ("postcode", "country", "department"),
    [
        ("69001", "FR", "69"),
        ("1000", "FR", "01"),
        ("20000", "FR", "2A"),
        ("20137", "FR", "2A"),
        ("20200", "FR", "2B"),
        ("20600", "FR", "2B"),
        ("97133", "FR", "971"),
        ("98800", "FR", "988"),
        ("69001", "DE", ""),
        ("69001", "", ""),
        ("98000", "MC", ""),
        ("nope", "FR", ""),
    ],
)
def test_departments_of_postcodes(postcode, country, department):
    assert department_of(postcode, country) == department


def test_no_position_only_where_allowed(place_of):
    allowed = TOWN.replace("[themes]", '[position]\nmissing = "allow"\n[themes]')
    _summary, made = place_of("town", "", allowed)
    assert made.has_no_position
    assert made.is_published
