"""What an import holds in memory, and what it would hold of a million rows."""

import subprocess
import sys
import tempfile
from pathlib import Path

from ..bench import Bench
from ..figures import Figure, judged, number
from ..place import ROOT
from ..serving import environment
from ..sources import rows, written

PLACE, LIMIT, AT_ANY_SIZE = 15, 400, False
TITLE = "import, memory"
FEW, MANY, MILLION = 10_000, 60_000, 1_000_000
MOST = 1_500
# A process of its own, as its high-water mark is that of all that it ever did. The mark is that of its memory: what
# getrusage tells of a process begins with that of whoever started it (proc(5), VmHWM; getrusage(2)).
CHILD = """
import sys
from pathlib import Path
import django
django.setup()
from django.db import transaction
from importers.pipeline import run_import
with transaction.atomic():
    report = run_import(sys.argv[1], network_slug="bench-network", write=True)
    transaction.set_rollback(True)
assert report.added == int(sys.argv[2]), report.summary()
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(status["VmHWM"].split()[0]) // 1024)
"""


def measure(bench: Bench) -> list[Figure]:
    """Megabytes; what so many rows more take is what a million will take of each."""
    with tempfile.TemporaryDirectory() as place:
        few, many = (_peak(bench, Path(place), count) for count in (FEW, MANY))
    million = many + (many - few) / (MANY - FEW) * (MILLION - MANY)
    return [
        Figure(
            f"{TITLE} of a million new rows",
            f"{number(million)} MB, from {few} MB of {FEW:,} and {many} MB of {MANY:,}",
            target=f"< {MOST:,} MB",
            verdict=judged(million < MOST),
        )
    ]


def _peak(bench: Bench, folder: Path, count: int) -> int:
    file = written(folder / f"{count}.csv", rows(count, f"memory{count}"))
    words = [sys.executable, "-c", CHILD, str(file), str(count)]
    env = environment(bench.address)
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=True, timeout=LIMIT)
    return int(done.stdout)
