"""Boundaries as vector tiles: which scheme a zoom shows, and the bytes."""

from django.db import connection

from geo.tiles import Tile

from .enums import Scheme

# From this zoom on a scheme is drawn.
SCHEMES_FROM = {
    Scheme.COUNTRY: 0,
    Scheme.REGION: 5,
    Scheme.DEPARTMENT: 7,
    Scheme.INTERMUNICIPALITY: 9,
    Scheme.MUNICIPALITY: 10,
}

SQL = """
WITH tile AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box,
                     ST_Transform(ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 0.0625), 4326) AS area),
shapes AS (
  SELECT t.code, t.scheme, t.names->>'en' AS name,
         ST_AsMVTGeom(ST_Transform(ST_Intersection(ST_MakeValid(t.boundary),
                                                   ST_MakeEnvelope(-180, -85.05, 180, 85.05, 4326)), 3857),
                      tile.box, 4096, 64) AS geom
  FROM territories_territory t, tile
  WHERE t.boundary && tile.area AND t.scheme = ANY(%(schemes)s))
SELECT ST_AsMVT(shapes, 'territories', 4096, 'geom') FROM shapes WHERE geom IS NOT NULL
"""


def boundary_tile(tile: Tile) -> bytes:
    """Layer `territories` (code, scheme, name) of a tile; empty bytes where there is no boundary."""
    schemes = [str(scheme) for scheme, zoom in SCHEMES_FROM.items() if tile.z >= zoom]
    with connection.cursor() as cursor:
        cursor.execute(SQL, {**vars(tile), "schemes": schemes})
        return bytes(cursor.fetchone()[0] or b"")
