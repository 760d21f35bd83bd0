"""One run: database, references, rows, table; whatever happens, nothing keeps running."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import StringIO
from types import FrameType, ModuleType

from .bench import LARGE, Bench
from .figures import MISSED, REFERENCE_RATE, Figure
from .place import VAR, Address

# The whole, seeding included.
LIMIT = 29 * 60
FEWEST, MOST = 10_000, 5_000_000


class TimeIsUp(Exception):  # noqa: N818
    """A part took longer than it may."""


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """At most so long; TimeIsUp ends what runs inside."""

    def end(number: int, frame: FrameType | None) -> None:
        raise TimeIsUp(f"took longer than {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, max(0.01, seconds))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def asked_for() -> tuple[int, bool]:
    """N and REUSE of the environment; SystemExit with one line if they make no sense."""
    text = os.environ.get("N") or str(LARGE)
    number = text.replace("_", "")
    if not (number.isascii() and number.isdigit() and FEWEST <= int(number) <= MOST):
        raise SystemExit(f"N={text}: expected a whole number from {FEWEST} to {MOST}")
    return int(number), os.environ.get("REUSE", "1") != "0"


def main() -> int:
    """The table; 1 if a figure is missed, 130 or 143 after a signal."""
    signal.signal(signal.SIGTERM, _interrupt)
    begun = time.monotonic()
    number, reuse = asked_for()
    try:
        with ExitStack() as stack:
            return _run(stack, number, reuse=reuse, deadline=begun + LIMIT)
    except KeyboardInterrupt:
        return 130
    except TimeIsUp as error:
        say(f"the preparation {error}")
        return 1


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _run(stack: ExitStack, number: int, *, reuse: bool, deadline: float) -> int:
    from . import database, table

    VAR.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    with limited(deadline - begun):
        address, kept = database.ready(Address(os.environ["DATABASE_URL"]), number, reuse=reuse, tell=say)
        seeded = time.monotonic() - begun
        _enter_django(address)
        from django.core.management import call_command

        from . import pyramid, versions

        begun_to_compare = time.monotonic()
        pyramid.prepare(address)
        # What a machine that has been running for a while has; the time of it is a row of its own.
        call_command("build_map_index", stdout=StringIO())
        say(f"references … {time.monotonic() - begun_to_compare:.0f} s")
    bench = Bench(address, number, stack)
    bench.measure_speed()
    bench.facts = {
        "rows": f"{number:,} synthetic initiatives, "
        + ("in a database that an earlier run made" if kept else f"made in {seeded:.0f} s"),
        "`select 1`": f"{bench.rate:,.0f} a second at the beginning, "
        f"{bench.rate / REFERENCE_RATE:.2f} of the reference machine",
        **versions.facts(address),
    }
    figures = _measured(bench, deadline)
    bench.facts["time"] = f"{time.monotonic() - begun:.0f} s in all"
    say("\n" + table.printed(figures))
    for name, value in bench.facts.items():
        say(f"{name}: {value}")
    if not os.environ.get("ROWS"):
        table.PAGE.write_text(table.written(figures, bench.facts), encoding="utf-8")
    return 1 if any(figure.verdict == MISSED for figure in figures) else 0


def _enter_django(address: Address) -> None:
    os.environ["DATABASE_URL"] = address.url
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django

    django.setup()


def _measured(bench: Bench, deadline: float) -> list[Figure]:
    from .rows import all_rows

    # ROWS=search,items measures these alone, for whoever works on them; the page is not written then.
    wanted = [name for name in os.environ.get("ROWS", "").split(",") if name]
    figures: list[Figure] = []
    for row in all_rows():
        name = row.__name__.rpartition(".")[2]
        if wanted and name not in wanted:
            continue
        begun = time.monotonic()
        found = _one(row, bench, deadline)
        figures += found
        say(f"{row.TITLE} … {time.monotonic() - begun:.0f} s")
    return figures


def _one(row: ModuleType, bench: Bench, deadline: float) -> list[Figure]:
    """A row's figures; one that fails or takes too long is missed, and the others go on."""
    if bench.number < LARGE and not row.AT_ANY_SIZE:
        return [Figure(row.TITLE, why=f"judged at {LARGE:,} rows")]
    try:
        with limited(min(row.LIMIT, deadline - time.monotonic())):
            return row.measure(bench)
    except Exception as error:  # noqa: BLE001
        # Whatever it was stands in the table, in one line.
        return [Figure(row.TITLE, verdict=MISSED, why=" ".join(str(error).split())[:300])]
