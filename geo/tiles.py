"""Tile addresses, clusters of a queryset in a tile, and their encodings (JSON rows, Mapbox vector tile)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, F, Max, Min, QuerySet, Sum
from django.db.models.expressions import Combinable
from msgspec import json

from . import mvt
from .errors import InvalidParameterError
from .functions import X, Y

MAX_ZOOM = 18
CELL_ZOOM = 28
# A tile is 256 px, a cell 64 px: two more bits a side.
CELL_BITS = 2
# What a vector tile tells of a lone match, the last only where it is so.
TOLD = ("id", "name", "slug", "theme", "aged")


@dataclass(frozen=True)
class Tile:
    """A tile of the web mercator scheme (z, x, y counted from the north-west)."""

    z: int
    x: int
    y: int

    @classmethod
    def parse(cls, z: str, x: str, y: str) -> "Tile":
        """Read an address; InvalidParameterError names the number that is out of range."""
        numbers = {}
        for name, text in (("z", z), ("x", x), ("y", y)):
            if not (text.isascii() and text.isdigit() and len(text) <= 9):
                raise InvalidParameterError(name, "expected a whole number, 0 or more")
            numbers[name] = int(text)
        if numbers["z"] > MAX_ZOOM:
            raise InvalidParameterError("z", f"expected a zoom from 0 to {MAX_ZOOM}, came {numbers['z']}")
        for name in ("x", "y"):
            if numbers[name] >= 1 << numbers["z"]:
                raise InvalidParameterError(
                    name, f"expected 0 to {(1 << numbers['z']) - 1} at zoom {numbers['z']}"
                )
        return cls(**numbers)

    @classmethod
    def of_code(cls, z: int, code: int) -> "Tile":
        """The tile with a number along the Morton curve of its zoom."""
        x, y = (sum((code >> (2 * bit + side) & 1) << bit for bit in range(z)) for side in (0, 1))
        return cls(z, x, y)

    def cells(self) -> tuple[int, int]:
        """First Morton code at zoom 28 inside the tile and first one after it."""
        code = _spread(self.x) | _spread(self.y) << 1
        shift = 2 * (CELL_ZOOM - self.z)
        return code << shift, (code + 1) << shift


def _spread(number: int) -> int:
    """A number below 2^32 with a nought between its bits: https://graphics.stanford.edu/~seander/bithacks.html#InterleaveBMN"""
    number = (number | number << 16) & 0x0000_FFFF_0000_FFFF
    number = (number | number << 8) & 0x00FF_00FF_00FF_00FF
    number = (number | number << 4) & 0x0F0F_0F0F_0F0F_0F0F
    number = (number | number << 2) & 0x3333_3333_3333_3333
    return (number | number << 1) & 0x5555_5555_5555_5555


@dataclass
class Cluster:
    """Several matches in one 64 px cell: mean position, EPSG:4326, and number by theme, most first.

    `together`: all of them stand at one place, so that no zoom parts them.
    """

    lon: float
    lat: float
    count: int
    themes: dict[str, int]
    together: bool = False


@dataclass(frozen=True)
class Lone:
    """A match that is alone in its cell: primary key and position, EPSG:4326."""

    id: int
    lon: float
    lat: float


@dataclass
class TileContent:
    """What a tile shows; `matched` is the sum over clusters and singles."""

    clusters: list[Cluster] = field(default_factory=list)
    singles: list[dict] = field(default_factory=list)

    @property
    def matched(self) -> int:
        """Number of matches inside the tile."""
        return sum(cluster.count for cluster in self.clusters) + len(self.singles)


def content(
    queryset: QuerySet, tile: Tile, *, theme: Combinable, single: Mapping[str, Combinable]
) -> TileContent:
    """Clusters and singles of a queryset with `cell` and `public_position`, at most one mark a 64 px cell.

    `theme` gives the slug to group by, `single` the properties of a lone match.
    """
    first, after = tile.cells()
    inside = queryset.filter(cell__gte=first, cell__lt=after).order_by()
    groups = (
        inside.annotate(
            square=F("cell").bitrightshift(2 * (CELL_ZOOM - tile.z - CELL_BITS)), theme_slug=theme
        )
        .values("square", "theme_slug")
        .annotate(
            n=Count("pk"),
            lon=Sum(X("public_position")),
            lat=Sum(Y("public_position")),
            id=Min("pk"),
            first=Min("cell"),
            last=Max("cell"),
        )
        .order_by("square", "-n", "theme_slug")
    )
    squares: dict[int, list] = {}
    for group in groups:
        squares.setdefault(group["square"], []).append(group)
    answer, lone = TileContent(), []
    for parts in squares.values():
        count = sum(part["n"] for part in parts)
        if count == 1:
            lone.append(parts[0]["id"])
            continue
        answer.clusters.append(
            Cluster(
                lon=round(sum(part["lon"] for part in parts) / count, 6),
                lat=round(sum(part["lat"] for part in parts) / count, 6),
                count=count,
                themes={part["theme_slug"]: part["n"] for part in parts},
                together=min(part["first"] for part in parts) == max(part["last"] for part in parts),
            )
        )
    if lone:
        rows = queryset.model._base_manager.filter(pk__in=lone).annotate(
            lon=X("public_position"),
            lat=Y("public_position"),
            **{f"_{name}": value for name, value in single.items()},
        )
        values = rows.order_by("cell", "pk").values("lon", "lat", *[f"_{name}" for name in single])
        answer.singles = [{key.removeprefix("_"): value for key, value in row.items()} for row in values]
    return answer


def _cluster(cluster: Cluster) -> dict:
    shown = {"lon": cluster.lon, "lat": cluster.lat, "count": cluster.count, "themes": cluster.themes}
    return {**shown, "together": True} if cluster.together else shown


def as_json(tile_content: TileContent, tile: Tile) -> bytes:
    """The tile for the site's own map."""
    return json.encode(
        {
            "clusters": [_cluster(cluster) for cluster in tile_content.clusters],
            "initiatives": tile_content.singles,
            "matched": tile_content.matched,
        }
    )


def as_mvt(tile_content: TileContent, tile: Tile) -> bytes:
    """The same tile as a Mapbox vector tile with layers `clusters` and `initiatives`; empty bytes if empty."""

    def place(lon: float, lat: float) -> tuple[int, int]:
        return mvt.within(tile.z, tile.x, tile.y, lon, lat)

    clusters = (
        (*place(one.lon, one.lat), {"count": one.count, "themes": json.encode(one.themes).decode()})
        for one in tile_content.clusters
    )
    singles = (
        (*place(row["lon"], row["lat"]), {name: row[name] for name in TOLD if name in row})
        for row in tile_content.singles
    )
    return mvt.layer("clusters", clusters) + mvt.layer("initiatives", singles)
