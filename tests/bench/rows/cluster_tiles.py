"""Cluster tiles without a filter, against reading a precomputed pyramid by key."""

import json

from ..bench import Bench
from ..figures import Figure, at_least, interleaved
from ..load import pgbench, wrk
from ..scripts import listed, statement

PLACE, LIMIT, AT_ANY_SIZE = 1, 120, False
TITLE = "cluster tile by HTTP, no filter"
SAMPLES = 25


def measure(bench: Bench) -> list[Figure]:
    """Tiles a second; before, that both sides tell of the same number of initiatives."""
    tiles = bench.addresses.clusters
    script = listed({"z": [tile.z for tile in tiles], "tile": [tile.code for tile in tiles]})
    script += statement("cluster_pyramid")
    _compare(bench)
    found = interleaved(
        {
            "ours": lambda: wrk(bench.server.port, [tile.path("json") for tile in tiles]),
            "pyramid": lambda: pgbench(bench.address, script),
        }
    )
    return [
        at_least(TITLE, found["ours"], found["pyramid"], 1.0, "tiles/s", "pgbench, precomputed SQL pyramid")
    ]


def _compare(bench: Bench) -> None:
    with bench.address.connect() as connection:
        for tile in bench.addresses.clusters[:SAMPLES]:
            ours = json.loads(bench.server.get(tile.path("json")))["matched"]
            theirs = connection.execute(
                "SELECT coalesce(sum(n), 0) FROM bench.pyramid WHERE z = %s AND square >> 4 = %s",
                [tile.z, tile.code],
            ).fetchone()[0]
            if ours != theirs:
                raise RuntimeError(f"{tile}: ours shows {ours} initiatives, the pyramid {theirs}")
