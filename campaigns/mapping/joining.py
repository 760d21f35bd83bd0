"""What the room puts on the map, told to the rooms below, which do not know of campaigns."""

from initiatives import layers, selection
from initiatives.history import moments

from .. import standing_sql
from . import features, selecting


def join() -> None:
    """Open the doors; once, when all apps are there."""
    selection.register(selecting.NAME, selecting.FILTER, standing_sql.LINKS)
    layers.register(features.NAME, features.CAMPAIGNS)
    moments.register(features.NAME, features.of_then)
