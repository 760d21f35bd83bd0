"""What the table says of a figure."""

import time

import pytest

from tests.bench import running, table
from tests.bench.figures import (
    MISSED,
    REACHED,
    Figure,
    at_least,
    at_most,
    fast_enough,
    interleaved,
    quick_enough,
)
from tests.bench.rows import all_rows


def test_a_rate_is_judged_by_its_ratio():
    assert at_least("x", 50, 100, 0.5, "tiles/s", "sql").verdict == REACHED
    assert at_least("x", 49, 100, 0.5, "tiles/s", "sql").verdict == MISSED


def test_a_time_is_judged_by_its_ratio():
    assert at_most("x", 1, 2, 0.5, "s", "copy").verdict == REACHED
    assert at_most("x", 1.1, 2, 0.5, "s", "copy").verdict == MISSED


def test_a_slow_machine_is_forgiven():
    # Half as fast as the reference machine: twice the time, half the rate.
    assert quick_enough("x", 38, 20, 0.5, beside=("one", 2)).verdict == REACHED
    assert quick_enough("x", 42, 20, 0.5, beside=("one", 2)).verdict == MISSED
    assert fast_enough("x", 110_000, 200_000, 0.5, "points/s").verdict == REACHED
    assert fast_enough("x", 90_000, 200_000, 0.5, "points/s").verdict == MISSED


def test_measures_take_turns_and_give_medians():
    turns = []
    numbers = iter([3, 10, 1, 30, 2, 20])
    found = interleaved({name: lambda name=name: turns.append(name) or next(numbers) for name in "ab"})
    assert turns == list("ababab")
    assert found == {"a": 2, "b": 20}


def test_what_is_not_judged_says_why():
    row = Figure("x", why="judged at 1,000,000 rows")
    assert row.cells[-1] == "n/a: judged at 1,000,000 rows"
    assert "n/a: judged" in table.printed([row])
    assert "| x |" in table.written([row], {"day": "today"})


def test_rows_stand_in_an_order_of_their_own():
    places = [row.PLACE for row in all_rows()]
    assert places == sorted(set(places))
    assert all(row.LIMIT <= running.LIMIT and row.TITLE for row in all_rows())


@pytest.mark.parametrize("text", ["many", "-1", "99", "10000000000"])
def test_a_wrong_number_of_rows_is_one_line(monkeypatch, text):
    monkeypatch.setenv("N", text)
    with pytest.raises(SystemExit, match=f"N={text}: expected a whole number"):
        running.asked_for()


def test_a_part_that_takes_too_long_is_ended():
    with pytest.raises(running.TimeIsUp), running.limited(0.05):
        time.sleep(5)
