"""Which rows a statement asks for by key: some, all from one key to another, or the next after one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.expressions import Combinable

from .functions import IsAmong

# Numbers that no key is. Where they stand in SQL, keys take their places.
FIRST_MARK, LAST_MARK = -(2**62), -(2**62) + 1
# Of so many numbers in a row one at least is asked for: then all that lie between are worth reading.
DENSE = 4


@dataclass(frozen=True)
class Some:
    """Keys one by one; `array` is the text of a bigint[]."""

    array: str
    MARKS: ClassVar = (f"'{{{FIRST_MARK}}}'",)
    END: ClassVar = ""

    @classmethod
    def of(cls, keys: Sequence[int]) -> "Some":
        """Written here, which is quicker than the driver's own way."""
        return cls("{" + ",".join(map(str, keys)) + "}")

    @staticmethod
    def condition(key: str) -> Combinable:
        """What holds for rows with one of the marks."""
        return IsAmong(F(key), Value([FIRST_MARK], ArrayField(BigIntegerField())))

    @property
    def values(self) -> list[str]:
        """What takes the place of the marks."""
        return [self.array]


@dataclass(frozen=True)
class Range:
    """All keys from the first to the last: an index is gone down once, not for each."""

    first: int
    last: int
    MARKS: ClassVar = (str(FIRST_MARK), str(LAST_MARK))
    END: ClassVar = ""

    @staticmethod
    def condition(key: str) -> Q:
        """What holds for rows between the marks."""
        return Q((f"{key}__gte", FIRST_MARK), (f"{key}__lte", LAST_MARK))

    @property
    def values(self) -> list[str]:
        """What takes the place of the marks."""
        return [str(self.first), str(self.last)]


@dataclass(frozen=True)
class Following:
    """The next rows after a key, of a queryset in the order of its keys."""

    after: int
    number: int
    MARKS: ClassVar = (str(FIRST_MARK),)
    END: ClassVar = " LIMIT $2"

    @staticmethod
    def condition(key: str) -> Q:
        """What holds for rows after the mark."""
        return Q((f"{key}__gt", FIRST_MARK))

    @property
    def values(self) -> list[str]:
        """What takes the places of the mark and of the limit."""
        return [str(self.after), str(self.number)]


Keys = Some | Range | Following


def at_least(keys: Sequence[int]) -> Some | Range:
    """What asks soonest for all of the keys; others between them may be among it."""
    first, last = min(keys, default=0), max(keys, default=0)
    return Range(first, last) if last - first < DENSE * len(keys) else Some.of(keys)
