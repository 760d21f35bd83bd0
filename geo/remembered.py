"""Features that were put together before, as long as nothing of them changes."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

# Bytes in each process: some twenty thousand initiatives. Most sites have fewer.
MOST = 32_000_000
# What a text takes beside its own bytes.
BESIDE = 200


@dataclass(frozen=True)
class Moment:
    """What a snapshot sees: all changes up to a number, which grows; the mark, a date, tells it from the same number in
    a copy of the database that was brought back."""

    number: int
    mark: str

    def is_after(self, former: "Moment") -> bool:
        """Whether it is later; a smaller number of a later date is one of a copy, which counts on from where it was."""
        return self.number > former.number or self.mark > former.mark


class Remembered:
    """Texts of rows by their keys, all as they are at one moment; those that were asked for last stay.

    `moment` says what the snapshot of the caller sees. `changed` gives the keys that changed since a former moment, up
    to what that snapshot sees; None where that is not known, and then all is forgotten.
    """

    def __init__(
        self,
        moment: Callable[[], Moment],
        changed: Callable[[Moment], Collection[int] | None],
        most: int = MOST,
    ) -> None:
        self.moment, self.changed, self.most = moment, changed, most
        self._lock = Lock()
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._at: Moment | None = None
        self._size = 0

    def of(self, keys: Sequence[int], at: Moment) -> dict[int, bytes]:
        """What is known of some rows at the moment of the caller, whose snapshot must be open."""
        self._move(at)
        with self._lock:
            # Another reader may have begun later than this one.
            if self._at != at:
                return {}
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
            return found

    def keep(self, texts: Iterable[tuple[int, bytes]], at: Moment) -> None:
        """Remember what was put together at a moment, unless others have seen a later one."""
        with self._lock:
            if self._at != at:
                return
            for key, text in texts:
                self._drop(key)
                self._kept[key] = text
                self._size += len(text) + BESIDE
            while self._size > self.most:
                self._drop(next(iter(self._kept)))

    def _move(self, at: Moment) -> None:
        """Forget what changed up to a later moment."""
        former = self._at
        if former is not None and not at.is_after(former):
            return
        changed = None if former is None else self.changed(former)
        with self._lock:
            if self._at != former:
                return
            self._at = at
            if changed is None:
                self._kept.clear()
                self._size = 0
            else:
                for key in changed:
                    self._drop(key)

    def _drop(self, key: int) -> None:
        text = self._kept.pop(key, None)
        if text is not None:
            self._size -= len(text) + BESIDE
