"""make bench: the same set-up as make test, then the table of figures (N=rows, REUSE=0 for a new database)."""

import signal
import subprocess
from typing import Any

from launcher import leftovers, needs, processes, setup, signals, stamps
from launcher.apt import Apt, names
from launcher.errors import Interrupted, Trouble
from launcher.locks import Lock, held
from launcher.parents import die_with_parent
from launcher.paths import HERE, Checkout
from launcher.session import Session
from launcher.steps import complain, step
from launcher.venv import base_python

# Servers are asked to end, and a database that is not complete is dropped.
PATIENCE = 60
OTHERS = "tests/bench/requirements.txt"
PIP = ("--only-binary=:all:", "--disable-pip-version-check", "--no-input", "--progress-bar=off", "--quiet")


def run(arguments: list[str], checkout: Checkout = HERE) -> int:
    """The table; 1 if a figure is missed."""
    if arguments:
        raise Trouble(f"make bench takes no arguments (got: {' '.join(arguments)}); see `make help`")
    leftovers.clear(checkout)
    with Session(checkout) as session:
        session.wait_for_turn()
        setup.install(session, dev=True, browser_tests=True)
        with step("Programs to measure with"):
            ensure_programs(checkout)
        with step("Other servers to compare with"):
            ensure_others(checkout)
        setup.open_database(session)
        session.setting_up.drop()
        # Two at once would measure each other.
        turn = Lock(checkout.var / "bench.lock")
        with held(turn, lambda: complain("waiting for another `make bench` in this checkout …")):
            return _bench(session)


def ensure_programs(checkout: Checkout) -> None:
    """pgbench, nginx and wrk, installed where they are missing."""
    missing = needs.missing_to_measure()
    if missing:
        apt = Apt(checkout)
        apt.install(missing)
        if still := needs.missing_to_measure():
            raise Trouble(f"Still missing after the installation: {names(still)} (log: {apt.log})")


def ensure_others(checkout: Checkout) -> None:
    """tipg and pygeoapi in a virtual environment of their own, made anew when their list or Python changes."""
    folder = checkout.var / "bench" / "venv"
    stamp = folder / "social-planet.json"
    wanted = {"others": stamps.digest([checkout.root / OTHERS]), "python": str(base_python())}
    if stamps.read(stamp) == wanted:
        return
    stamp.unlink(missing_ok=True)
    log = checkout.logs / "pip.log"
    folder.parent.mkdir(parents=True, exist_ok=True)
    processes.run([base_python(), "-m", "venv", "--clear", folder], log, f"Python could not make {folder}")
    pip = [folder / "bin" / "python", "-m", "pip", "install", *PIP, "-r", checkout.root / OTHERS]
    processes.run(pip, log, f"pip could not install {OTHERS}", cwd=checkout.root)
    stamps.write(stamp, wanted)


def _bench(session: Session) -> int:
    process = subprocess.Popen(
        [session.checkout.python, "-m", "tests.bench"],
        cwd=session.checkout.root,
        env=session.env,
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=die_with_parent(signal.SIGTERM),
    )
    session.record.add("bench", process.pid)
    try:
        with signals.waiting():
            status = process.wait()
    except Interrupted:
        signals.settle()
        _interrupt(process)
        raise
    finally:
        processes.sweep(process)
    return status if status >= 0 else 128 - status


def _interrupt(process: subprocess.Popen[Any]) -> None:
    """Let it stop its servers and drop what is not complete; a second Ctrl-C would cut that short."""
    processes.end(process, grace=PATIENCE)
