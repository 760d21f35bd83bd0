"""Territories of points: many at once, and one."""

import time

from ..bench import Bench
from ..figures import Figure, fast_enough, interleaved, number, quick_enough

PLACE, LIMIT, AT_ANY_SIZE = 7, 240, False
TITLE = "territory assignment"
MANY, ONE_BY_ONE = 200_000, 300
POINTS = """
CREATE TEMPORARY TABLE bench_point AS
SELECT id, precision, public_position FROM initiatives_initiative ORDER BY uuid LIMIT %s
"""


def measure(bench: Bench) -> list[Figure]:
    """Points as an import has them, then rows that have their territories already: compared, nothing written."""
    from django.db import connection, transaction

    from initiatives.models import Initiative
    from initiatives.placement import locate_staged, place

    ids = list(Initiative.objects.order_by("uuid").values_list("pk", flat=True)[:MANY])
    with connection.cursor() as cursor:
        cursor.execute(POINTS, [MANY])
        cursor.execute("ANALYZE bench_point")

    def seconds(work) -> float:
        begun = time.monotonic()
        with transaction.atomic():
            work()
            transaction.set_rollback(True)
        return time.monotonic() - begun

    def many() -> float:
        return len(ids) / seconds(lambda: locate_staged("bench_point"))

    def again() -> float:
        return len(ids) / seconds(lambda: place(initiatives=ids))

    def one() -> float:
        return seconds(lambda: [place(initiatives=[pk]) for pk in ids[:ONE_BY_ONE]]) / ONE_BY_ONE * 1000

    many(), again(), one()
    found = interleaved({"many": many, "again": again, "one": one, "speed": bench.speed})
    connection.close()
    return [
        fast_enough(f"{TITLE}, bulk", found["many"], 200_000, found["speed"], "points/s"),
        Figure(f"{TITLE}, bulk, compared with what is there", f"{number(found['again'])} points/s"),
        quick_enough(f"{TITLE}, one", found["one"], 1, found["speed"]),
    ]
