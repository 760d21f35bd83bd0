"""One printed line a step, with its time."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


def say(line: str) -> None:
    """Print a line now, even into a pipe."""
    _write(sys.stdout, f"{line}\n")


def complain(line: str) -> None:
    """Print a line of trouble."""
    _write(sys.stderr, f"{line}\n")


@contextmanager
def step(name: str) -> Iterator[None]:
    """Name the step when it begins, its time when it ends."""
    _write(sys.stdout, f"{name} … ")
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        _write(sys.stdout, "\n")
        raise
    _write(sys.stdout, f"{time.monotonic() - begun:.1f} s\n")


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except UnicodeEncodeError:
        # A terminal set to plain ASCII.
        stream.write(text.encode("ascii", "replace").decode())
        stream.flush()
    except OSError:
        # Nobody reads any more: a closed terminal must not keep us from stopping in order.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
