"""Vector tiles close by, against ST_AsMVT by pgbench and against tipg."""

from ..bench import Bench
from ..figures import Figure, at_least, interleaved
from ..load import pgbench, wrk
from ..scripts import listed, statement
from ..serving import tipg

PLACE, LIMIT, AT_ANY_SIZE = 3, 180, False
TITLE = "point tile z ≥ 12"
TIPG = "/collections/public.initiatives_initiative/tiles/WebMercatorQuad/{}/{}/{}"
COLUMNS = "geom-column=public_position&properties=uuid,name,slug"


def measure(bench: Bench) -> list[Figure]:
    """Tiles a second."""
    tiles = bench.addresses.points_near
    script = listed({name: [getattr(tile, name) for tile in tiles] for name in ("z", "x", "y")})
    script += statement("point_tile")
    theirs = [f"{TIPG.format(tile.z, tile.x, tile.y)}?{COLUMNS}" for tile in tiles]
    with tipg(bench.address) as other:
        found = interleaved(
            {
                "ours": lambda: wrk(bench.server.port, [tile.path("mvt") for tile in tiles]),
                "sql": lambda: pgbench(bench.address, script),
                "tipg": lambda: wrk(other.port, theirs),
            }
        )
    return [
        at_least(TITLE, found["ours"], found["sql"], 0.5, "tiles/s", "pgbench, ST_AsMVT"),
        at_least(TITLE, found["ours"], found["tipg"], 3, "tiles/s", "tipg"),
    ]
