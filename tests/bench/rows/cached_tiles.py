"""A tile that nginx keeps, against the view behind it."""

import tempfile
from pathlib import Path

from tests.deploy import nginx

from ..bench import Bench
from ..figures import Figure, at_least, interleaved
from ..load import wrk

PLACE, LIMIT, AT_ANY_SIZE = 4, 120, False
TITLE = "cached tile through nginx"
# As browsers ask.
HEADERS = ("Accept-Encoding: gzip, deflate, br",)


def measure(bench: Bench) -> list[Figure]:
    """Tiles a second, packed."""
    paths = [tile.path("json") for tile in bench.addresses.clusters]
    with (
        tempfile.TemporaryDirectory() as folder,
        nginx.running(Path(folder), upstream=bench.server.port) as port,
    ):
        found = interleaved(
            {
                "cached": lambda: wrk(port, paths, warm=2, headers=HEADERS),
                "view": lambda: wrk(bench.server.port, paths, headers=HEADERS),
            }
        )
    return [at_least(TITLE, found["cached"], found["view"], 10, "tiles/s", "the view without nginx")]
