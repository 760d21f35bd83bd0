"""A run that is killed leaves nothing; the next one does all. Two runs at once follow one another."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from importers.models import ImportRun
from initiatives.models import Identity, Initiative
from tests.processes import environment

from .conftest import ROWS, counts, table

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
STAGES = ["reading", "staging", "comparing", "adding", "letting go", "reporting"]
NEXT = [ROWS[0].replace("Le Fournil", "Le Grand Fournil"), ROWS[1], "4;La Forge;45.7;4.9;repair café;"]


@pytest.fixture(autouse=True)
def _no_grace(settings, monkeypatch):
    """What is gone is archived at once, here and in other processes."""
    settings.IMPORT_GRACE_DAYS = 0
    monkeypatch.setenv("IMPORT_GRACE_DAYS", "0")


def started(stage: str, file: Path) -> subprocess.Popen:
    """An import in a process of its own, in the database of this test."""
    words = [sys.executable, "-m", "tests.importers.dying", stage, str(file)]
    return subprocess.Popen(words, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True)


def state() -> list[tuple]:
    """What a run writes, but for keys and times."""
    records = Identity.objects.select_related("initiative").order_by("external_id")
    rows = [
        (one.external_id, one.checksum, one.gone_at is None, one.initiative.name, one.initiative.status)
        for one in records
    ]
    return [*rows, ("runs", ImportRun.objects.count()), ("initiatives", Initiative.objects.count())]


def test_a_run_that_is_killed_leaves_nothing_and_may_be_run_again(run, three, write_file, rhone):
    run(three, write=True)
    before = state()
    other = write_file(table(*NEXT), "next.csv")
    for stage in STAGES:
        process = started(stage, other)
        assert process.wait(120) == -signal.SIGKILL, stage
        process.stdout.close()
        assert state() == before, stage
    summary = run(other, write=True)
    assert counts(summary) == (1, 1, 1, 0, 0)
    assert summary["gone"] == 1
    assert [row[4] for row in state()[:4]] == ["published", "published", "archived", "published"]
    assert counts(run(other, write=True)) == (0, 0, 3, 0, 0)


def test_two_runs_of_one_source_follow_one_another(three, rhone):
    first = started("wait:comparing", three)
    sign = Path(f"{three}.waiting")
    until = time.monotonic() + 60
    while not sign.exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    second = started("none", three)
    time.sleep(3)
    assert second.poll() is None
    sign.unlink()
    told = [process.communicate(timeout=60)[0] for process in (first, second)]
    assert "'added': 3" in told[0]
    assert "'unchanged': 3" in told[1]
    assert Identity.objects.count() == 3
