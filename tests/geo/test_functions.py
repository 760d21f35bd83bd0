"""The SQL functions against their definitions."""

import math

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.tiles import MAX_ZOOM, Tile

LONGITUDES = st.floats(-180, 180, allow_nan=False, allow_subnormal=False)
LATITUDES = st.floats(-85.05, 85.05, allow_nan=False, allow_subnormal=False)


def scalar(sql: str, *parameters):
    """First column of the first row."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]


POINT = "ST_SetSRID(ST_MakePoint(%s, %s), 4326)"


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(lon=LONGITUDES, lat=LATITUDES, zoom=st.integers(0, MAX_ZOOM))
def test_cell_lies_in_the_tile_of_the_slippy_map_formula(lon, lat, zoom):
    cell = scalar(f"SELECT geo_cell({POINT})", lon, lat)
    side = 1 << zoom
    x = min(side - 1, max(0, math.floor((lon + 180) / 360 * side)))
    rad = math.radians(lat)
    y = min(
        side - 1, max(0, math.floor((1 - math.log(math.tan(rad) + 1 / math.cos(rad)) / math.pi) / 2 * side))
    )
    first, after = Tile(zoom, x, y).cells()
    assert first <= cell < after


@pytest.mark.django_db
def test_cell_is_null_beyond_what_mercator_shows():
    assert scalar(f"SELECT geo_cell({POINT})", 0, 85.06) is None
    assert scalar(f"SELECT geo_cell({POINT})", 0, -89) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("precision", "degrees"), [("street", 0.002), ("locality", 0.04), ("region", 0.4)])
def test_all_points_of_a_grid_cell_blur_to_one(precision, degrees):
    lon, lat = scalar(
        f"SELECT ARRAY[ST_X(p), ST_Y(p)] FROM geo_blur({POINT}, %s) AS p", 4.8357, 45.764, precision
    )
    assert abs(lat - 45.764) <= degrees / 2 + 1e-9
    for nudge in (-0.3, 0, 0.3):
        again = scalar(
            f"SELECT ARRAY[ST_X(p), ST_Y(p)] FROM geo_blur({POINT}, %s) AS p",
            lon + nudge * degrees,
            lat + nudge * degrees,
            precision,
        )
        assert again == [lon, lat]


@pytest.mark.django_db
def test_exact_positions_are_rounded_to_seven_decimals():
    assert scalar(f"SELECT ST_X(geo_blur({POINT}, 'exact'))", 4.123456789, 45) == 4.1234568


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  L'Épicerie  ", "l epicerie"),
        ("STRASSE Weiß", "strasse weiss"),
        ("Œuvre—Ångström", "oeuvre angstrom"),
        ("!?", ""),
    ],
)
def test_folding_leaves_letters_and_digits(text, folded):
    assert scalar("SELECT geo_fold(%s)", text) == folded


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("street", "shown"),
    [
        ("12 rue des Lilas", "rue des Lilas"),
        ("12 bis, rue des Lilas", "rue des Lilas"),
        ("Hauptstraße 5a", "Hauptstraße"),
        ("Alzaia delle Anatre, 40", "Alzaia delle Anatre"),
        ("5-7 High Street", "High Street"),
        ("Place du 8 mai 1945", "Place du 8 mai 1945"),
    ],
)
def test_street_precision_hides_the_house_number(street, shown):
    assert scalar("SELECT geo_public_street(%s, 'street')", street) == shown
    assert scalar("SELECT geo_public_street(%s, 'locality')", street) == ""
