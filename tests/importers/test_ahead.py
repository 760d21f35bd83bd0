"""Cleaning in a process of its own: the same comes out, whatever becomes of that process, and it never outlives us."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import astuple
from operator import attrgetter
from pathlib import Path
from select import select

import pytest
from django.db import transaction

from importers import ahead, staging
from importers.ahead import Ahead
from importers.pipeline import run_import
from initiatives.models import Identity
from tests.processes import environment

from .conftest import HEADER

ROOT = Path(__file__).parents[2]
THEMES = ("repair café", "no such theme", "", "habitat participatif")
SITES = ("https://Example.org/É", "javascript:alert(1)", "", "<b>example.org</b>")
# Twelve chunks of three; some rows are warned of, one is refused, one is there twice.
ROWS = [
    f"{at};Lieu <i>n°</i> {at};{'x' if at == 7 else 45 + at / 100};4.8;{THEMES[at % 4]};{SITES[at // 4 % 4]}"
    for at in [*range(35), 34]
]
FIELDS = ("name", "slug", "summary", "website", "position", "primary_theme_id", "status", "tags")
# Says which process it started, then waits to be killed.
PARENT = """
import django, sys, time
django.setup()
from importers import ahead
ahead.clean = lambda *given: None
with ahead.Ahead(None, ahead.LARGE) as one:
    one.clean([None] * ahead.MANY)
    print(one._process.pid, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def file(write_file) -> Path:
    """More than is cleaned here, if so little is large."""
    return write_file("\n".join([HEADER, *ROWS]))


@pytest.fixture
def large(monkeypatch) -> list[int]:
    """A few rows count as many, and the process is waited for; how many rows it was given each time."""
    numbers: list[int] = []
    is_ready, give = Ahead.is_ready, Ahead.give

    def waited_for(one: Ahead) -> bool:
        if one._starts:
            assert select([one._process.stdout], [], [], 60)[0]
        return is_ready(one)

    def counted(one: Ahead, drafts: list) -> None:
        numbers.append(len(drafts))
        give(one, drafts)

    monkeypatch.setattr(staging, "CHUNK", 3)
    monkeypatch.setattr(ahead, "LARGE", 100)
    monkeypatch.setattr(ahead, "MANY", 2)
    monkeypatch.setattr(Ahead, "is_ready", waited_for)
    monkeypatch.setattr(Ahead, "give", counted)
    return numbers


def outcome(path: Path) -> list:
    """All that a run says and writes, but for keys and times; nothing of it stays."""
    with transaction.atomic():
        report = run_import(str(path), network_slug="demo", write=True)
        rows = Identity.objects.order_by("pk").select_related("initiative")
        written = [
            (one.external_id, one.checksum, one.raw, one.fields, *attrgetter(*FIELDS)(one.initiative))
            for one in rows
        ]
        transaction.set_rollback(True)
    return [[astuple(issue) for issue in report.issues], report.refused, report.duplicates, written]


@pytest.fixture
def plain(db, rhone, file) -> list:
    """What comes of the file without such a process."""
    found = outcome(file)
    assert len(found[0]) > 20
    assert found[1:3] == [1, 1]
    assert len(found[3]) == 34
    return found


def test_a_large_file_comes_out_as_a_small_one(plain, large, file):
    assert outcome(file) == plain
    assert large == [3] * 11


def test_a_small_file_starts_no_process(db, rhone, file, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    assert len(outcome(file)[3]) == 34


def test_what_is_as_it_was_starts_no_process(plain, large, file, monkeypatch):
    run_import(str(file), network_slug="demo", write=True)
    large.clear()
    monkeypatch.setattr(subprocess, "Popen", None)
    assert run_import(str(file), network_slug="demo", write=True).unchanged == 34
    assert not large


def test_the_same_comes_out_where_the_process_is_killed(plain, large, file, monkeypatch):
    give = Ahead.give

    def killed(one: Ahead, drafts: list) -> None:
        give(one, drafts)
        if len(large) == 4:
            one._process.kill()

    monkeypatch.setattr(Ahead, "give", killed)
    assert outcome(file) == plain
    assert 4 <= len(large) <= 5


def test_a_record_that_it_dies_of_fails_as_it_does_here(plain, large, file, monkeypatch, capfd):
    clean = ahead.clean
    monkeypatch.setattr(Ahead, "give", lambda one, _drafts: one._say("nothing that it knows"))

    def failing(draft, cleaner) -> None:
        if draft.number == 9:
            raise ArithmeticError("row 9")
        clean(draft, cleaner)

    monkeypatch.setattr(ahead, "clean", failing)
    with pytest.raises(ArithmeticError, match="row 9"):
        outcome(file)
    assert "not enough values to unpack" in capfd.readouterr().err


def test_it_ends_with_the_run(db, rhone, large, file, monkeypatch):
    started = []
    init = Ahead.__init__

    def noted(one: Ahead, *given) -> None:
        init(one, *given)
        started.append(one)

    monkeypatch.setattr(Ahead, "__init__", noted)
    outcome(file)
    assert large
    assert started[0]._process.returncode == -signal.SIGKILL


def test_it_dies_with_a_parent_that_is_killed():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    assert is_alive(child)
    os.kill(parent.pid, signal.SIGKILL)
    parent.communicate()
    until = time.monotonic() + 60
    while is_alive(child):
        assert time.monotonic() < until
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether a process is there, and more than a name that nobody asked after."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
