"""What the database looks for while more is read: nobody gets between, nothing is lost, and the same is found."""

import threading

import pytest
from django.db import ProgrammingError, connection, transaction

from importers import staging
from importers.beside import Beside
from importers.pipeline import run_import
from initiatives import bulk
from initiatives.bulk import Row
from tests.conftest import LYON
from tests.factories import InitiativeFactory

HEADER = "id;name;lat;lon;theme"
NAMES = ("Le Fournil des Deux Rives", "La Remise", "Le Fournil des 2 Rives", "Un Jardin")


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
    with pytest.raises(ProgrammingError, match="staged"), transaction.atomic(), Beside() as beside:
        beside.do(bulk.seek(None, 1, 2))


@pytest.fixture
def file(rhone, write_file):
    """Rows of which some are, or may be, initiatives of Lyon."""
    InitiativeFactory(name=NAMES[0], position=LYON, published=True)
    InitiativeFactory(name=NAMES[1], position=LYON, published=True)
    rows = [f"{at};{NAMES[at % 4]} {at // 4 or ''};{LYON.y};{LYON.x};repair café" for at in range(14)]
    return write_file("\n".join([HEADER, *rows]))


def found(file, *, write: bool) -> list:
    """What a run says; nothing of it stays."""
    with transaction.atomic():
        report = run_import(str(file), network_slug="demo", write=write)
        transaction.set_rollback(True)
    return [(issue.row, issue.level, issue.message) for issue in report.issues]


@pytest.mark.parametrize("write", [False, True])
def test_rows_looked_for_one_by_one_are_found_as_all_at_once(db, file, monkeypatch, write):
    sought = []
    seek = bulk.seek

    def counted(network, first: int, last: int):
        sought.append((first, last))
        return seek(network, first, last)

    monkeypatch.setattr(bulk, "seek", lambda *_given: lambda: None)
    plain = found(file, write=write)
    assert len(plain) > 4
    monkeypatch.setattr(bulk, "seek", counted)
    monkeypatch.setattr(staging, "CHUNK", 3)
    assert found(file, write=write) == plain
    assert sought == [(1, 3), (4, 6), (7, 9), (10, 12), (13, 14)]


def test_rows_that_nobody_looked_for_are_looked_for_in_the_end(db, file):
    with transaction.atomic():
        bulk.open_staging()
        bulk.stage(None, [Row(at, str(at), name=NAMES[0], lon=LYON.x, lat=LYON.y) for at in range(1, 7)])
        bulk.seek(None, 2, 3)()
        assert len(bulk.compare(None).matches) == 6
