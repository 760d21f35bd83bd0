"""Kinds of letters that have a way out."""

from enum import StrEnum


class Kind(StrEnum):
    """Each with the column of the letterbox that says since when it is not wanted."""

    # Whether all that stands on the map is still right.
    YEARLY = "silent_since"
    # What waits for moderators and stewards.
    DESK = "desk_silent_since"
