"""What the map loads for its first view: Europe on a screen of 1440 by 900."""

import gzip

from ..addresses import tile_at
from ..bench import Bench
from ..figures import Figure, judged

PLACE, LIMIT, AT_ANY_SIZE = 10, 60, False
TITLE = "map data of the first view"
# The box that static/js/map/view.js shows, right of the panel, and how it fits it; tiles cover the whole screen.
WIDTH, HEIGHT, PANEL, MARGIN = 1440, 900, 416, 12
EUROPE = (-8.0, 38.0, 23.0, 57.0)
MOST = 100_000


def tiles_of_view() -> list:
    """The tiles that cover the screen at the zoom that fits Europe beside the panel."""
    west, south, east, north = EUROPE
    for zoom in range(18, 1, -1):
        corner, other = _pixel(west, north, zoom), _pixel(east, south, zoom)
        wide, high = other[0] - corner[0], other[1] - corner[1]
        if wide <= WIDTH - PANEL - 2 * MARGIN and high <= HEIGHT - 2 * MARGIN:
            break
    left = (corner[0] + other[0]) / 2 - (WIDTH + PANEL) / 2
    top = (corner[1] + other[1]) / 2 - HEIGHT / 2
    return [
        (zoom, x, y)
        for y in range(int(top // 256), int((top + HEIGHT) // 256) + 1)
        for x in range(int(left // 256), int((left + WIDTH) // 256) + 1)
        if 0 <= x < 1 << zoom and 0 <= y < 1 << zoom
    ]


def _pixel(lon: float, lat: float, zoom: int) -> tuple[float, float]:
    # A tile 8 zooms further in is a pixel.
    fine = tile_at(lon, lat, zoom + 8)
    return fine.x, fine.y


def measure(bench: Bench) -> list[Figure]:
    """Bytes of all bodies, packed as browsers ask and plain; both are to be small."""
    tiles = tiles_of_view()
    packed = plain = 0
    for z, x, y in tiles:
        body = bench.server.get(f"/tiles/initiatives/{z}/{x}/{y}.json", **{"Accept-Encoding": "gzip"})
        packed += len(body)
        plain += len(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
    said = f"{packed / 1000:.1f} kB packed, {plain / 1000:.1f} kB plain, {len(tiles)} tiles"
    return [Figure(TITLE, said, "", "", f"< {MOST // 1000} kB", judged(plain < MOST))]
