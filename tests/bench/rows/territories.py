"""Territories of points: many at once, and one."""

import time

from ..bench import Bench
from ..figures import Figure, fast_enough, interleaved, quick_enough

PLACE, LIMIT, AT_ANY_SIZE = 7, 240, False
TITLE = "territory assignment"
MANY, ONE_BY_ONE = 200_000, 300


def measure(bench: Bench) -> list[Figure]:
    """place() of initiatives that have their territories already, rolled back: all is compared, nothing written."""
    from django.db import connection, transaction

    from initiatives.models import Initiative
    from initiatives.placement import place

    ids = list(Initiative.objects.order_by("uuid").values_list("pk", flat=True)[:MANY])

    def many() -> float:
        begun = time.monotonic()
        with transaction.atomic():
            place(initiatives=ids)
            transaction.set_rollback(True)
        return len(ids) / (time.monotonic() - begun)

    def one() -> float:
        begun = time.monotonic()
        with transaction.atomic():
            for pk in ids[:ONE_BY_ONE]:
                place(initiatives=[pk])
            transaction.set_rollback(True)
        return (time.monotonic() - begun) / ONE_BY_ONE * 1000

    many(), one()
    found = interleaved({"many": many, "one": one})
    connection.close()
    return [
        fast_enough(f"{TITLE}, bulk", found["many"], 200_000, bench.speed, "points/s"),
        quick_enough(f"{TITLE}, one", found["one"], 1, bench.speed, beside=("", 1)),
    ]
