"""The lists of requests: where initiatives are, spread over the zooms, the same for both sides of a figure."""

import random
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import asinh, pi, radians, tan

from .place import Address

SEED = 20_261_125
CLUSTER_ZOOMS = range(3, 17)
POINT_ZOOMS = range(12, 19)
# One after another, so that every zoom has the same share.
CLUSTER_TILES, FILTERED_TILES, POINT_TILES = 700, 112, 700
DRAWN = 4000


@dataclass(frozen=True)
class Tile:
    """An address, and the Morton codes that it stands for."""

    z: int
    x: int
    y: int

    @property
    def code(self) -> int:
        """Morton code of the tile at its own zoom."""
        found = 0
        for bit in range(self.z):
            found |= (self.x >> bit & 1) << 2 * bit | (self.y >> bit & 1) << 2 * bit + 1
        return found

    @property
    def first(self) -> int:
        """First code at zoom 28 inside."""
        return self.code << 2 * (28 - self.z)

    @property
    def after(self) -> int:
        """First code at zoom 28 behind."""
        return self.code + 1 << 2 * (28 - self.z)

    @property
    def shift(self) -> int:
        """Bits from a code at zoom 28 to a cell of 64 px."""
        return 2 * (28 - self.z - 2)

    def path(self, ending: str, query: str = "") -> str:
        """Address at our door."""
        return f"/tiles/initiatives/{self.z}/{self.x}/{self.y}.{ending}" + (f"?{query}" if query else "")


def tile_at(lon: float, lat: float, zoom: int) -> Tile:
    """The tile of a zoom that holds a point, EPSG:4326."""
    side = 1 << zoom
    return Tile(zoom, int((lon + 180) / 360 * side), int((1 - asinh(tan(radians(lat))) / pi) / 2 * side))


class Addresses:
    """Drawn once a run with a fixed seed from the rows of the database."""

    def __init__(self, address: Address) -> None:
        chance = random.Random(SEED)
        with address.connect() as connection:
            first, last = connection.execute("SELECT min(id), max(id) FROM initiatives_initiative").fetchone()
            drawn = [chance.randint(first, last) for _point in range(DRAWN)]
            self.points = connection.execute(
                "SELECT ST_X(public_position), ST_Y(public_position) FROM initiatives_initiative "
                "WHERE status = 'published' AND cell IS NOT NULL AND id = ANY(%s) ORDER BY uuid",
                [drawn],
            ).fetchall()
            self.words = connection.execute(
                "SELECT theme_id, t.slug, root FROM bench.root JOIN vocabulary_theme t ON t.id = theme_id ORDER BY slug"
            ).fetchall()

    def tiles(self, number: int, zooms: range) -> list[Tile]:
        """So many tiles around initiatives, zoom after zoom."""
        chance = random.Random(SEED)
        return [
            tile_at(*chance.choice(self.points), zooms[position % len(zooms)]) for position in range(number)
        ]

    @cached_property
    def clusters(self) -> list[Tile]:
        """For clusters without filter."""
        return self.tiles(CLUSTER_TILES, CLUSTER_ZOOMS)

    @cached_property
    def points_near(self) -> list[Tile]:
        """For single points."""
        return self.tiles(POINT_TILES, POINT_ZOOMS)

    @cached_property
    def combinations(self) -> list[tuple[str, str]]:
        """Theme filters: (query string, SQL array of the themes that it stands for), one to four of the ten."""
        roots = sorted({root for _id, _slug, root in self.words})
        chance = random.Random(SEED)
        found = [one for size in (1, 2, 3, 4) for one in chance.sample(list(combinations(roots, size)), 2)]
        return [
            (
                "theme=" + ",".join(one),
                "{" + ",".join(str(theme) for theme, _slug, root in self.words if root in one) + "}",
            )
            for one in found
        ]
