"""Pages of groups, spaces, the stream, the agenda and the directory, beside a view that asks for 1."""

import random

from ..addresses import SEED
from ..asking import answer_times, ninety_fifth
from ..bench import Bench
from ..figures import Figure, at_most, interleaved

PLACE, LIMIT, AT_ANY_SIZE = 13, 180, False
TITLE = "people p95"
QUESTIONS = 40
TARGET = 40
# What the synthetic community is made of, as community/synthetic.py has it.
WORDS = ("bookkeeping", "gardening", "translation", "welding", "flour", "tools")
PAGES = {
    "groups": "/fr/groups/?page={number}",
    "groups by words": "/fr/groups/?q=measuring+{number}",
    "one group": "/fr/groups/{group}/",
    "members of a group": "/fr/groups/{group}/members/",
    "topics": "/fr/groups/{group}/topics/",
    "topics by words": "/fr/groups/{group}/topics/?q={word}",
    "one topic": "/fr/groups/{group}/topics/{topic}/",
    "activity": "/fr/activity/",
    "activity of a group": "/fr/activity/?group={group}",
    "agenda": "/fr/agenda/?page={number}",
    "spaces": "/fr/spaces/",
    "one space": "/fr/spaces/{space}/",
    "members of a space": "/fr/spaces/{space}/members/",
    "directory": "/fr/members/?page={number}",
    "directory by words": "/fr/members/?q={word}",
}


def measure(bench: Bench) -> list[Figure]:
    """Milliseconds for a visitor; one reader, beside the synthetic community whole."""
    chance = random.Random(SEED)
    with bench.address.connect() as connection:
        rows = connection.execute(
            "SELECT g.slug, t.id FROM community_topic t JOIN community_group g ON g.id = t.group_id "
            "WHERE g.kind <> 'private' ORDER BY t.id LIMIT 5000"
        ).fetchall()
        spaces = [
            slug for (slug,) in connection.execute("SELECT slug FROM community_space WHERE NOT is_private")
        ]
    drawn = [chance.choice(rows) for _question in range(QUESTIONS)]
    asked = {"one": ["/bench/one/"] * QUESTIONS}
    for name, path in PAGES.items():
        asked[name] = [
            path.format(
                group=group,
                topic=topic,
                space=spaces[place % len(spaces)],
                number=1 + place % 20,
                word=WORDS[place % len(WORDS)],
            )
            for place, (group, topic) in enumerate(drawn)
        ]
    for paths in asked.values():
        answer_times(bench.server.port, paths[:10])
    found = interleaved(
        {
            name: lambda paths=paths: ninety_fifth(answer_times(bench.server.port, paths))
            for name, paths in asked.items()
        }
    )
    return [
        at_most(f"{TITLE}, {name}", found[name], found["one"], TARGET, "ms", "`select 1` by the same server")
        for name in PAGES
    ]
