"""Tiles from what this process holds in memory: no request, no database; None wherever more than that is needed.

The doors of `views.doors` answer everything. What they have worked out for a version they leave in its view, and from
then on the same answer is found here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from geo import tiles
from geo.errors import InvalidParameterError
from geo.freshness import Version
from geo.mapindex.view import View

from . import mapped
from .marks import at_hand
from .selection import Selection

ADDRESS = re.compile(r"/tiles/initiatives/([0-9]{1,2})/([0-9]{1,6})/([0-9]{1,6})\.(json|mvt)")
Drawing = Callable[[tiles.TileContent, tiles.Tile], bytes]
DRAWINGS: dict[str, tuple[Drawing, str]] = {
    "json": (tiles.as_json, "application/json"),
    "mvt": (tiles.as_mvt, "application/vnd.mapbox-vector-tile"),
}


@dataclass(frozen=True)
class Answer:
    """A tile of a version; without `body` it is not put together yet, and `draw` does that."""

    version: Version
    media_type: str
    draw: Callable[[], bytes | None]


def remember(view: View, query: str, selection: Selection) -> None:
    """Keep what a query string leaves of a view, if its door has just worked it out."""
    found = mapped.remembered(view, selection)
    if query and found is not None and selection.located != "no" and view.memory.get(_key(query)) is None:
        view.memory.keep(_key(query), found, found.size)


def _key(query: str) -> tuple[str, str]:
    return "shortcut", query


def tile(path: str, query: str) -> Answer | None:
    """The tile of an address, if its version is trusted and its filters were worked out before."""
    address = ADDRESS.fullmatch(path)
    view = mapped.INDEX.at_hand() if address else None
    if address is None or view is None:
        return None
    *numbers, ending = address.groups()
    try:
        place = tiles.Tile.parse(*numbers)
    except InvalidParameterError:
        return None
    matches = view.everything if not query else view.memory.get(_key(query))
    if matches is None:
        return None
    draw, media_type = DRAWINGS[ending]

    def body() -> bytes | None:
        content = at_hand(view, matches, place)
        return None if content is None else draw(content, place)

    return Answer(view.version, media_type, body)
