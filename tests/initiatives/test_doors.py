"""Machine doors: the same counts everywhere, clear refusals, never a 500."""

import json
import math
import subprocess

import pytest

FILTERS = [
    "",
    "theme=housing-living-together",
    "theme=repair-cafes,co-housing",
    "theme=co-housing&theme=repair-cafes",
    "q=fourn",
    "bbox=4,45,6,47",
    "bbox=179,-20,-179,20",
    "territory=FR-69",
    "territory=FR",
    "near=4.8357,45.764,2000",
    "language=fr",
    "since=2010",
    "legal_form=association",
    "updated_since=2020-01-01",
]


LAST_ZOOM = 18
# One test walks all tiles of all zooms; the others all tiles so far, then those where the export has a point.
ALL_TILES_TO = 6
FINER = (9, 14, LAST_ZOOM)


def mercator(lon: float, lat: float, z: int) -> tuple[float, float]:
    """Column and row of a position, in tiles."""
    rad = math.radians(lat)
    side = 1 << z
    return (lon + 180) / 360 * side, (1 - math.log(math.tan(rad) + 1 / math.cos(rad)) / math.pi) / 2 * side


def walk(client, query: str, points=None):
    """(zoom, [(tile, answer)]) from zoom 0 to 18, going down where something matched.

    With `points` some higher zooms only, and of these the tiles of the points.
    """
    tiles = [(0, 0)]
    for z in range(LAST_ZOOM + 1):
        if points is not None and z > ALL_TILES_TO:
            if z not in FINER:
                continue
            tiles = sorted({tuple(int(part) for part in mercator(*point, z)) for point in points})
        answers = [
            ((z, x, y), client.get(f"/tiles/initiatives/{z}/{x}/{y}.json?{query}").json()) for x, y in tiles
        ]
        yield z, answers
        tiles = [
            (x * 2 + right, y * 2 + down)
            for (_z, x, y), answer in answers
            if answer["matched"]
            for right in (0, 1)
            for down in (0, 1)
        ]


@pytest.mark.parametrize("query", FILTERS)
def test_count_export_list_and_tiles_agree(client, scattered, query):
    count = client.get(f"/api/count?{query}").json()
    export = json.loads(b"".join(client.get(f"/exports/initiatives.geojson?{query}").streaming_content))
    listed = client.get(f"/api/initiatives/?limit=1000&{query}").json()
    assert count["exact"] is True
    assert len(export["features"]) == count["matched"] == len(listed["features"])
    points = [feature["geometry"]["coordinates"] for feature in export["features"]]
    for zoom, tiles in walk(client, query, points):
        assert sum(answer["matched"] for _tile, answer in tiles) == count["matched"], zoom
        for _tile, answer in tiles:
            singles = len(answer["initiatives"])
            assert sum(cluster["count"] for cluster in answer["clusters"]) + singles == answer["matched"]
            assert all(sum(c["themes"].values()) == c["count"] for c in answer["clusters"])


def test_nothing_is_lost_or_shown_twice_at_any_zoom(client, scattered):
    matched = client.get("/api/count").json()["matched"]
    for zoom, tiles in walk(client, ""):
        assert sum(answer["matched"] for _tile, answer in tiles) == matched, zoom
        for (z, x, y), answer in tiles:
            cells = set()
            for mark in answer["clusters"] + answer["initiatives"]:
                column, row = (int(part * 4) for part in mercator(mark["lon"], mark["lat"], z))
                # At most one mark in a cell of 64 px, and each inside its own tile.
                assert (column // 4, row // 4) == (x, y)
                assert (column, row) not in cells
                cells.add((column, row))


def test_one_without_a_position_is_counted_apart(client, scattered):
    assert client.get("/api/count").json()["unlocated"] == 1
    assert client.get("/api/count?located=no").json()["matched"] == 1
    assert (
        client.get("/api/count?located=any").json()["matched"]
        == client.get("/api/count").json()["matched"] + 1
    )
    only = client.get("/api/initiatives/?located=no").json()["features"]
    assert [feature["geometry"] for feature in only] == [None]


def test_a_facet_says_what_its_filter_leaves(client, scattered):
    for slug, number in client.get("/api/count").json()["themes"].items():
        assert client.get(f"/api/count?theme={slug}").json()["matched"] == number


def test_mvt_holds_the_same_as_json(client, scattered, tmp_path):
    shown = client.get("/tiles/initiatives/0/0/0.json").json()
    answer = client.get("/tiles/initiatives/0/0/0.mvt")
    assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
    path = tmp_path / "0.mvt"
    path.write_bytes(answer.content)
    summary = subprocess.run(
        ["ogrinfo", "-al", "-so", "-oo", "X=0", "-oo", "Y=0", "-oo", "Z=0", str(path)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Layer name: clusters" in summary
    assert f"Feature Count: {len(shown['clusters'])}" in summary


def test_empty_tiles_say_so(client, bakery):
    assert client.get("/tiles/initiatives/6/0/0.json").json() == {
        "clusters": [],
        "initiatives": [],
        "matched": 0,
    }
    assert client.get("/tiles/initiatives/6/0/0.mvt").status_code == 204


def test_tiles_are_asked_again_cheaply(client, bakery):
    first = client.get("/tiles/initiatives/0/0/0.json")
    again = client.get("/tiles/initiatives/0/0/0.json", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


BAD = [
    ("/tiles/initiatives/99/0/0.json", "z"),
    ("/tiles/initiatives/99/0/0.mvt", "z"),
    ("/tiles/initiatives/3/8/0.json", "x"),
    ("/tiles/initiatives/3/0/-1.json", "y"),
    ("/tiles/initiatives/3/0/1e3.json", "y"),
    ("/tiles/initiatives/٣/0/0.json", "z"),
    ("/api/count?bbox=a,b", "bbox"),
    ("/api/count?bbox=nan,0,1,1", "bbox"),
    ("/api/count?bbox=1,2,3,4&bbox=1,2,3,4", "bbox"),
    ("/api/count?bbox=", "bbox"),
    ("/api/count?q=" + "a" * 10_000, "q"),
    ("/api/count?q=%00", "q"),
    ("/api/count?theme=nothing-like-it", "theme"),
    ("/api/count?territory=ZZ-99", "territory"),
    ("/api/count?network=none", "network"),
    ("/api/count?collective=none", "collective"),
    ("/api/count?group=none", "group"),
    ("/api/count?legal_form=none", "legal_form"),
    ("/api/count?near=1,2", "near"),
    ("/api/count?near=1,2,-5", "near"),
    ("/api/count?near=1,2,nan", "near"),
    ("/api/count?updated_since=yesterday", "updated_since"),
    ("/api/count?updated_since=2026-02-31", "updated_since"),
    ("/api/count?since=2O10", "since"),
    ("/api/count?language=français", "language"),
    ("/api/count?located=perhaps", "located"),
    ("/api/count?colour=red", "colour"),
    ("/api/initiatives/?limit=0", "limit"),
    ("/api/initiatives/?limit=many", "limit"),
    ("/api/initiatives/?cursor=%27", "cursor"),
    ("/exports/initiatives.geojson?colour=red", "colour"),
    ("/tiles/initiatives.json?theme=x", "theme"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "parameter"), BAD)
def test_bad_parameters_are_named(client, address, parameter):
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["parameter"] == parameter
    assert answer.json()["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("post", "/api/count", 405),
        ("delete", "/tiles/initiatives/0/0/0.json", 405),
        ("post", "/api/initiatives/", 401),
        ("delete", "/api/initiatives/", 405),
        ("get", "/api/nowhere", 404),
        ("get", "/api/initiatives/00000000-0000-0000-0000-000000000000/", 404),
        ("get", "/api/territories/ZZ/", 404),
        ("get", "/tiles/a%00b/1/1.json", 400),
    ],
)
def test_other_refusals_are_problems_too(client, method, address, status):
    answer = getattr(client, method)(address)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_tracking_marks_of_other_sites_are_dropped(client, bakery):
    assert client.get("/api/count?utm_source=x&fbclid=1&gclid=2&mc_eid=3").json()["matched"] == 1


def test_a_screen_of_tiles_is_the_same_tiles(client, scattered):
    together = client.get("/tiles/initiatives/4/7-9/4-6.json?theme=co-housing").json()["tiles"]
    assert together == [
        client.get(f"/tiles/initiatives/4/{x}/{y}.json?theme=co-housing").json()
        for y in (4, 5, 6)
        for x in (7, 8, 9)
    ]
    assert any(tile["matched"] for tile in together)


@pytest.mark.parametrize(
    "address", ["4/9-7/4-6", "4/7-16/4-6", "9/0-16/0-16", "4/7-/4-6", "4/a-b/4-6", "19/1-1/1-1"]
)
def test_a_screen_that_is_none_is_refused(client, db, address):
    answer = client.get(f"/tiles/initiatives/{address}.json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
