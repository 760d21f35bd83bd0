"""What the database does beside this process: nobody gets between, and what fails is told."""

import threading

import pytest
from django.db import ProgrammingError, connection, transaction

from geo.beside import Beside, asking


def test_a_question_waits_for_what_is_under_way(db):
    begun, may_end = threading.Event(), threading.Event()
    order = []

    def work() -> None:
        begun.set()
        may_end.wait(60)
        order.append("work")

    with Beside() as beside, connection.cursor() as cursor:
        beside.do(work)
        assert begun.wait(60)
        assert not order
        threading.Timer(0.2, may_end.set).start()
        cursor.execute("SELECT 1")
        order.append("question")
    assert order == ["work", "question"]


def test_one_thing_at_a_time_is_under_way(db):
    at_once = []
    running = threading.Lock()

    def work() -> None:
        at_once.append(running.acquire(blocking=False))
        threading.Event().wait(0.05)
        running.release()

    with Beside() as beside:
        for _time in range(4):
            beside.do(work)
    assert at_once == [True] * 4


def failing() -> None:
    """What no work should do."""
    raise ArithmeticError("beside")


def test_what_it_fails_of_is_raised_in_the_end(db):
    with pytest.raises(ArithmeticError, match="beside"), Beside() as beside:
        beside.do(failing)


def test_what_failed_first_is_what_is_told(db):
    ended = threading.Event()

    def work() -> None:
        threading.Event().wait(0.1)
        ended.set()
        failing()

    def run() -> None:
        with Beside() as beside:
            beside.do(work)
            raise LookupError("here")

    with pytest.raises(LookupError, match="here"):
        run()
    assert ended.is_set()


def test_an_error_of_the_database_is_one_of_django(db):
    with pytest.raises(ProgrammingError, match="nowhere"), transaction.atomic(), Beside() as beside:
        beside.do(asking("SELECT * FROM nowhere", {}))


def test_it_sees_what_the_transaction_wrote(db):
    with transaction.atomic(), Beside() as beside, connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE made (id int) ON COMMIT DROP")
        cursor.execute("INSERT INTO made VALUES (7)")
        assert beside.do(asking("SELECT id FROM made WHERE id > %(least)s", {"least": 3})).result() == [(7,)]
