"""Search, as the box and the list do it: times of 95 of 100 answers beside those of a view that asks for 1."""

import random
from statistics import median

from ..addresses import SEED
from ..asking import answer_times, ninety_fifth, with_words
from ..bench import Bench
from ..figures import RUNS, Figure, in_turn, number, quick_enough
from ..serving import WORKERS

PLACE, LIMIT, AT_ANY_SIZE = 8, 240, True
TITLE = "search p95"
SUGGEST, LIST = "/fr/search/suggest/", "/fr/initiatives/rows/"
# The kinds that synthetic names begin with, as synthetic.py has them: each is in some tens of thousands of names.
FREQUENT = ("association", "cooperative", "verein", "maison", "atelier", "friends", "cooperativa", "haus")
QUESTIONS = 80
# Of words that take long, each is asked so often that every connection has planned for it.
WARM = 5 * len(FREQUENT)


def measure(bench: Bench) -> list[Figure]:
    """Milliseconds, scaled; one reader. All was asked a moment before, but for what is called first."""
    chance = random.Random(SEED)
    names, *fresh = _names(bench, lists=1 + RUNS)
    again = {
        "one": ["/bench/one/"] * QUESTIONS,
        "names": with_words(SUGGEST, names),
        "errors": _with_errors(names, chance),
        "frequent": with_words(LIST, [FREQUENT[turn % len(FREQUENT)] for turn in range(QUESTIONS)]),
        "completion": _with_beginnings(names, chance),
    }
    # Each list is asked once only.
    first = {
        "errors, first": iter([_with_errors(some, chance) for some in fresh]),
        "completion, first": iter([_with_beginnings(some, chance) for some in fresh]),
    }
    for paths in again.values():
        # Whichever worker takes a connection: so often that no list is new to one of them.
        for _connection in range(WORKERS * 8):
            answer_times(bench.server.port, paths[:WARM] if paths is again["frequent"] else paths)
    asked = {
        name: lambda paths=paths: answer_times(bench.server.port, paths) for name, paths in again.items()
    }
    asked |= {
        name: lambda lists=lists: answer_times(bench.server.port, next(lists))
        for name, lists in first.items()
    }
    runs = in_turn(asked | {"speed": bench.speed})
    found = {name: ninety_fifth(*runs[name]) for name in again}
    found |= {name: median(map(ninety_fifth, runs[name])) for name in first}
    found["speed"] = median(runs["speed"])
    beside = ("`select 1` by the same server", found["one"])
    judged = [
        quick_enough(f"{TITLE}, {words}", found[name], most, found["speed"], beside=beside)
        for name, words, most in (
            ("names", "names", 20),
            ("errors", "typing errors", 20),
            ("frequent", "frequent words", 60),
            ("completion", "completion", 5),
        )
    ]
    shown = [
        Figure(f"{TITLE}, {words}, nobody asked before", f"{number(found[name])} ms")
        for name, words in (("errors, first", "typing errors"), ("completion, first", "completion"))
    ]
    return [*judged, *shown]


def _names(bench: Bench, lists: int) -> list[list[str]]:
    """Kind, word and town of rows all over the table, without the number at the end; no row is in two of the lists."""
    with bench.address.connect() as connection:
        first, last = connection.execute("SELECT min(id), max(id) FROM initiatives_initiative").fetchone()
        chance = random.Random(SEED)
        drawn = [chance.randint(first, last) for _name in range(QUESTIONS * 2 * lists)]
        rows = connection.execute(
            "SELECT name FROM initiatives_initiative WHERE id = ANY(%s) AND name ~ '[0-9]$' ORDER BY uuid",
            [drawn],
        ).fetchall()
    names = [name.rpartition(" ")[0] for (name,) in rows]
    return [names[place * QUESTIONS :][:QUESTIONS] for place in range(lists)]


def _with_beginnings(names: list[str], chance: random.Random) -> list[str]:
    return with_words(SUGGEST, [name.split()[-1][: chance.randint(3, 5)] for name in names])


def _with_errors(names: list[str], chance: random.Random) -> list[str]:
    return with_words(SUGGEST, [_mistyped(name, chance) for name in names])


def _mistyped(name: str, chance: random.Random) -> str:
    """Two letters of the longest word changed over."""
    longest = max(name.split(), key=len)
    place = chance.randrange(1, max(2, len(longest) - 2))
    wrong = longest[:place] + longest[place + 1 : place + 2] + longest[place] + longest[place + 2 :]
    return name.replace(longest, wrong)
