"""What fits one offer or need, with its reasons in words, beside a view that asks for 1."""

import random

from ..addresses import SEED
from ..asking import answer_times, ninety_fifth
from ..bench import Bench
from ..figures import Figure, at_most, interleaved

PLACE, LIMIT, AT_ANY_SIZE = 17, 120, False
TITLE = "matches p95"
QUESTIONS = 60
TARGET = 40


def measure(bench: Bench) -> list[Figure]:
    """Milliseconds of one reader, among all synthetic offers and needs; each one is asked for the first time."""
    with bench.address.connect() as connection:
        rows = connection.execute(
            "SELECT id, kind FROM initiatives_exchange WHERE status = 'open' ORDER BY id"
        )
        keys: dict[str, list[int]] = {}
        for pk, kind in rows:
            keys.setdefault(kind, []).append(pk)
    chance = random.Random(SEED)
    asked = {"one": ["/bench/one/"] * QUESTIONS}
    for kind in ("need", "offer"):
        asked[kind] = [f"/bench/matches/{pk}/" for pk in chance.sample(keys[kind], QUESTIONS)]
    for paths in asked.values():
        answer_times(bench.server.port, paths[:10])
    found = interleaved(
        {
            name: lambda paths=paths: ninety_fifth(answer_times(bench.server.port, paths))
            for name, paths in asked.items()
        }
    )
    among = sum(map(len, keys.values()))
    return [
        at_most(
            f"{TITLE}, one {kind} among {among:,} open",
            found[kind],
            found["one"],
            TARGET,
            "ms",
            "`select 1` by the same server",
        )
        for kind in ("need", "offer")
    ]
