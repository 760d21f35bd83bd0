"""Locks are the kernel's: they go with their holder."""

import os
import signal
import subprocess
import sys
import time

import pytest

from launcher import signals
from launcher.errors import Interrupted
from launcher.locks import Lock, held

HOLDER = """
import sys, time
from pathlib import Path
from launcher.locks import Lock
Lock(Path(sys.argv[1])).take(shared=len(sys.argv) > 2)
print("held", flush=True)
time.sleep(60)
"""


def holder(path, *words):
    """A process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), *words], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    process.stdout.close()
    return process


def test_a_lock_is_free_again_when_its_holder_is_killed(tmp_path):
    lock = Lock(tmp_path / "a.lock")
    process = holder(lock.path)
    assert not lock.take()
    assert not lock.is_free
    process.kill()
    process.wait()
    assert lock.take()
    lock.drop()


def test_many_share_and_one_alone_waits(tmp_path):
    alone, shared = Lock(tmp_path / "a.lock"), Lock(tmp_path / "a.lock")
    process = holder(alone.path, "shared")
    try:
        assert shared.take(shared=True)
        shared.drop()
        assert not alone.take()
    finally:
        process.kill()
        process.wait()


def test_whoever_waits_is_told_once_and_can_leave(tmp_path):
    told = []
    process = holder(tmp_path / "a.lock")
    signals.listen()
    try:
        bell = subprocess.Popen(["sh", "-c", f"sleep 1; kill -TERM {os.getpid()}"])
        begun = time.monotonic()
        with pytest.raises(Interrupted) as caught, held(Lock(tmp_path / "a.lock"), lambda: told.append(1)):
            pass
        assert time.monotonic() - begun < 5
        assert caught.value.status == 128 + signal.SIGTERM
        assert told == [1]
        bell.wait()
    finally:
        process.kill()
        process.wait()
