"""Start processes so that none outlives the launcher, and end them for sure."""

import os
import pwd
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from launcher import signals
from launcher.errors import FULL_WORDS, Trouble
from launcher.logs import is_full, open_log, tail
from launcher.parents import die_with_parent
from launcher.steps import complain

# Told of each tool that is started: what it started itself must be found again should we be killed.
listeners: list[Callable[[str, int], None]] = []


def as_user(uid: int) -> dict[str, Any]:
    """Popen's arguments to run as that user; nothing when it is us already."""
    if uid == os.getuid():
        return {}
    return {"user": uid, "group": pwd.getpwuid(uid).pw_gid, "extra_groups": []}


def start(
    argv: Sequence[str | Path],
    out: Any,
    *,
    cwd: Path | str | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.Popen[Any]:
    """Start a long-lived process in a group of its own; it is asked to end when we are gone."""
    return subprocess.Popen(
        [str(word) for word in argv],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        cwd=cwd,
        env=env,
        process_group=0,
        preexec_fn=die_with_parent(),
    )


def ask(process: subprocess.Popen[Any], number: int = signal.SIGTERM) -> None:
    """Send a signal to the process and its group, if it is still there."""
    if process.poll() is None:
        _signal_group(process.pid, number)


def end(process: subprocess.Popen[Any], number: int = signal.SIGTERM, grace: float = 10) -> None:
    """End the process and its group; after `grace` seconds without being asked."""
    if process.poll() is None:
        _signal_group(process.pid, number)
        try:
            process.wait(grace)
        except subprocess.TimeoutExpired:
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()
        sweep(process)


def sweep(process: subprocess.Popen[Any]) -> None:
    """Kill what an ended process left in its group."""
    _signal_group(process.pid, signal.SIGKILL)


def _signal_group(group: int, number: int) -> None:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


def run(
    argv: Sequence[str | Path],
    log: Path,
    trouble: str,
    *,
    uid: int | None = None,
    cwd: Path | str | None = None,
    env: Mapping[str, str] | None = None,
    orphan: bool = False,
    show: bool = True,
) -> None:
    """Run a tool to its end, its output in `log`; a failure shows the last lines and raises `trouble`.

    `orphan`: the tool may outlive a killed launcher (a package manager must not be cut off).
    """
    with open_log(log) as out:
        out.write(f"$ {' '.join(map(str, argv))}\n".encode())
        out.flush()
        begin = log.stat().st_size
        status = status_of(argv, out, uid=uid, cwd=cwd, env=env, orphan=orphan)
    if status == 0:
        return
    said = tail(log, begin)
    if any(words in line for line in said for words in FULL_WORDS) or is_full(log.parent):
        raise Trouble(f"The disk is full: free some space and run the same command again (log: {log}).")
    for line in said if show else ():
        complain(f"  {line}")
    raise Trouble(f"{trouble} (exit status {status}; log: {log})")


def status_of(
    argv: Sequence[str | Path],
    out: Any,
    *,
    uid: int | None = None,
    cwd: Path | str | None = None,
    env: Mapping[str, str] | None = None,
    orphan: bool = False,
) -> int:
    """Exit status of a tool run in a process group of its own, so that Ctrl-C reaches us alone."""
    process = subprocess.Popen(
        [str(word) for word in argv],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        cwd=cwd,
        env=env,
        process_group=0,
        preexec_fn=None if orphan else die_with_parent(),
        **as_user(os.getuid() if uid is None else uid),
    )
    try:
        for tell in () if orphan else listeners:
            tell("tool", process.pid)
        with signals.waiting():
            return process.wait()
    finally:
        end(process)
