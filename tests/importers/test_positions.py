"""Where a guess finds positions: nested, in one cell, as geometry, in metres of a system nobody declared."""

import json

import pytest
import shapely

from importers.places.figures import point_of
from importers.places.numbers import parse_number, parse_pair
from initiatives.models import Initiative

from .conftest import counts

pytestmark = pytest.mark.django_db

LON, LAT = 4.835, 45.764
POINT = {"type": "Point", "coordinates": [LON, LAT]}
# The same place in Lambert-93.
X, Y = 842482.5, 6519893.2


def record(**members) -> dict:
    """A record of JSON."""
    return {"id": "1", "name": "Jardin partagé", **members}


@pytest.mark.parametrize(
    "members",
    [
        {"address": {"city": "Lyon", "location": {"lat": LAT, "lon": LON}}},
        {"geo": {"latitude": str(LAT), "longitude": str(LON)}},
        {"position": {"lat": LAT, "lng": LON}},
        {"geometry": POINT},
        {"location": POINT},
        {"lat_lon": [LAT, LON]},
        {"lon_lat": [LON, LAT]},
        {"coordonnees": f"{LAT}, {LON}"},
        {"coordonnees": f"{LAT}|{LON}"},
        {"geo_point_2d": {"lon": LON, "lat": LAT}},
        {"geo_point_2d": f"{LAT},{LON}"},
        {"wkt": f"POINT ({LON} {LAT})"},
        {"geom": f"SRID=4326;POINT({LON} {LAT})"},
        {
            "geom": f"POLYGON (({LON - 1} {LAT - 1}, {LON + 1} {LAT - 1}, {LON} {LAT + 2}, {LON - 1} {LAT - 1}))"
        },
        {"geom": json.dumps(POINT)},
        {"geom": shapely.to_wkb(shapely.Point(LON, LAT), hex=True, include_srid=True)},
        {"Carte Google": f"https://www.google.com/maps/place/x/@{LAT},{LON},17z"},
        {"lat": "45°45'50.4\"N", "lon": "4°50'06\"E"},
        {"x": f"{X}".replace(".", ","), "y": f"{Y}".replace(".", ",")},
        {"x": Y, "y": X},
        {"coordonnees": f"{X} {Y}"},
    ],
    ids=lambda members: json.dumps(members)[:60],
)
def test_positions_are_found(run, write_file, france, members):
    summary = run(write_file(json.dumps([record(**members)]), "list.json"), write=True)
    assert counts(summary) == (1, 0, 0, 0, 0)
    made = Initiative.objects.get()
    # A point within an area lies anywhere in it.
    close = 1.5 if "POLYGON" in str(members) else 0.002
    assert made.position.coords == pytest.approx((LON, LAT), abs=close)


def test_metres_are_those_of_the_stated_country(run, write_file, france):
    """Numbers of Lambert-93 in a file of Denmark are of some other system, which has to be told."""
    path = write_file(json.dumps([record(x=X, y=Y, country="Danmark")]), "list.json")
    assert run(path)["refused"] == 1


def test_a_geometry_stands_above_the_order_of_pairs(run, write_file, france):
    position = '[position]\ncolumn = "wkt"\norder = "lon,lat"\n'
    mapping = f'[fields]\nname = "name"\n{position}[themes]\ndefault = "co-housing"\n'
    path = write_file(f"name;wkt\nA;POINT(2.1 41.4)\nB;{LON} {LAT}\n")
    run(path, mapping=write_file(mapping, "m.toml"), write=True)
    assert Initiative.objects.get(name="A").position.coords == (2.1, 41.4)
    assert Initiative.objects.get(name="B").position.coords == (LON, LAT)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "{}", '{"type": "Point"}', '{"type": "Point", "coordinates": []}', "POINT EMPTY", "POINT (1)",
        "POLYGON ((0 0, 1))", "01" + "F" * 42, '{"type": "Feature"}', "https://www.openstreetmap.org/node/1", "[1, 2]",
    ],
)  # fmt: skip
def test_what_is_no_geometry_is_none(text):
    assert point_of(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45° 30' N", 45.5),
        ("1°30′36″W", -1.51),
        ("12°0'0\"", 12.0),
        ("45.5°", 45.5),
        ("E 4° 53′ 9.60″", 4.886),
        ("N 45° 44.91'", 45.7485),
        ("N45 44.91", 45.7485),
        ("41º 30' 36'' N", 41.51),
        ("W 3.7", -3.7),
        ("2'681'762", 2_681_762),
        ("842\u202f482,5", 842_482.5),
        ("842 482,5", 842_482.5),
        ("3.561.206,27", 3_561_206.27),
        ("E: 2’681’762.5", 2_681_762.5),
    ],
)
def test_numbers_and_degrees_as_people_write_them(text, number):
    assert parse_number(text) == pytest.approx(number)


@pytest.mark.parametrize("text", ["-4.8 W", "N 4.8 E", "45° 61' N", "45.748.512", "45 44.9", "N", "1 23 456"])
def test_numbers_that_say_two_things_are_none(text):
    with pytest.raises(ValueError, match="expected a number"):
        parse_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "N45.7485 E4.85",
        "N 45° 44.91' E 4° 51.00'",
        "E4.85 N45.7485",
        "45°44'54.6\"N 4°51'0.0\"E",
        "geo:45.7485,4.85",
        "geo:45.7485,4.85;u=35",
        "lat: 45.7485, lng: 4.85",
        "Longitude : 4,85 / Latitude : 45,7485",
        '{"lat": 45.7485, "lon": 4.85}',
        "45.7485, 4.85",
    ],
)
def test_pairs_as_people_write_them(text):
    assert parse_pair(text) == pytest.approx((45.7485, 4.85))


def test_two_latitudes_are_no_pair():
    with pytest.raises(ValueError, match="expected a latitude and a longitude"):
        parse_pair("N45.7 N45.8")
