"""Rows are looked for while others are read: nothing is lost, and the same is found."""

import pytest
from django.db import transaction

from importers import staging
from importers.pipeline import run_import
from initiatives import bulk
from initiatives.bulk import Row
from tests.conftest import LYON
from tests.factories import InitiativeFactory

HEADER = "id;name;lat;lon;theme"
NAMES = ("Le Fournil des Deux Rives", "La Remise", "Le Fournil des 2 Rives", "Un Jardin")


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
        intake = bulk.looking(None)
        rows = [Row(at, str(at), name=NAMES[0], lon=LYON.x, lat=LYON.y) for at in range(1, 7)]
        intake.stage(rows)
        bulk.seek(None, 2, 3)()
        assert len(bulk.compare(intake).matches) == 6
