"""Rectangles of tiles: what a screen shows, asked for at once."""

from .errors import InvalidParameterError
from .tiles import Tile

# Of one request; a screen of 4,000 by 2,000 pixels shows 160.
SHEET = 256


def sheet(z: str, columns: tuple[str, str], rows: tuple[str, str]) -> list[Tile]:
    """The tiles from a first to a last column and row, row by row; InvalidParameterError as Tile.parse."""
    first, last = (Tile.parse(z, x, y) for x, y in zip(columns, rows))
    for name, begins, ends in (("x", first.x, last.x), ("y", first.y, last.y)):
        if ends < begins:
            raise InvalidParameterError(name, "expected the smaller number first")
    across, down = last.x - first.x + 1, last.y - first.y + 1
    if across * down > SHEET:
        raise InvalidParameterError("x", f"expected at most {SHEET} tiles at once, came {across * down}")
    return [Tile(first.z, x, y) for y in range(first.y, last.y + 1) for x in range(first.x, last.x + 1)]
