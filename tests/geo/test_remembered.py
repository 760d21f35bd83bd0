"""What is remembered of rows is as they are at the moment of whoever asks."""

import pytest

from geo.remembered import BESIDE, Moment, Remembered

FIRST, SECOND, THIRD = (Moment(number, f"at {number}") for number in (1, 2, 3))


@pytest.fixture
def memory():
    """It stands at the first moment and knows two rows; since then the first one changed."""
    made = Remembered(lambda: SECOND, lambda former: [1], most=2 * (BESIDE + 4))
    made.of([], FIRST)
    made.keep([(1, b"one."), (2, b"two.")], FIRST)
    return made


def test_what_was_kept_is_there_in_the_same_moment(memory):
    assert memory.of([2, 1, 3], FIRST) == {1: b"one.", 2: b"two."}


def test_what_changed_since_is_forgotten_and_the_rest_stays(memory):
    assert memory.of([1, 2], SECOND) == {2: b"two."}


def test_all_is_forgotten_where_nobody_knows_what_changed(memory):
    memory.changed = lambda former: None
    assert memory.of([1, 2], SECOND) == {}


def test_who_began_earlier_gets_nothing_and_leaves_nothing(memory):
    memory.of([], THIRD)
    assert memory.of([1, 2], SECOND) == {}
    memory.keep([(2, b"old.")], SECOND)
    assert memory.of([2], THIRD) == {2: b"two."}


def test_the_same_number_in_another_copy_is_another_moment(memory):
    memory.changed = lambda former: None
    assert memory.of([1, 2], Moment(1, "at another time")) == {}


def test_a_copy_that_counts_on_from_a_smaller_number_is_remembered(memory):
    memory.of([], THIRD)
    copy = Moment(1, "at 4, in a copy")
    memory.changed = lambda former: None
    assert memory.of([1, 2], copy) == {}
    memory.keep([(1, b"uno.")], copy)
    assert memory.of([1, 2], copy) == {1: b"uno."}


def test_what_was_asked_for_last_stays(memory):
    memory.of([1], FIRST)
    memory.keep([(3, b"tri.")], FIRST)
    assert memory.of([1, 2, 3], FIRST) == {1: b"one.", 3: b"tri."}


def test_a_text_that_is_written_again_counts_once(memory):
    for _time in range(5):
        memory.keep([(2, b"duo.")], FIRST)
    assert memory.of([1, 2], FIRST) == {1: b"one.", 2: b"duo."}


def test_more_than_it_holds_is_not_kept(memory):
    memory.keep([(4, b"x" * 10_000)], FIRST)
    assert memory.of([1, 2, 4], FIRST) == {}


def test_a_reader_between_two_others_changes_nothing(memory):
    def meanwhile(former):
        memory.changed = lambda former: [2]
        memory.of([], THIRD)
        return [1]

    memory.changed = meanwhile
    assert memory.of([1, 2], SECOND) == {}
    assert memory.of([1, 2], THIRD) == {1: b"one."}
