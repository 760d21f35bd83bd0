"""The verbs of the Makefile."""

import os
from collections.abc import Callable
from importlib import import_module

from launcher import signals
from launcher.errors import Interrupted, Trouble, in_one_line
from launcher.parents import end_with_parent
from launcher.steps import complain

# Imported when called for: a broken piece of one verb leaves the others alone.
VERBS = {
    "run": "launcher.site",
    "test": "launcher.suite",
    "lint": "launcher.style",
    "messages": "launcher.translations",
    "reset": "launcher.reset",
    "bench": "launcher.bench",
}


def main(argv: list[str]) -> int:
    """Run one verb; every expected trouble is one line."""
    if not argv or argv[0] not in VERBS:
        complain(f"Which one? python3 -m launcher {'|'.join(VERBS)}")
        return 2
    signals.listen()
    if "MAKELEVEL" in os.environ:
        # A killed make would leave us behind, unseen.
        end_with_parent()
    try:
        return _verb(argv[0])(argv[1:])
    except Trouble as trouble:
        complain(str(trouble))
    except OSError as error:
        complain(in_one_line(error))
    except Interrupted as interrupted:
        return interrupted.status
    return 1


def _verb(name: str) -> Callable[[list[str]], int]:
    return import_module(VERBS[name]).run
