"""A network's file into the million: new rows, the same again, pairs that are one, and a look without writing."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ..addresses import SEED
from ..bench import Bench
from ..copying import TABLES, Copied
from ..figures import Figure, at_least, at_most, interleaved, number
from ..one_by_one import update_or_create
from ..sources import rows, written

PLACE, LIMIT, AT_ANY_SIZE = 14, 900, False
TITLE = "import"
NEW, FEW, LOOKED_AT = 40_000, 100, 10_000
NETWORK = "bench-network"
# Of the rows that are compared with the million, so many are initiatives of it in other words.
PAIRS = 2_000
KNOWN = """
SELECT id, name, ST_X(position), ST_Y(position), country FROM initiatives_initiative
WHERE status = 'published' AND precision = 'exact' AND position IS NOT NULL AND id = ANY(%s) LIMIT %s
"""
# Rows that an import wrote or took away, dead ones of the same transaction among them.
TOUCHED = """
SELECT coalesce(sum(n_tup_upd + n_tup_del), 0)::bigint FROM pg_stat_xact_user_tables
WHERE relname LIKE 'initiatives\\_%' AND relname <> 'initiatives_network'
"""


def measure(bench: Bench) -> list[Figure]:
    """All is written, its references checked as a commit would, and rolled back."""
    from django.db import connection

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        many = written(folder / "many.csv", rows(NEW, "many"))
        some = written(folder / "some.csv", rows(LOOKED_AT, "some"))
        figures = [*_new(bench, many, folder), *_looked_at(some), *_pairs(bench)]
    connection.close()
    return figures


def imported(path: Path, *, write: bool = True) -> float:
    """Seconds for a file of a network."""
    from django.db import connection

    from importers.pipeline import run_import

    begun = time.monotonic()
    report = run_import(str(path), network_slug=NETWORK, write=write)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    took = time.monotonic() - begun
    if report.refused or report.read != report.added + report.unchanged:
        raise RuntimeError(f"rows were refused or changed: {report.summary()}")
    return took


def undone(work: Callable[[], float]) -> float:
    """What it says, and nothing of it stays."""
    from django.db import transaction

    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


def _new(bench: Bench, path: Path, folder: Path) -> list[Figure]:
    """Against COPY of the very rows that it wrote, into the same tables; against the ORM, row by row; and once more."""
    from django.db import connection

    copied = Copied(folder)
    again: dict[str, float] = {}

    def ours() -> float:
        """What the first run wrote is what COPY takes, and what is read again."""
        mark = copied.mark()
        took = imported(path)
        if not copied.columns:
            copied.keep(mark)
            again.update(_again(bench, path))
        return took

    def afresh(work: Callable[[], float]) -> float:
        """What the run before left behind is gone, as it would be on a site, where hardly an import is taken back."""
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"VACUUM {table}")
        return undone(work)

    found = interleaved(
        {
            "ours": lambda: NEW / afresh(ours),
            "copy": lambda: NEW / afresh(copied.again),
            "orm": lambda: FEW / undone(lambda: update_or_create(path, FEW)),
        }
    )
    orm = f"update_or_create, from {FEW:,} rows"
    return [
        at_least(
            f"{TITLE}, new rows", found["ours"], found["copy"], 0.75, "rows/s", "COPY into the same tables"
        ),
        at_least(f"{TITLE}, new rows, by the ORM", found["ours"], found["orm"], 10, "rows/s", orm),
        _aimed_at(f"{TITLE}, nothing changed", NEW / again["again"], 25_000, again["speed"]),
        at_most(f"{TITLE}, second run", again["again"], NEW / found["ours"], 0.2, "s", "the first run"),
    ]


def _again(bench: Bench, path: Path) -> dict[str, float]:
    """A file that did not change, read again in the transaction that wrote it; it must leave no dead row."""
    from django.db import connection

    def touched() -> int:
        with connection.cursor() as cursor:
            cursor.execute(TOUCHED)
            return cursor.fetchone()[0]

    before = touched()
    found = interleaved({"again": lambda: imported(path), "speed": bench.speed})
    if dead := touched() - before:
        raise RuntimeError(f"an import of what was there left {dead} dead rows")
    return found


def _aimed_at(name: str, rate: float, least: float, speed: float) -> Figure:
    """A scaled rate that is reached on some machines and not yet on all: shown with what is aimed at."""
    return Figure(
        name,
        f"{number(rate)} rows/s, scaled {number(rate / speed)}",
        why=f"{least:,.0f} rows/s scaled are aimed at, and not judged before they are reached everywhere",
    )


def _looked_at(path: Path) -> list[Figure]:
    found = interleaved(
        {
            "dry": lambda: undone(lambda: imported(path, write=False)),
            "write": lambda: undone(lambda: imported(path)),
            "back": lambda: undone(lambda: taken_back(path)),
        }
    )
    against = "its write"
    return [
        at_most(f"{TITLE}, dry run of {LOOKED_AT:,}", found["dry"], found["write"], 1, "s", against),
        at_most(f"{TITLE}, undo of {LOOKED_AT:,}", found["back"], found["write"], 1.5, "s", against),
    ]


def taken_back(path: Path) -> float:
    """Seconds for the undo of a file that was just written."""
    from django.db import connection

    from importers.models import ImportRun
    from importers.undoing import undo_run

    imported(path)
    run = ImportRun.objects.latest("pk")
    begun = time.monotonic()
    back = undo_run(run, by=None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    took = time.monotonic() - begun
    if len(back.removed) != LOOKED_AT:
        raise RuntimeError(f"{len(back.removed)} of {LOOKED_AT} rows were taken back")
    return took


def _pairs(bench: Bench) -> list[Figure]:
    """Rows a second that are held against the million, once they are staged."""
    from django.db import connection

    from initiatives import bulk, bulk_matching

    known = dict(enumerate(_known(), start=NEW - PAIRS))
    mapped = list(_staged(known))

    def compared() -> float:
        bulk.looking(None).stage(mapped)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE staged_record (number, external_id, state)")
        begun = time.monotonic()
        matches = bulk_matching.match(None)
        took = time.monotonic() - begun
        found = {match.number: match.initiative for match in matches}
        if missed := [number for number, (pk, *_rest) in known.items() if found.get(number) != pk]:
            raise RuntimeError(f"{len(missed)} of {len(known)} known pairs were not found")
        return NEW / took

    undone(compared)
    found = interleaved({"compared": lambda: undone(compared), "speed": bench.speed})
    return [_aimed_at(f"{TITLE}, pairs that are one", found["compared"], 10_000, found["speed"])]


def _known() -> list[tuple]:
    from django.db import connection

    chance = random.Random(SEED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM initiatives_initiative")
        first, last = cursor.fetchone()
        cursor.execute(KNOWN, [[chance.randint(first, last) for _one in range(PAIRS * 3)], PAIRS])
        return cursor.fetchall()


def _staged(known: dict[int, tuple]) -> Iterator:
    """New rows, and the known ones under another key, a letter short and forty metres off."""
    from initiatives.bulk import Row

    for at, record in enumerate(rows(NEW - PAIRS - 1, "pairs"), start=1):
        name, latitude, longitude = record[1], float(record[4]), float(record[5])
        yield Row(at, f"new-{at}", name=name, lon=longitude, lat=latitude, country="FR")
    for at, (_pk, name, longitude, latitude, country) in known.items():
        yield Row(
            at,
            f"known-{at}",
            name=name[:3] + name[4:],
            lon=longitude,
            lat=latitude + 0.00036,
            country=country,
        )
