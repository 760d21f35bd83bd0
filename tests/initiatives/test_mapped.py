"""The map index answers as SQL does, under any selection, in every tile."""

import json
import subprocess
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.initiatives.asking import asked, by_sql, counted
from tests.initiatives.test_doors import FILTERS, mercator, walk
from vocabulary.models import Theme

pytestmark = pytest.mark.django_db(transaction=True)

ALL = [
    *FILTERS,
    "network=net",
    "collective=coll",
    "group=ovens",
    "group=ovens,gardens&theme=co-housing",
    "offers=job",
    "offers=any",
    "needs=space,job&network=net",
    "offers=skill&needs=any",
    "offers=any,skill&located=any",
    "language=de,fr",
    "located=no",
    "located=any",
    "located=any&theme=food-agriculture&network=net",
    "bbox=4.8,45.7,4.8,45.7",
    "bbox=170,10,-170,20&theme=co-housing",
    "updated_since=2100-01-01",
    "q=atelier&language=fr&since=2005",
    "territory=FR-69,FR&theme=repair-cafes,food-agriculture",
]


def test_the_index_counts_as_sql_does(client, many):
    for query in ALL:
        ours, theirs = (ask(client, f"/api/count?{query}").json() for ask in (asked, by_sql))
        assert ours == theirs, query


TILES = ["0/0/0", "3/4/2", "6/32/22", "10/525/366", "12/2102/1465", "18/134591/93789"]


QUERIES = ["", "theme=co-housing", "network=net&since=2005", "q=atelier", "located=no"]


def test_tiles_of_the_index_are_those_of_sql(client, many):
    for tile, query in product(TILES, QUERIES):
        address = f"/tiles/initiatives/{tile}.json?{query}"
        ours, theirs = (ask(client, address).json() for ask in (asked, by_sql))
        for mark in ours["clusters"] + theirs["clusters"]:
            # The mean of floats and that of whole numbers may differ in the last place.
            mark["lon"], mark["lat"] = round(mark["lon"], 5), round(mark["lat"], 5)
        assert ours == theirs, address


def test_a_screen_asks_for_all_its_names_at_once(client, many):
    x, y = (int(part) for part in mercator(4.85, 45.72, 14))
    asked(client, "/api/count")
    with counted() as statements:
        shown = asked(client, f"/tiles/initiatives/14/{x - 6}-{x + 6}/{y - 6}-{y + 6}.json").json()["tiles"]
    assert sum(len(tile["initiatives"]) > 0 for tile in shown) > 2
    assert len([sql for sql in statements if "public_position" in sql or "i.uuid" in sql]) == 1


def test_both_tile_doors_show_the_same(client, many, tmp_path):
    """Read back by GDAL."""
    for z in (0, 11):
        x, y = (int(part) for part in mercator(4.85, 45.72, z))
        shown = asked(client, f"/tiles/initiatives/{z}/{x}/{y}.json").json()
        path = tmp_path / f"{z}.mvt"
        path.write_bytes(asked(client, f"/tiles/initiatives/{z}/{x}/{y}.mvt").content)
        for layer, kind in (("clusters", "clusters"), ("initiatives", "initiatives")):
            if not shown[kind]:
                continue
            options = ["-oo", f"X={x}", "-oo", f"Y={y}", "-oo", f"Z={z}", "-oo", "METADATA_FILE="]
            told = subprocess.run(
                ["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", *options, str(path), layer],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            features = [feature["properties"] for feature in json.loads(told)["features"]]
            if layer == "clusters":
                assert sorted(f["count"] for f in features) == sorted(c["count"] for c in shown[kind])
                assert [f["themes"] for f in features] == [c["themes"] for c in shown[kind]]
            else:
                assert {(f["id"], f["slug"], f["theme"]) for f in features} == {
                    (row["id"], row["slug"], row["theme"]) for row in shown[kind]
                }


def test_neighbours_at_one_place_are_told_from_others(client, many):
    by_place = {
        cluster["count"]: cluster.get("together", False)
        for cluster in asked(client, "/tiles/initiatives/4/8/5.json").json()["clusters"]
    }
    assert by_place[4] is True
    assert not any(together for count, together in by_place.items() if count > 4)


# ── Property: all counts agree ──────────────────────────────────────────────────────────────────
PARTS = {
    "theme": st.sampled_from(["co-housing", "food-agriculture,repair-cafes", "housing-living-together"]),
    "language": st.sampled_from(["fr", "de", "en,de"]),
    "since": st.integers(1995, 2031).map(str),
    "network": st.just("net"),
    "group": st.sampled_from(["ovens", "gardens", "gardens,ovens"]),
    "offers": st.sampled_from(["job", "any", "skill,training", "funding"]),
    "needs": st.sampled_from(["any", "space", "job,space"]),
    "territory": st.sampled_from(["FR", "FR-69"]),
    "q": st.sampled_from(["atel", "atelier 1", "nothing"]),
    "bbox": st.tuples(
        st.floats(4.7, 4.85), st.floats(45.6, 45.73), st.floats(4.86, 5), st.floats(45.73, 45.8)
    ).map(lambda box: ",".join(f"{number:.6f}" for number in box)),
    "near": st.integers(10, 100_000).map(lambda metres: f"4.84,45.72,{metres}"),
}
SELECTIONS = st.sets(st.sampled_from(sorted(PARTS)), max_size=3).flatmap(
    lambda names: st.fixed_dictionaries({name: PARTS[name] for name in sorted(names)})
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=SELECTIONS)
def test_marks_counts_and_exported_rows_agree_under_any_selection(client, many, values):
    query = "&".join(f"{name}={value}" for name, value in values.items())
    count = asked(client, f"/api/count?{query}").json()
    export = b"".join(client.get(f"/exports/initiatives.geojsonl?{query}").streaming_content)
    rows = [json.loads(line) for line in export.splitlines()]
    assert len(rows) == count["matched"]
    points = [row["geometry"]["coordinates"] for row in rows]
    for zoom, tiles in walk(client, query, points):
        assert sum(answer["matched"] for _tile, answer in tiles) == count["matched"], zoom
    roots = {theme.slug: theme.root.slug for theme in Theme.objects.select_related("parent")}
    of_rows = [{roots[slug] for slug in row["properties"]["themes"]} for row in rows]
    told = {root: sum(root in themes for themes in of_rows) for root in set().union(*of_rows)}
    assert count["themes"] == told
