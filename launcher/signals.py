"""Ctrl-C, SIGTERM and SIGHUP raise Interrupted, but only where it is safe to leave."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from launcher.errors import Interrupted

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _State:
    requested = 0
    armed = False
    listening = False


def listen() -> None:
    """Take the signals over; nothing is interrupted outside `waiting()`."""
    _State.listening = True
    for number in SIGNALS:
        signal.signal(number, _note)


def _note(number: int, frame: FrameType | None) -> None:
    _State.requested = number
    if _State.armed:
        _State.armed = False
        raise Interrupted(number)


@contextmanager
def waiting() -> Iterator[None]:
    """A wait that a signal ends, one that came just before included."""
    _State.armed = _State.listening
    try:
        if _State.requested:
            raise Interrupted(_State.requested)
        yield
    finally:
        _State.armed = False


def settle() -> None:
    """From here on signals change nothing: the stop is under way."""
    _State.requested = 0
    _State.listening = False
    _State.armed = False
