"""Classes of a map: quantiles of what is more than nothing; nothing, and what nobody knows, stand apart."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

# More shades than that, nobody tells apart.
MOST = 5
NONE, UNKNOWN = 0, -1


@dataclass(frozen=True)
class Class:
    """A class by its number: the least and the greatest value in it, and how many have one."""

    number: int
    least: float
    greatest: float
    many: int


class Classes:
    """Values in as many classes of equal size as they allow: equal values are of one class."""

    def __init__(self, values: Sequence[float | None]) -> None:
        known = sorted(value for value in values if value)
        # A class begins with a value that the one before does not have; many equal ones do not swallow the rest.
        second = next((value for value in known if value > known[0]), None)
        cuts = [] if second is None else [known[len(known) * part // MOST] for part in range(1, MOST)]
        self._cuts = sorted({max(cut, second) for cut in cuts})
        self.classes = []
        for number in range(1, len(self._cuts) + 2):
            inside = [value for value in known if self.of(value) == number]
            if inside:
                self.classes.append(Class(number, inside[0], inside[-1], len(inside)))
        self.without = sum(value == 0 for value in values)
        self.unknown = sum(value is None for value in values)

    def of(self, value: float | None) -> int:
        """1 for the lowest class; NONE for nothing, UNKNOWN where there is no value."""
        if value is None:
            return UNKNOWN
        return bisect_right(self._cuts, value) + 1 if value else NONE
