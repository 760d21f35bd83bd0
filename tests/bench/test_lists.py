"""Both sides of a figure are asked for the same."""

import re

import pytest

from tests.bench.addresses import Tile, tile_at
from tests.bench.place import Address
from tests.bench.rows import first_view
from tests.bench.scripts import chosen, listed, statement


def value(expression: str, at: int) -> int:
    """What pgbench makes of an expression of `chosen`."""
    while not expression.isdigit():
        limit, rest = re.match(r"CASE WHEN :at < (\d+) THEN (.*) END$", expression).groups()
        depth, cut = 0, None
        for part in re.finditer(r"\b(CASE|ELSE|END)\b", rest):
            depth += {"CASE": 1, "END": -1, "ELSE": 0}[part[0]]
            if part[0] == "ELSE" and depth == 0:
                cut = part
        expression = (rest[: cut.start()] if at < int(limit) else rest[cut.end() :]).strip()
    return int(expression)


@pytest.mark.parametrize("length", [1, 2, 7, 100])
def test_an_expression_finds_each_entry_of_the_list(length):
    numbers = [position * 3 + 1 for position in range(length)]
    assert [value(chosen(numbers), position) for position in range(length)] == numbers


def test_a_script_sets_every_variable_of_a_request():
    script = listed({"z": [3, 4], "tile": [5, 6]})
    assert [line.split()[:2] for line in script.splitlines()] == [
        ["\\set", name] for name in ("step", "at", "z", "tile")
    ]


def test_a_statement_takes_its_words():
    assert "ANY('{1,2}')" in statement("cluster_filtered", themes="{1,2}")


def test_a_tile_is_one_range_of_codes():
    tile = tile_at(4.8357, 45.764, 4)
    assert (tile.x, tile.y) == (8, 5)
    assert tile.after - tile.first == 1 << 2 * 24
    assert Tile(1, 1, 0).code == 1
    assert Tile(1, 0, 1).code == 2
    assert tile.path("json", "theme=housing") == "/tiles/initiatives/4/8/5.json?theme=housing"


def test_the_first_view_is_a_handful_of_tiles():
    tiles = first_view.tiles_of_view()
    assert {zoom for zoom, _x, _y in tiles} == {5}
    assert 15 <= len(tiles) <= 35
    assert (5, 16, 11) in tiles


@pytest.mark.parametrize(
    ("url", "words", "plain"),
    [
        (
            "postgis://sp@//some/folder/name",
            {"host": "/some/folder", "user": "sp", "dbname": "name"},
            "postgresql://sp@%2Fsome%2Ffolder:5432/name",
        ),
        (
            "postgis://sp:a%40b@host:5433/name",
            {"host": "host", "port": "5433", "user": "sp", "password": "a@b", "dbname": "name"},
            "postgresql://sp:a%40b@host:5433/name",
        ),
    ],
)
def test_an_address_is_told_to_every_program(url, words, plain):
    address = Address(url)
    assert address.words == words
    assert address.plain == plain
    assert address.named("other").words["dbname"] == "other"
    assert address.named("other").words.get("host") == words["host"]
