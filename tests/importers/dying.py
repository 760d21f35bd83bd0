"""An import in a process of its own that dies, or waits, at a stage: `python -m tests.importers.dying STAGE FILE`."""

import os
import signal
import sys
import time
from pathlib import Path

import django


def stages() -> dict:
    """Where a run may be hit: module and function, before or after it."""
    from importers import pipeline
    from initiatives import bulk, bulk_run

    return {
        "reading": (pipeline, "open_source", "before"),
        # Staged, and the records of new rows written.
        "staging": (bulk, "seek", "before"),
        "comparing": (bulk, "compare", "after"),
        "adding": (bulk_run.Run, "add", "after"),
        "letting go": (bulk_run.Run, "let_go", "after"),
        "reporting": (pipeline, "rows_of", "before"),
    }


def hit(stage: str, do) -> None:
    """Have something done at a stage."""
    place, name, when = stages()[stage]
    plain = getattr(place, name)

    def struck(*given, **more):
        if when == "before":
            do()
            return plain(*given, **more)
        found = plain(*given, **more)
        do()
        return found

    setattr(place, name, struck)


def main() -> None:
    """Die by SIGKILL at a stage, or, at `wait:STAGE`, say so and wait for a line."""
    stage, file = sys.argv[1:]
    django.setup()
    from importers.pipeline import run_import

    if stage.startswith("wait:"):
        sign = Path(f"{file}.waiting")

        def wait() -> None:
            sign.touch()
            while sign.exists():
                time.sleep(0.05)

        hit(stage.removeprefix("wait:"), wait)
    elif stage != "none":
        hit(stage, lambda: os.kill(os.getpid(), signal.SIGKILL))
    report = run_import(file, network_slug="demo", write=True)
    sys.stdout.write(f"{report.summary()}\n")


if __name__ == "__main__":
    main()
