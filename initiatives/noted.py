"""What a snapshot sees of the numbered changes, for those who remember what Features looked like."""

from geo.remembered import Moment
from geo.statements import prepared

from . import changes_reading_sql as sql

# Of more changes than are worth naming, everything is forgotten.
MOST = 10_000


def moment() -> Moment:
    """Up to which change the snapshot sees the published initiatives."""
    return Moment(*next(iter(prepared(sql.MOMENT)), (0, "")))


def changed_since(former: Moment) -> list[int] | None:
    """Keys of initiatives that changed since; None where they are too many, or the moment is not on record."""
    found = prepared(sql.CHANGED_SINCE, number=former.number, at=former.mark, most=MOST)
    if not found or len(found[0][0]) == MOST:
        return None
    return found[0][0]
