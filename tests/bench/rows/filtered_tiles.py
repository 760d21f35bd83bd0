"""Cluster tiles under any combination of themes, against SQL on the fly."""

from ..addresses import CLUSTER_ZOOMS, FILTERED_TILES
from ..bench import Bench
from ..figures import Figure, at_least, interleaved
from ..load import CLIENTS, pgbench, wrk
from ..scripts import listed, statement

PLACE, LIMIT, AT_ANY_SIZE = 2, 300, False
TITLE = "cluster tile, any theme combination"


def measure(bench: Bench) -> list[Figure]:
    """Tiles a second; the reference goes through the list as a whole each time, as its low zooms are slow."""
    tiles = bench.addresses.tiles(FILTERED_TILES, CLUSTER_ZOOMS)
    filters = bench.addresses.combinations
    # Tiles come zoom after zoom: each filter meets every zoom as the list goes round them.
    turn = [(place // len(CLUSTER_ZOOMS)) % len(filters) for place in range(len(tiles))]
    paths = [tile.path("json", filters[which][0]) for tile, which in zip(tiles, turn)]
    script = listed(
        {
            "first": [tile.first for tile in tiles],
            "after": [tile.after for tile in tiles],
            "shift": [tile.shift for tile in tiles],
            "filter": turn,
        }
    )
    for which, (_query, themes) in enumerate(filters):
        script += f"\\{'el' if which else ''}if :filter = {which}\n"
        script += statement("cluster_filtered", themes=themes) + "\n"
    script += "\\endif\n"
    found = interleaved(
        {
            "ours": lambda: wrk(bench.server.port, paths),
            "sql": lambda: pgbench(bench.address, script, transactions=len(tiles) // CLIENTS * CLIENTS),
        }
    )
    return [at_least(TITLE, found["ours"], found["sql"], 5, "tiles/s", "pgbench, SQL on the fly")]
