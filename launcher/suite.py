"""make test: the same set-up as make run, then the whole test suite."""

import os
import signal
import subprocess
import sys
from typing import Any

from launcher import browser, leftovers, processes, setup, signals
from launcher.errors import Interrupted
from launcher.locks import Lock, held
from launcher.parents import die_with_parent
from launcher.paths import HERE, Checkout
from launcher.session import Session
from launcher.steps import complain

PATIENCE = 20
# The whole of it by as many processes as there are processors, each with a database of its own; tests of a group, which
# share something that takes long to make, stay together.
WHOLE = ["--numprocesses", "auto", "--dist", "loadgroup"]


def run(arguments: list[str], checkout: Checkout = HERE) -> int:
    """The suite with pytest's arguments; its exit status."""
    leftovers.clear(checkout)
    with Session(checkout) as session:
        session.wait_for_turn()
        setup.install(session, dev=True, browser_tests=True)
        setup.open_database(session)
        session.setting_up.drop()
        session.env |= {
            "CHROMIUM": browser.find() or "",
            "DJANGO_SETTINGS_MODULE": "geoportal.settings.test",
        }
        # Two suites would share one throw-away database.
        turn = Lock(checkout.var / "test.lock")
        with held(turn, lambda: complain("waiting for another test suite in this checkout …")):
            return _pytest(session, arguments or WHOLE)


def _pytest(session: Session, arguments: list[str]) -> int:
    # On a terminal it stays in our group, to be reached by Ctrl-C and to read from the keyboard (--pdb).
    shares = sys.stdin.isatty()
    process = subprocess.Popen(
        [session.checkout.python, "-m", "pytest", *arguments],
        cwd=session.checkout.root,
        env=session.env,
        process_group=None if shares else 0,
        preexec_fn=die_with_parent(signal.SIGINT),
    )
    session.record.add("test suite", process.pid)
    try:
        with signals.waiting():
            status = process.wait()
    except Interrupted as interrupted:
        signals.settle()
        _interrupt(process, heard=shares and interrupted.number == signal.SIGINT)
        raise
    finally:
        if not shares:
            processes.sweep(process)
    return status if status >= 0 else 128 - status


def _interrupt(process: subprocess.Popen[Any], *, heard: bool) -> None:
    """Let pytest clean up after itself; a second Ctrl-C would cut that short."""
    if not heard and process.poll() is None:
        os.kill(process.pid, signal.SIGINT)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
