"""In which order a reader sees candidates: another one for each reader and day, the same all day long."""

import hashlib
from collections.abc import Iterable
from datetime import date

from ..models import Nomination


def ordered(nominations: Iterable[Nomination], reader_key: str, day: date) -> list[Nomination]:
    """Shuffled by who reads and the day alone; no number of likes has a part in it."""

    def place(nomination: Nomination) -> bytes:
        return hashlib.sha256(f"{reader_key}|{day.isoformat()}|{nomination.pk}".encode()).digest()

    return sorted(nominations, key=place)
