"""A snapshot of everything: how long the worker is busy with it, and how much memory it takes."""

import json
import subprocess
import sys
import tempfile

from ..bench import Bench
from ..figures import Figure, number
from ..place import ROOT
from ..serving import environment

# The last: it takes minutes, and nothing of it is judged.
PLACE, LIMIT, AT_ANY_SIZE = 15, 900, False
TITLE = "snapshot of everything"


def measure(bench: Bench) -> list[Figure]:
    """By a process of its own, whose memory nothing else has used."""
    with tempfile.TemporaryDirectory(prefix="bench-snapshot-") as folder:
        said = subprocess.run(
            [sys.executable, "-m", "tests.bench.frozen", folder],
            env=environment(bench.address),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
    found = json.loads(said)
    size = f"{found['rows']:,} initiatives, {found['bytes'] / 1e9:.1f} GB"
    return [
        Figure(TITLE, f"{number(found['seconds'])} s, {size}"),
        Figure(f"{TITLE}: memory grows by", f"{found['grown']:.0f} MB"),
    ]
