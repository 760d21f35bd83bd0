"""Likes: the statements of the action and its POST, beside bare insertions; and whether the end is that of the log."""

from itertools import count

from ..bench import Bench
from ..figures import Figure, at_least, interleaved, judged
from ..liking import MEMBERS, NOMINEES, Stage, stage
from ..load import pgbench
from ..posting import posts, signed_in

PLACE, LIMIT, AT_ANY_SIZE = 19, 240, True
TITLE = "likes"
CLIENTS = 64
ACTS = 50_000
# Acts of a client in a run.
EACH = 500
# Each pair of member and nomination comes once: nothing is asked for that is there already. A client is a voter after
# another, and no two are the same one at once: their likes would wait for each other.
PAIR = f"""
\\set step :step + 1
\\set pair {{base}} + :step
\\set voter :client_id * {MEMBERS // CLIENTS} + :pair / {NOMINEES}
\\set member {{member}} + :voter
\\set ballot {{ballot}} + :voter
\\set nomination {{nomination}} + :pair % {NOMINEES}
\\set theme {{theme}} + :pair % 10
\\set campaign {{campaign}}
"""
BARE = """
INSERT INTO bench_like (ballot_id, nomination_id, theme_id, at, void_reason)
VALUES (:ballot, :nomination, :theme, clock_timestamp(), '');
"""
# Few members, so that the same ones are pressed for at once; two of three acts like, one takes back.
TOGGLE = """
\\set act random(1, 3)
\\set member {member} + random(0, 499)
\\set nomination {nomination} + random(0, 19)
\\set campaign {campaign}
"""
STANDING = """
SELECT b.voter, l.nomination_id FROM campaigns_like l JOIN campaigns_ballot b ON b.id = l.ballot_id
WHERE l.voided_at IS NULL
"""
MOST = """
SELECT max(total), max(in_theme) FROM (
  SELECT sum(count(*)) OVER (PARTITION BY ballot_id) AS total, count(*) AS in_theme
  FROM campaigns_like GROUP BY ballot_id, theme_id
) found
"""


def script(statement: str) -> str:
    """The transaction of the action, as pgbench runs it: both statements are sent at once."""
    from campaigns.likes import sql

    both = f"{_named(sql.OF_MEMBER.hold)};\n{_named(statement)};"
    return f"\\startpipeline\n{both}\n\\endpipeline\n"


def _named(statement: str) -> str:
    """With pgbench's variables, and without our comments."""
    for name, variable in (("campaign", "campaign"), ("key", "member"), ("nomination", "nomination")):
        statement = statement.replace(f"%({name})s", f":{variable}")
    return "\n".join(line for line in statement.strip().splitlines() if not line.strip().startswith("--"))


def measure(bench: Bench) -> list[Figure]:
    """Three figures; the campaign is gone afterwards."""
    with stage(bench.address, likes_each=NOMINEES, likes_each_theme=2) as on:
        figures = [_statements(bench, on), _http(bench, on)]
    with stage(bench.address, likes_each=6, likes_each_theme=1) as on:
        return [*figures, _replayed(bench, on)]


def _statements(bench: Bench, on: Stage) -> Figure:
    from campaigns.likes import sql

    # Each run goes on where the one before it has certainly ended.
    base = count(step=EACH + 20)

    def rate(act: str) -> float:
        head = PAIR.format(base=next(base), **on.words())
        return pgbench(bench.address, head + act, clients=CLIENTS, transactions=CLIENTS * EACH)

    found = interleaved({"ours": lambda: rate(script(sql.OF_MEMBER.like)), "bare": lambda: rate(BARE)})
    return at_least(
        f"{TITLE}, statements, {CLIENTS} clients",
        found["ours"],
        found["bare"],
        0.5,
        "likes/s",
        "bare INSERTs",
    )


def _http(bench: Bench, on: Stage) -> Figure:
    # Each of many members: a voter has one ballot, whose likes come one after another.
    port, members = bench.server.port, range(on.member, on.member + CLIENTS)
    people = signed_in(members)
    nominations = range(on.nomination, on.nomination + NOMINEES)
    presses = [
        (f"/en/campaigns/{on.slug}/{nomination}/{verb}/", one)
        for verb in ("like", "unlike")
        for nomination in nominations
        for one in people
    ]
    rows = [("/bench/row/", one) for one in people]
    found = interleaved({"ours": lambda: posts(port, presses), "row": lambda: posts(port, rows)})
    against = "a POST that writes one row, by the same server"
    return at_least(f"{TITLE} over HTTP", found["ours"], found["row"], 0.4, "likes/s", against)


def _replayed(bench: Bench, on: Stage) -> Figure:
    """So many likes and takings back by 64 clients, then the log, one line after the other."""
    from campaigns.fairness.sealing import seal
    from campaigns.likes import sql
    from campaigns.models import Campaign, LikeLine

    act = f"\\if :act < 3\n{script(sql.OF_MEMBER.like)}\\else\n{script(sql.OF_MEMBER.unlike)}\\endif\n"
    pgbench(bench.address, TOGGLE.format(**on.words()) + act, clients=CLIENTS, transactions=ACTS)
    lines = seal(Campaign.objects.get(pk=on.campaign))
    stand: set[tuple] = set()
    for voter, nomination, word in (
        LikeLine.objects.filter(campaign=on.campaign)
        .order_by("number")
        .values_list("voter", "nomination", "act")
        .iterator()
    ):
        (stand.add if word == "like" else stand.discard)((voter, nomination))
    with bench.address.connect() as connection:
        stored = set(connection.execute(STANDING).fetchall())
        total, in_theme = connection.execute(MOST).fetchone()
    good = stored == stand and total <= 6 and in_theme <= 1
    return Figure(
        f"{TITLE}, {ACTS:,} acts of {CLIENTS} clients",
        f"{len(stored):,} likes stand, at most {total} a member and {in_theme} a theme",
        f"{len(stand):,} by {lines:,} lines of the log",
        target="equal; caps 6 and 1",
        verdict=judged(good),
    )
