"""What the room puts on the map, told to the rooms below, which do not know of campaigns."""

from initiatives import badges, layers, marks, menus, selection
from initiatives.history import moments

from .. import standing_sql
from . import features, selecting, showing


def join() -> None:
    """Open the doors; once, when all apps are there."""
    selection.register(selecting.NAME, selecting.FILTER, standing_sql.LINKS)
    layers.register(features.NAME, features.CAMPAIGNS)
    moments.register(features.NAME, features.of_then)
    marks.register(showing.LAUREATE, showing.LAUREATE_OF, standing_sql.LAUREATE_OF)
    badges.register("campaigns", showing.standings, showing.badges)
    menus.register(showing.MENU)
