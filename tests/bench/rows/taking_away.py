"""Figures by territory and the graph of a theme, beside a view that asks for 1."""

import random

from ..addresses import SEED
from ..asking import answer_times, ninety_fifth
from ..bench import Bench
from ..figures import Figure, interleaved, number

PLACE, LIMIT, AT_ANY_SIZE = 16, 180, False
TITLE = "taking data away"
QUESTIONS = 12
SCHEMES = ("country", "region", "department")
PAGES = {
    "figures and their map": "/fr/figures/?scheme={scheme}&theme={theme}",
    "figures of one country": "/fr/figures/?scheme=department&territory={country}",
    "figures as a table": "/fr/figures/figures.csv?scheme={scheme}&theme={theme}",
    "network graph of a theme": "/exports/network.graphml?territory={department}&theme={root}&edges=themes,links",
}
PLACES = """
SELECT t.code, country.code FROM territories_territory t JOIN territories_territory country
ON country.scheme = 'country' AND country.country = t.country WHERE t.scheme = 'department' ORDER BY t.code
"""


def measure(bench: Bench) -> list[Figure]:
    """Milliseconds of one reader."""
    asked = {"one": ["/bench/one/"] * QUESTIONS, **_questions(bench)}
    for paths in asked.values():
        answer_times(bench.server.port, paths[:4])
    found = interleaved(
        {
            name: lambda paths=paths: ninety_fifth(answer_times(bench.server.port, paths))
            for name, paths in asked.items()
        }
    )
    return [_beside(name, found[name], found["one"]) for name in PAGES]


def _beside(name: str, milliseconds: float, one: float) -> Figure:
    """Shown and not judged: nobody waits for these while typing or moving the map."""
    return Figure(
        f"{name} p95",
        f"{number(milliseconds)} ms",
        f"{number(one)} ms (`select 1` by the same server)",
        f"{number(milliseconds / one)} ×",
    )


def _questions(bench: Bench) -> dict[str, list[str]]:
    chance = random.Random(SEED)
    with bench.address.connect() as connection:
        places = chance.sample(connection.execute(PLACES).fetchall(), QUESTIONS)
    themes, roots = ({row[place] for row in bench.addresses.words} for place in (1, 2))
    drawn = [
        {
            "scheme": SCHEMES[at % len(SCHEMES)],
            "theme": chance.choice(sorted(themes)),
            "root": chance.choice(sorted(roots)),
            "department": department,
            "country": country,
        }
        for at, (department, country) in enumerate(places)
    ]
    return {name: [path.format(**one) for one in drawn] for name, path in PAGES.items()}
