"""Metres of a system that nobody declared: the one that puts rows where their file says that they are."""

import csv
import json

import pyproj
import pytest
from django.contrib.gis.geos import Point

from importers.guessing.position import guess_position
from importers.places.systems import named_in
from initiatives.models import Initiative
from tests.conftest import square
from tests.factories import PlaceFactory, TerritoryFactory

from .conftest import counts

pytestmark = pytest.mark.django_db

# Towns, made to be told apart by their names alone.
TOWNS = {
    "FR": {"Aville": (4.85, 45.76), "Bville": (-1.55, 47.2), "Cville": (2.35, 48.85)},
    "BE": {"Adorp": (4.35, 50.85), "Bdorp": (5.57, 50.63), "Cdorp": (3.72, 51.05)},
    "DE": {"Astadt": (13.4, 52.5), "Bstadt": (11.57, 48.13), "Cstadt": (9.5, 51.3)},
    "DK": {"Akobing": (10.21, 56.15), "Bkobing": (9.9, 57.05), "Ckobing": (10.4, 55.4)},
    "GB": {"Aton": (-0.12, 51.5), "Bton": (-2.24, 53.48), "Cton": (-1.6, 54.97)},
}
OUTLINES = {
    "BE": (2.5, 49.5, 6.4, 51.5),
    "DE": (5.9, 47.3, 15.0, 55.0),
    "DK": (8, 54.6, 12.7, 57.8),
    "GB": (-6, 50, 1.7, 58.6),
}


@pytest.fixture
def europe(france):
    """Five countries as boxes, with three towns each."""
    for code, box in OUTLINES.items():
        TerritoryFactory(code=code, scheme="country", names={"en": code}, boundary=square(*box))
    for code, towns in TOWNS.items():
        for name, place in towns.items():
            PlaceFactory(name=name, country=code, position=Point(*place, srid=4326))


@pytest.fixture
def write_rows(tmp_path):
    """Writes records as a table and gives its path."""

    def write(rows: list[dict], name: str = "list.csv"):
        with (tmp_path / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return tmp_path / name

    return write


def rows_of(code: str, crs: int, x: str = "X", y: str = "Y", **others) -> list[dict]:
    """A record for each town of a country, three times, in metres of a system; `town` as in the gazetteer."""
    transform = pyproj.Transformer.from_crs(4326, crs, always_xy=True).transform
    rows = []
    for number, (town, place) in enumerate([*TOWNS[code].items()] * 3):
        east, north = transform(*place)
        metres = {x: f"{east:.1f}", y: f"{north:.1f}"}
        rows.append(
            {"name": f"Co-housing {town} {number}", **metres, "town": town, "theme": "co-housing", **others}
        )
    return rows


def without(rows: list[dict], column: str) -> list[dict]:
    """The same without a column."""
    return [{name: value for name, value in row.items() if name != column} for row in rows]


def assert_all_in_place(code: str) -> None:
    """Each initiative stands in the town of its name, to the point."""
    made = list(Initiative.objects.all())
    assert len(made) == 9
    for one in made:
        assert one.position.coords == pytest.approx(TOWNS[code][one.name.split()[1]], abs=0.01)
        assert one.precision == "exact"


GRIDS = [
    ("FR", 2154), ("FR", 27572), ("FR", 3857), ("BE", 31370), ("BE", 3812), ("DE", 31467), ("DE", 25832), ("DE", 4647),
    ("DE", 3035), ("DK", 25832), ("GB", 27700),
]  # fmt: skip


@pytest.mark.parametrize(("code", "crs"), GRIDS)
@pytest.mark.parametrize("columns", [("X", "Y"), ("Y", "X")], ids=["", "turned"])
def test_the_system_is_that_which_puts_rows_near_their_towns(run, write_rows, europe, code, crs, columns):
    summary = run(write_rows(rows_of(code, crs, *columns)), write=True)
    assert (counts(summary), summary["warnings"]) == ((9, 0, 0, 0, 0), 0)
    assert_all_in_place(code)


@pytest.mark.parametrize("headers", [("Rechtswert", "Hochwert"), ("utm_e", "utm_n"), ("E-Wert", "N-Wert")])
def test_axes_are_known_by_their_words(run, write_rows, europe, headers):
    run(write_rows(rows_of("DE", 25832, *headers)), write=True)
    assert_all_in_place("DE")


def test_the_stated_country_tells_where_there_is_no_town(run, write_rows, europe):
    path = write_rows(without(rows_of("DE", 31467, "Rechtswert", "Hochwert", Land="Deutschland"), "town"))
    assert run(path, write=True)["warnings"] == 0
    assert_all_in_place("DE")


def test_metres_of_several_systems_are_guessed_none(run, write_rows, europe):
    """Zones of Denmark lie in France by the French grid; nothing says which is meant."""
    summary = run(write_rows(without(rows_of("DK", 25832), "town")))
    assert counts(summary) == (0, 0, 0, 0, 9)


@pytest.mark.parametrize(
    "said", [{"x": "X (UTM 32N)", "y": "Y (UTM 32N)"}, {"Zone": "32"}, {"EPSG": "25832"}]
)
def test_what_headers_name_is_taken_where_nothing_contradicts(run, write_rows, europe, said):
    run(write_rows(without(rows_of("DK", 25832, **said), "town")), write=True)
    assert_all_in_place("DK")


def test_towns_stand_above_what_headers_name(run, write_rows, europe):
    run(write_rows(rows_of("BE", 31370, "X (Lambert 93)", "Y (Lambert 93)")), write=True)
    assert_all_in_place("BE")


def test_rows_of_no_system_go_by_their_towns(run, write_rows, europe, tmp_path):
    rows = [{**row, "X": f"{float(row['X']) + 9_000_000}"} for row in rows_of("DE", 25832)]
    report = tmp_path / "report.csv"
    summary = run(write_rows(rows), write=True, report=report)
    assert (counts(summary), summary["warnings"]) == ((9, 0, 0, 0, 0), 9)
    assert set(Initiative.objects.values_list("precision", flat=True)) == {"locality"}
    with report.open(encoding="utf-8-sig", newline="") as file:
        issues = list(csv.DictReader(file))
    # One reason for all, with each value beside it.
    assert {issue["message"] for issue in issues} == {"looks like projected coordinates; give [position] crs"}
    assert len({issue["value"] for issue in issues}) == 3


def test_rows_of_several_zones_go_by_their_towns(run, write_rows, europe):
    """One system for all would put those of the other zones into other countries."""
    by_zone = {"Astadt": 31469, "Bstadt": 31468, "Cstadt": 31467}
    rows = [row for town, crs in by_zone.items() for row in rows_of("DE", crs) if row["town"] == town]
    summary = run(write_rows(rows), write=True)
    assert (counts(summary), summary["warnings"]) == ((9, 0, 0, 0, 0), 9)
    assert set(Initiative.objects.values_list("precision", flat=True)) == {"locality"}


def test_a_row_far_from_its_town_is_told(run, write_rows, europe):
    rows = rows_of("DE", 25832)
    rows[0]["town"] = "Bstadt"
    summary = run(write_rows(rows), write=True)
    assert (counts(summary), summary["warnings"]) == ((9, 0, 0, 0, 0), 1)
    assert_all_in_place("DE")


POSITION = '[fields]\nname = "name"\nlocality = "town"\n[position]\nlongitude = "lon"\nlatitude = "lat"\n'


@pytest.mark.parametrize("pair", [("0", "0"), ("abc", "4"), ("99", "200"), ("6519893", "842482")])
def test_an_unusable_position_goes_to_the_town_by_a_guess_alone(run, write_rows, write_file, europe, pair):
    good = {"name": "Co-housing A", "lat": "45.7", "lon": "4.8", "town": "Aville", "theme": "co-housing"}
    path = write_rows([good, {**good, "name": "Co-housing B", "lat": pair[0], "lon": pair[1]}])
    mapping = write_file(f'{POSITION}[themes]\ndefault = "co-housing"\n', "m.toml")
    assert counts(run(path, mapping=mapping)) == (1, 0, 0, 0, 1)
    summary = run(path, write=True)
    assert (counts(summary), summary["warnings"]) == ((2, 0, 0, 0, 0), 1)
    assert Initiative.objects.get(name="Co-housing B").precision == "locality"


def test_nothing_in_metres_is_nowhere(run, write_rows, europe):
    rows = rows_of("FR", 2154)
    rows[0] |= {"X": "0", "Y": "0"}
    summary = run(write_rows(rows), write=True)
    assert (summary["added"], summary["warnings"]) == (9, 1)
    assert Initiative.objects.get(precision="locality").position.coords == TOWNS["FR"]["Aville"]


def test_numbers_beyond_any_system_do_not_hinder_the_others(run, write_rows, europe):
    rows = rows_of("DE", 25832) + [{**row, "name": f"{row['name']} b"} for row in rows_of("DE", 25832)]
    rows[3] |= {"X": "1e200", "Y": "-1e200"}
    summary = run(write_rows(rows), write=True)
    assert (summary["added"], summary["warnings"]) == (18, 1)
    assert Initiative.objects.get(precision="locality").position.coords == TOWNS["DE"]["Astadt"]


def test_geometries_in_metres_are_tried_as_well(run, write_file, europe):
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [float(row["X"]), float(row["Y"])]},
            "properties": {"name": row["name"], "town": row["town"]},
        }
        for row in rows_of("FR", 2154)
    ]
    path = write_file(json.dumps({"type": "FeatureCollection", "features": features}), "a.geojson")
    run(path, write=True)
    assert_all_in_place("FR")


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("coord_x (UTM 32N)", {4647, 25832}),
        ("X Lambert 93", {2154}),
        ("Lambert II étendu", {27572}),
        ("R-Wert (GK3)", {31467}),
        ("E-Koordinate (LV95)", {2056}),
        ("huso H30", {25830}),
        ("x_2154", {2154}),
        ("EPSG:32188", {32188}),
        ("EPSG:4326", set()),
        ("EPSG:999999", set()),
        ("X 2019", set()),
        ("longitude", set()),
    ],
)
def test_headers_name_systems(header, codes):
    assert {system.code for system in named_in(header)} == codes


@pytest.mark.parametrize(
    ("text", "order"),
    [("POINT (4.8 45.7)", "lon,lat"), ("45.7, 4.8", "lat,lon"), ("geo:45.7,4.8", "lat,lon")],
)
def test_pairs_are_shown_in_the_order_they_are_written_in(text, order):
    assert guess_position({"position": ["place"]}, [{"place": text}]).order == order
