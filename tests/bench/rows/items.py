"""Pages of 1,000 items, against Features by SQL from pgbench, DRF-gis, tipg and pygeoapi."""

from ..bench import Bench
from ..door_sql import page_sql
from ..figures import Figure, at_least, interleaved
from ..load import pgbench, wrk
from ..scripts import listed
from ..serving import pygeoapi, tipg

PLACE, LIMIT, AT_ANY_SIZE = 5, 240, True
TITLE = "items page of 1,000"
PAGES = 40
PAGE = 1000
# Whole pages by DRF-gis take seconds each: its pages are smaller, and what it would take for whole ones is worked out.
DRF_PAGE = 100
# As pygeoapi.yml has them.
COLUMNS = (
    "uuid,slug,name,summary,description,description_language,founded,tags,labels,languages,reach,precision,"
    "public_street,public_postcode,public_locality,country,website,opening_hours,status,created_at,updated_at,confirmed_at"
)
TIPG = (
    "/collections/public.initiatives_initiative/items?f=geojson&limit=1000&geom-column=public_position"
    f"&properties={COLUMNS}&offset={{}}"
)
PATH = f"/api/initiatives/?limit={PAGE}&cursor={{}}"
OGC = f"/ogc/collections/initiatives/items?limit={PAGE}&cursor={{}}"
PYGEOAPI = "/collections/initiatives/items?f=json&limit=1000&offset={}"
# The others find a page by counting through the rows before it: beside them ours gives the same first pages.
NEAR = range(0, 5 * PAGE, PAGE)
BEFORE = "SELECT id FROM initiatives_initiative WHERE status = 'published' ORDER BY id LIMIT 1 OFFSET %s"


def measure(bench: Bench) -> list[Figure]:
    """Pages a second; all over the table, beside tipg and pygeoapi at its beginning."""
    with bench.address.connect() as connection:
        first, last = connection.execute("SELECT min(id), max(id) FROM initiatives_initiative").fetchone()
        begins = [connection.execute(BEFORE, [offset]).fetchone()[0] - 1 for offset in NEAR]
    after = [first - 1 + (last - first - 1000) * page // PAGES for page in range(PAGES)]
    paths, near = ([PATH.format(cursor) for cursor in cursors] for cursors in (after, begins))
    slow = [f"/bench/features/?limit={DRF_PAGE}&after={cursor}" for cursor in after]
    script = listed({"after": after}) + page_sql(PAGE + 1)
    with tipg(bench.address) as one, pygeoapi(bench.address) as other:
        found = interleaved(
            {
                "ours": lambda: wrk(bench.server.port, paths),
                "sql": lambda: pgbench(bench.address, script),
                "drf": lambda: wrk(bench.server.port, slow) * DRF_PAGE / PAGE,
                "near": lambda: wrk(bench.server.port, near),
                "ogc": lambda: wrk(bench.server.port, [OGC.format(cursor) for cursor in begins]),
                "tipg": lambda: wrk(one.port, [TIPG.format(offset) for offset in NEAR]),
                "pygeoapi": lambda: wrk(other.port, [PYGEOAPI.format(offset) for offset in NEAR], warm=0),
            }
        )
    return [
        at_least(title, found[ours], found[name], target, "pages/s", words)
        for title, ours, name, target, words in (
            (TITLE, "ours", "sql", 0.6, "pgbench, Features by SQL"),
            (TITLE, "ours", "drf", 6, f"DRF-gis, from pages of {DRF_PAGE}"),
            (TITLE, "near", "tipg", 5, "tipg, first pages"),
            (TITLE, "near", "pygeoapi", 5, "pygeoapi, first pages"),
            (f"OGC {TITLE}", "ogc", "tipg", 5, "tipg, first pages"),
            (f"OGC {TITLE}", "ogc", "pygeoapi", 5, "pygeoapi, first pages"),
        )
    ]
