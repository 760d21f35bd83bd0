"""What a killed launcher left is ended; nobody else's is."""

import os
import subprocess
import sys

import pytest

from launcher import leftovers, proc, stamps

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# A leader that ends and leaves a child in its group.
LEAVES = [
    sys.executable,
    "-c",
    f"import subprocess; p = subprocess.Popen({SLEEP!r}); print(p.pid, flush=True)",
]


@pytest.fixture
def sleeper(checkout):
    """A process at work in the checkout, leading its group."""
    process = subprocess.Popen(SLEEP, cwd=checkout.root, process_group=0)
    yield process
    process.kill()
    process.wait()


def record(checkout, launcher, **notes):
    """A launcher's record."""
    stamps.write(checkout.running / "1.json", {"launcher": launcher, **notes})


def test_a_dead_launchers_process_is_ended(checkout, sleeper):
    record(checkout, "999999999 1", server=proc.note(sleeper.pid))
    assert leftovers.clear(checkout) == ["server"]
    assert sleeper.wait(5) < 0
    assert list(checkout.running.iterdir()) == []


def test_a_living_launchers_process_is_left_alone(checkout, sleeper):
    record(checkout, proc.note(os.getpid()), server=proc.note(sleeper.pid))
    assert leftovers.clear(checkout) == []
    assert sleeper.poll() is None


def test_a_recycled_number_is_left_alone(checkout, sleeper):
    record(checkout, "999999999 1", server=f"{sleeper.pid} 1")
    assert leftovers.clear(checkout) == []
    assert sleeper.poll() is None


def test_the_group_of_a_dead_process_is_ended(checkout):
    leader = subprocess.Popen(LEAVES, cwd=checkout.root, process_group=0, stdout=subprocess.PIPE, text=True)
    note = proc.note(leader.pid)
    child = int(leader.stdout.readline())
    leader.stdout.close()
    leader.wait()
    assert proc.started_at(child)
    record(checkout, "999999999 1", server=note)
    assert leftovers.clear(checkout) == ["server"]
    assert proc.started_at(child) is None


def test_launchers_at_work_are_known(checkout, sleeper):
    record(checkout, proc.note(sleeper.pid))
    stamps.write(checkout.running / "2.json", {"launcher": "999999999 1"})
    (checkout.running / "3.json").write_text("{")
    own = leftovers.Record(checkout)
    assert leftovers.launchers(checkout) == [sleeper.pid]
    assert leftovers.at_work(checkout) == []
    stamps.write(
        checkout.running / "1.json", {"launcher": proc.note(sleeper.pid), "server": proc.note(sleeper.pid)}
    )
    (checkout.running / "1.json").rename(checkout.running / f"{sleeper.pid}.json")
    assert leftovers.at_work(checkout) == [sleeper.pid]
    own.close()
