"""What comes of asking for a like, or for taking one back."""

from enum import StrEnum


class Outcome(StrEnum):
    """As the statement says it."""

    DONE = "done"
    # It was so before: pressed twice is once.
    ALREADY = "already"
    EARLY = "early"
    LATE = "late"
    NOT_SELECTED = "not_selected"
    VOID = "void"
    CAP = "cap"
    THEME_CAP = "theme_cap"
