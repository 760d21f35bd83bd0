"""The GeoJSON export, against psql COPY of the same SQL and ogr2ogr; what the server's memory grows by."""

import http.client
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

from ..bench import LARGE, Bench
from ..door_sql import export_sql
from ..figures import Figure, at_least, interleaved, judged
from ..memory import Memory
from ..serving import Server, site

PLACE, LIMIT, AT_ANY_SIZE = 6, 600, True
TITLE = "GeoJSON export"
PATH = "/exports/initiatives.geojson"
# Each rate is measured on about so many rows; the memory on all of them.
ROWS = 60_000
SMALL = 100_000
OGR_ROWS = 20_000
MOST_GROWTH, MOST_DIFFERENCE = 150, 15


def measure(bench: Bench) -> list[Figure]:
    """Rows a second over one connection, then megabytes."""
    query = _selection(bench, ROWS)
    copied, ogr, rows = export_sql(bench.address, query, OGR_ROWS)
    found = interleaved(
        {
            "ours": lambda: rows / _timed(lambda: _download(bench.server, f"{PATH}?{query}", rows)),
            "copy": lambda: rows / _timed(lambda: _psql(bench, copied)),
            "ogr": lambda: OGR_ROWS / _timed(lambda: _ogr2ogr(bench, ogr)),
        }
    )
    return [
        at_least(TITLE, found["ours"], found["copy"], 0.85, "rows/s", "psql COPY of the same SQL"),
        at_least(TITLE, found["ours"], found["ogr"], 2.5, "rows/s", f"ogr2ogr, {OGR_ROWS:,} rows"),
        *_memory(bench),
    ]


def _selection(bench: Bench, rows: int) -> str:
    """A box over the middle of Europe, made wider until it holds at least so many rows; all if there are fewer."""
    with bench.address.connect() as connection:
        for half in (0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 20):
            box = (7 - half, 48 - half, 7 + half, 48 + half)
            inside = connection.execute(
                "SELECT count(*) FROM initiatives_initiative WHERE status = 'published' "
                "AND public_position && ST_MakeEnvelope(%s, %s, %s, %s, 4326)",
                box,
            ).fetchone()[0]
            if inside >= rows:
                return "bbox=" + ",".join(map(str, box))
    return ""


def _timed(action) -> float:
    begun = time.monotonic()
    action()
    return time.monotonic() - begun


def _download(server: Server, path: str, rows: int | None = None) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
    lines, last = 0, b""
    with closing(connection):
        connection.request("GET", path)
        answer = connection.getresponse()
        while block := answer.read(1 << 18):
            lines += block.count(b"\n")
            last = block
    if answer.status != 200 or not last.endswith(b"]}\n"):
        raise RuntimeError(f"{path}: {answer.status}, ends with {last[-40:]!r}")
    # A line for the head and one for the end.
    if rows is not None and lines - 2 != rows:
        raise RuntimeError(f"{path}: {lines - 2} rows, COPY gives {rows}")


def _psql(bench: Bench, statement: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "copy.sql"
        script.write_text(statement, encoding="utf-8")
        subprocess.run(
            ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-f", str(script)],
            env=bench.address.libpq,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=300,
        )


def _ogr2ogr(bench: Bench, query: str) -> None:
    """The same properties as columns, without an order of the rows."""
    with tempfile.TemporaryDirectory() as folder:
        words = " ".join(f"{name}='{value}'" for name, value in bench.address.words.items())
        script = Path(folder) / "query.sql"
        script.write_text(query, encoding="utf-8")
        command = ["ogr2ogr", "-f", "GeoJSON", f"{folder}/out.geojson", f"PG:{words}", "-sql", f"@{script}"]
        subprocess.run([*command, "-lco", "RFC7946=YES"], capture_output=True, check=True, timeout=300)


def _memory(bench: Bench) -> list[Figure]:
    """What a fresh server grows by while it exports; a small selection, then everything."""
    grown = []
    for query in dict.fromkeys((_selection(bench, SMALL), "")):
        with site(bench.address, workers=1) as server:
            server.get("/api/initiatives/?limit=1")
            memory = Memory(server)
            _download(server, f"{PATH}?{query}")
            grown.append(memory.growth())
    name, said = "export: server's memory grows by", " / ".join(f"{one:.0f} MB" for one in grown)
    figures = [
        Figure(name, said, "", "", f"< {MOST_GROWTH} MB", judged(max(grown) < MOST_GROWTH)),
    ]
    apart = grown[-1] - grown[0]
    if bench.number >= LARGE:
        verdict = judged(apart <= MOST_DIFFERENCE)
        figures.append(
            Figure(
                "export: memory of all above that of 100,000", f"{apart:+.0f} MB", "", "", "the same", verdict
            )
        )
    return figures
