"""Children that end with their parent, however it went."""

import ctypes
import os
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def die_with_parent(number: int = signal.SIGTERM) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends `number` to the child when its parent is gone."""
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os.kill(os.getpid(), number)

    return ask


def end_with_parent(number: int = signal.SIGTERM) -> None:
    """The kernel sends us `number` when our parent is gone."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
