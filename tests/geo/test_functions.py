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
        ("Via Roma 12/A", "Via Roma"),
        ("12/A, Via Roma", "Via Roma"),
        ("Via Roma, n. 12", "Via Roma"),
        ("Calle Mayor, 12, 3º B", "Calle Mayor"),
        ("Hauptstraße 5, Hinterhaus", "Hauptstraße"),
        ("n° 12 rue des Lilas", "rue des Lilas"),
        ("Unit 3, 14 High Street", "High Street"),
        ("Rue de Rivoli 75, Bâtiment B", "Rue de Rivoli"),
        ("Musterstr. 12a-c", "Musterstr."),
        ("Rue des Lilas 1205", "Rue des Lilas"),
        ("1205 rue des Lilas", "rue des Lilas"),
        ("Bâtiment B2, rue des Lilas", "rue des Lilas"),
        ("ul. Długa 12 m. 4", "ul. Długa"),
        # Dates belong to the name, numbers beside them do not.
        ("Place du 8 mai 1945", "Place du 8 mai 1945"),
        ("rue du 11 novembre", "rue du 11 novembre"),
        ("12 bis rue du 1er mai", "rue du 1er mai"),
        ("Place du 8 mai 1945, 12", "Place du 8 mai 1945"),
        ("Via XX Settembre", "Via XX Settembre"),
        ("Via XX Settembre 12", "Via XX Settembre"),
        ("Via 25 Aprile 12", "Via 25 Aprile"),
        ("Calle 2 de Mayo, 3", "Calle 2 de Mayo"),
        ("Straße des 17. Juni", "Straße des 17. Juni"),
        ("Straße des 17. Juni 135", "Straße des 17. Juni"),
        ("12 May Street", "May Street"),
        # What is not understood is not shown.
        ("12", ""),
        ("Cour B2, rue des Lilas", ""),
        ("3º B, Calle Mayor 12", ""),
        ("12B1 rue des Lilas", ""),
        ("１２ rue des Lilas", ""),
        ("Rue de la 2e DB", ""),
        ("", ""),
    ],
)
def test_street_precision_hides_the_house_number(street, shown):
    assert scalar("SELECT geo_public_street(%s, 'street')", street) == shown
    assert scalar("SELECT geo_public_street(%s, 'locality')", street) == ""
