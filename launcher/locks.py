"""Locks that the kernel drops when their holder is gone, however it went."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import signals

PAUSE = 0.05


class Lock:
    """A flock on a file of its own."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file: int | None = None

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock if nobody is in the way."""
        if self._file is None:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            self.drop()
            return False
        return True

    def wait(self, *, shared: bool = False, tell: Callable[[], None] | None = None) -> None:
        """Take the lock when its turn comes; `tell` says so once when that is not at once."""
        begun = time.monotonic()
        while not self.take(shared=shared):
            if tell and time.monotonic() - begun > 0.5:
                tell()
                tell = None
            with signals.waiting():
                time.sleep(PAUSE)

    def drop(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    @property
    def is_free(self) -> bool:
        """Whether nobody holds it exclusively; only for a lock that this object does not hold."""
        free = self.take(shared=True)
        self.drop()
        return free


@contextmanager
def held(lock: Lock, tell: Callable[[], None] | None = None) -> Iterator[Lock]:
    """Hold the lock for a while."""
    lock.wait(tell=tell)
    try:
        yield lock
    finally:
        lock.drop()
