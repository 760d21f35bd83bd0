"""python -m tests.bench.frozen FOLDER: the files of a snapshot, nothing recorded; seconds and memory."""

import json
import os
import sys
import time
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import django


def main(folder: Path) -> None:
    """Says it as JSON: initiatives, seconds, megabytes that the process grew by, bytes of the files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    django.setup()
    from django.utils import timezone, translation

    from geo.statements import one_moment
    from initiatives.snapshots.writing import write_all

    held, begun = getrusage(RUSAGE_SELF).ru_maxrss, time.monotonic()
    with translation.override("en"), one_moment():
        snapshot = write_all(folder, timezone.now())
    found = {
        "rows": snapshot.counts["initiatives"],
        "seconds": time.monotonic() - begun,
        "grown": (getrusage(RUSAGE_SELF).ru_maxrss - held) / 1024,
        "bytes": snapshot.size,
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
