"""In which order candidates stand: another one for each voter and each day, so that none is always the first."""

import hashlib
from collections.abc import Iterable
from datetime import date

from ..models import Nomination


def ordered(nominations: Iterable[Nomination], reader_key: str, day: date) -> list[Nomination]:
    """The nominations in the order of a reader for a day; how often they are liked has no part in it."""

    def place(nomination: Nomination) -> str:
        return hashlib.sha256(f"{reader_key} {day.isoformat()} {nomination.pk}".encode()).hexdigest()

    return sorted(nominations, key=place)
