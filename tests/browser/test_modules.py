"""Pure modules of the map, asked in a browser."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def call(page, live_server, words):
    """Evaluate an expression with a module of static/js as `m`."""
    page.goto(f"{live_server.url}/fr/about/")

    def run(module: str, expression: str):
        return page.evaluate(f"import('/static/js/{module}').then((m) => {expression})")

    return run


def test_tiles_that_cover_a_box_are_listed_from_the_north_west(call):
    box = "{ west: -10, south: 40, east: 10, north: 60 }"
    assert call("map/tiles.js", f"m.covering({box}, 0)") == [[0, 0, 0]]
    assert call("map/tiles.js", f"m.covering({box}, 3)") == [[3, 3, 2], [3, 4, 2], [3, 3, 3], [3, 4, 3]]
    world = "{ west: -400, south: -90, east: 400, north: 90 }"
    assert len(call("map/tiles.js", f"m.covering({world}, 2)")) == 16


def test_marks_that_touch_part_by_a_few_pixels_only(call):
    marks = "[{ x: 0, y: 0, radius: 20 }, { x: 30, y: 0, radius: 20 }, { x: 300, y: 0, radius: 20 }]"
    left, right, alone = call("map/declutter.js", f"m.apart({marks})")
    assert left[0] < 0 < right[0]
    assert 30 + right[0] - left[0] >= 41
    assert alone == [0, 0]
    heap = "Array.from({ length: 9 }, () => ({ x: 5, y: 5, radius: 20 }))"
    assert all((dx**2 + dy**2) ** 0.5 <= 19 for dx, dy in call("map/declutter.js", f"m.apart({heap})"))


def test_a_view_meets_a_box_filter(call):
    view = "{ west: 0, south: 40, east: 10, north: 50 }"
    assert call("search/filters.js", f"m.meet({view}, '5,45,20,60')") == {
        "west": 5,
        "south": 45,
        "east": 10,
        "north": 50,
    }
    assert call("search/filters.js", f"m.meet({view}, '20,45,30,60')") is None
    assert call("search/filters.js", f"m.meet({view}, null)")["west"] == 0


def test_filters_are_replaced_in_a_query(call):
    assert (
        call("search/filters.js", "m.withValues('theme=a&q=b', { q: '', territory: 'FR' })")
        == "theme=a&territory=FR"
    )
    assert call("search/filters.js", "m.valuesOf('theme=a,b&theme=c', 'theme')") == ["a", "b", "c"]


def test_arcs_are_shared_between_neighbours(call):
    topology = (
        "{ transform: { scale: [1, 1], translate: [0, 0] }, arcs: [[[0, 0], [0, 2]],"
        " [[0, 2], [-1, 0], [0, -2], [1, 0]], [[0, 0], [1, 0], [0, 2], [-1, 0]]] }"
    )
    shapes = "[{ id: 'A', arcs: [[[0, 1]]] }, { id: 'B', arcs: [[[2, ~0]]] }]"
    borders = call("map/topojson.js", f"m.borders(m.arcs({topology}), {shapes})")
    assert borders == [[[0, 0], [2, 0]]]


def test_large_numbers_fit_a_ring(call):
    counts = [7, 999, 1000, 1204, 9949, 9951, 12345, 999499, 999500, 1234567, 12345678]
    shown = ["7", "999", "1 k", "1,2 k", "9,9 k", "10 k", "12 k", "999 k", "1 M", "1,2 M", "12 M"]
    found = call("map/marks.js", f"{counts}.map(m.short)")
    assert found == [text.replace(" ", "\u202f") for text in shown]


def test_the_cell_of_a_point_is_a_quarter_of_a_tile_and_holds_it(call):
    cell = call("map/tiles.js", "m.cellAround({ lon: 4.8357, lat: 45.764 }, 9)")
    assert cell["west"] <= 4.8357 < cell["east"]
    assert cell["south"] < 45.764 <= cell["north"]
    assert cell["east"] - cell["west"] == pytest.approx(360 / 2**11)


def test_missing_tiles_are_asked_for_as_one_rectangle_within_the_servers_limit(call):
    assert call("map/tiles.js", "m.sheets([])") == []
    assert call("map/tiles.js", "m.sheets([[5, 16, 11], [5, 17, 10]])") == [
        {"z": 5, "west": 16, "east": 17, "north": 10, "south": 11}
    ]
    wide = "Array.from({ length: 20 }, (_, n) => [9, n, n])"
    assert [sheet["south"] for sheet in call("map/tiles.js", f"m.sheets({wide})")] == [11, 19]
