"""Vector tiles are what PostGIS would write, and GDAL reads them."""

import json
import subprocess

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import mvt

TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
POINTS = st.lists(
    st.tuples(st.floats(-179.99, 179.99), st.floats(-85, 85), st.integers(0, 2**40), TEXTS, TEXTS),
    min_size=1,
    max_size=12,
)
BY_POSTGIS = """
SELECT ST_AsMVT(r, 'points', 4096, 'geom') FROM (
  SELECT ST_AsMVTGeom(ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 3857),
                      ST_TileEnvelope(0, 0, 0), 4096, 64, false) AS geom, count, name, slug
  FROM ROWS FROM (json_to_recordset(%s) AS (lon float8, lat float8, count bigint, name text, slug text))) AS r
"""


def read(tile: bytes, folder, z: int = 0, x: int = 0, y: int = 0) -> list[dict]:
    """Features of the layer `points`, as GDAL reads them, EPSG:3857."""
    path = folder / f"{y}.mvt"
    path.write_bytes(tile)
    places = [word for name, value in (("X", x), ("Y", y), ("Z", z)) for word in ("-oo", f"{name}={value}")]
    said = subprocess.run(
        ["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", "-a_srs", "EPSG:3857", "-lco", "RFC7946=NO",
         *places, str(path), "points"],
        capture_output=True, check=True,
    )  # fmt: skip
    return json.loads(said.stdout)["features"]


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(points=POINTS)
def test_points_lie_where_postgis_puts_them(points, tmp_path):
    names = ("lon", "lat", "count", "name", "slug")
    with connection.cursor() as cursor:
        cursor.execute(BY_POSTGIS, [json.dumps([dict(zip(names, point)) for point in points])])
        theirs = read(bytes(cursor.fetchone()[0]), tmp_path)
    ours = read(
        mvt.layer(
            "points",
            [
                (*mvt.within(0, 0, 0, lon, lat), {"count": count, "name": name, "slug": slug})
                for lon, lat, count, name, slug in points
            ],
        ),
        tmp_path,
    )
    assert [one["properties"] for one in ours] == [one["properties"] for one in theirs]
    unit = 2 * 20_037_508.342789244 / mvt.EXTENT
    for one, other in zip(ours, theirs):
        # A point in the middle between two places of the grid may go to either.
        for mine, their in zip(one["geometry"]["coordinates"], other["geometry"]["coordinates"]):
            assert abs(mine - their) < unit * 1.01


def test_numbers_texts_and_truths_are_told_apart(tmp_path):
    tile = mvt.layer("points", [(0, 4096, {"a": 1, "b": "1", "c": True, "d": 300, "e": "é" * 200})])
    (feature,) = read(tile, tmp_path)
    assert feature["properties"] == {"a": 1, "b": "1", "c": True, "d": 300, "e": "é" * 200}


def test_nothing_is_no_layer():
    assert mvt.layer("points", []) == b""
