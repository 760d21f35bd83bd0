"""The nightly run of matches over twice as many offers and needs."""

import subprocess
import sys

from ..bench import Bench
from ..figures import Figure, judged, number
from ..place import ROOT
from ..serving import environment

PLACE, LIMIT, AT_ANY_SIZE = 18, 400, False
TITLE = "nightly matches"
FEW, MANY = 5_000, 10_000
# Of the members one in so many is told: what one takes is what counts, and how it grows.
SHARE = 10
TARGET = 2.4
# A process of its own, whose rows go with its transaction. No letter leaves it.
CHILD = """
import sys, time
import django
django.setup()
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
from django.db import connection, transaction
from community.models import Member
from initiatives import synthetic_exchanges
from initiatives.exchange.matching import indexing, letters
few, many, share = map(int, sys.argv[1:])
with transaction.atomic():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE initiatives_exchange CASCADE")
    for seed, more in ((7_001, few), (7_002, many - few)):
        synthetic_exchanges.seed(more, seed)
        begun = time.perf_counter()
        indexing.sweep()
        indexing.count()
        with transaction.atomic():
            keys = letters.wanting().order_by("author").values_list("author", flat=True).distinct()
            for pk in list(keys)[::share]:
                letters.tell(pk)
            transaction.set_rollback(True)
        print(time.perf_counter() - begun)
    transaction.set_rollback(True)
"""


def measure(bench: Bench) -> list[Figure]:
    """Seconds for both in one process; twice as many shall take about twice as long."""
    words = [sys.executable, "-c", CHILD, str(FEW), str(MANY), str(SHARE)]
    env = environment(bench.address)
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=True, timeout=LIMIT)
    few, many = map(float, done.stdout.split())
    ratio = many / few
    return [
        Figure(
            f"{TITLE}, twice as many",
            f"{number(many)} s for {MANY:,} (a {SHARE}th of the members)",
            f"{number(few)} s for {FEW:,}",
            f"{number(ratio)} ×",
            f"≤ {TARGET:g} ×",
            judged(ratio <= TARGET),
        )
    ]
