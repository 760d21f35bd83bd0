"""The map index: a full rebuild against COPY of the table, a patch of ten rows against a rebuild."""

import subprocess
import time

from ..bench import Bench
from ..figures import Figure, at_most, interleaved

PLACE, LIMIT, AT_ANY_SIZE = 9, 180, False
TITLE = "map index"
CHANGED = 10


def measure(bench: Bench) -> list[Figure]:
    """Seconds, then milliseconds; the rows that are changed for it are changed back."""
    from django.db import connection

    from initiatives.mapped import INDEX

    with bench.address.connect() as other:
        found = other.execute(
            "SELECT id FROM initiatives_initiative WHERE status = 'published' ORDER BY uuid LIMIT %s",
            [CHANGED],
        )
        ids = [pk for (pk,) in found.fetchall()]

        def rebuild() -> float:
            begun = time.monotonic()
            INDEX.build(anew=True)
            return time.monotonic() - begun

        def copy() -> float:
            begun = time.monotonic()
            statement = "COPY initiatives_initiative TO STDOUT (FORMAT binary)"
            words = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", statement]
            subprocess.run(words, env=bench.address.libpq, stdout=subprocess.DEVNULL, check=True, timeout=120)
            return time.monotonic() - begun

        def patch(sign: str) -> float:
            other.execute(
                f"UPDATE initiatives_initiative SET founded = founded {sign} 1 WHERE id = ANY(%s)", [ids]
            )
            begun = time.monotonic()
            patched = INDEX.patch(view)
            took = time.monotonic() - begun
            if patched is None or len(patched.tail) != CHANGED:
                raise RuntimeError("the change of ten rows was not found as a patch")
            return took

        whole = interleaved({"rebuild": rebuild, "copy": copy})
        view = INDEX.build(anew=True)
        # There and back again, so that the rows end as they were.
        patched = interleaved({"there": lambda: patch("+"), "back": lambda: patch("-")})
    connection.close()
    small = (patched["there"] + patched["back"]) / 2
    return [
        at_most(
            f"{TITLE}, full rebuild",
            whole["rebuild"],
            whole["copy"],
            0.5,
            "s",
            "COPY binary of the whole table",
        ),
        at_most(
            f"{TITLE}, patch of ten rows", small * 1000, whole["rebuild"] * 1000, 0.02, "ms", "a full rebuild"
        ),
    ]
