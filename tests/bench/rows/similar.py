"""Initiatives like the one that is being handed in, beside a view that asks for 1."""

import random
from urllib.parse import urlencode

from ..addresses import SEED
from ..asking import answer_times, ninety_fifth
from ..bench import Bench
from ..figures import RUNS, Figure, at_most, interleaved

PLACE, LIMIT, AT_ANY_SIZE = 12, 120, False
TITLE = "similar ones p95"
SIMILAR = "/fr/initiatives/submit/similar/"
SUBMISSIONS = 1_000
TARGET = 40


def measure(bench: Bench) -> list[Figure]:
    """Milliseconds; one reader, each question asked once: a submission bears nearly the name of one close by."""
    lists = iter(_questions(bench, RUNS))
    one = ["/bench/one/"] * 200
    answer_times(bench.server.port, one)
    found = interleaved(
        {
            "one": lambda: ninety_fifth(answer_times(bench.server.port, one)),
            "similar": lambda: ninety_fifth(answer_times(bench.server.port, next(lists))),
        }
    )
    return [
        at_most(TITLE, found["similar"], found["one"], TARGET, "ms", "`select 1` by the same server"),
    ]


def _questions(bench: Bench, runs: int) -> list[list[str]]:
    """A thousand submissions, parted by runs: names of rows all over the table with a letter missing, 300 m away."""
    chance = random.Random(SEED)
    with bench.address.connect() as connection:
        first, last = connection.execute("SELECT min(id), max(id) FROM initiatives_initiative").fetchone()
        drawn = [chance.randint(first, last) for _row in range(SUBMISSIONS * 2)]
        rows = connection.execute(
            "SELECT name, ST_X(public_position), ST_Y(public_position) + 0.0027 FROM initiatives_initiative "
            "WHERE id = ANY(%s) AND public_position IS NOT NULL ORDER BY uuid LIMIT %s",
            [drawn, SUBMISSIONS],
        ).fetchall()
    paths = [
        f"{SIMILAR}?{urlencode({'name': _shortened(name, chance), 'lon': lon, 'lat': lat})}"
        for name, lon, lat in rows
    ]
    return [paths[run::runs] for run in range(runs)]


def _shortened(name: str, chance: random.Random) -> str:
    place = chance.randrange(len(name))
    return name[:place] + name[place + 1 :]
