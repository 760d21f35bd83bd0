"""make reset deletes what running has made, and nothing else."""

import os
import subprocess
import sys

import pytest

from launcher import proc, reset, stamps
from launcher.errors import Trouble


@pytest.fixture
def filled(checkout):
    """A checkout with something below var/, and something that var/ only points to."""
    (checkout.var / "media").mkdir()
    (checkout.var / "media" / "photo.jpg").write_bytes(b"x")
    elsewhere = checkout.root / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("kept")
    (checkout.var / "link").symlink_to(elsewhere)
    return checkout


def test_without_a_terminal_it_wants_a_word(filled, monkeypatch):
    monkeypatch.delenv("YES", raising=False)
    monkeypatch.setattr(sys, "stdin", open(os.devnull))  # noqa: PTH123, SIM115
    with pytest.raises(Trouble, match="make reset YES=1"):
        reset.run([], filled)
    sys.stdin.close()
    assert (filled.var / "media" / "photo.jpg").exists()


def test_var_goes_and_what_it_points_to_stays(filled, monkeypatch):
    monkeypatch.setenv("YES", "1")
    assert reset.run([], filled) == 0
    assert not filled.var.exists()
    assert (filled.root / "elsewhere" / "precious").read_text() == "kept"
    assert reset.run([], filled) == 0


def test_what_an_interrupted_reset_left_goes_too(filled, monkeypatch):
    monkeypatch.setenv("YES", "1")
    filled.var.rename(filled.root / "var.deleting")
    filled.make_var()
    assert reset.run([], filled) == 0
    assert [path.name for path in filled.root.iterdir()] == ["elsewhere"]


def test_a_var_that_is_a_link_is_not_followed(filled, monkeypatch):
    monkeypatch.setenv("YES", "1")
    moved = filled.root / "moved"
    filled.var.rename(moved)
    filled.var.symlink_to(moved)
    with pytest.raises(Trouble, match="is a symbolic link"):
        reset.run([], filled)
    assert (moved / "media" / "photo.jpg").exists()


def test_it_waits_for_launchers_to_end(filled, monkeypatch):
    monkeypatch.setenv("YES", "1")
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    stamps.write(filled.running / "1.json", {"launcher": proc.note(other.pid)})
    try:
        with pytest.raises(Trouble, match="is at work"):
            reset.run([], filled)
    finally:
        other.kill()
        other.wait()
    assert (filled.var / "media").exists()
    assert reset.run([], filled) == 0


def test_it_refuses_what_belongs_to_somebody_else(filled, monkeypatch):
    monkeypatch.setenv("YES", "1")
    monkeypatch.setattr(os, "getuid", lambda: 1234567)
    with pytest.raises(Trouble, match="sudo make reset"):
        reset.run([], filled)
    assert (filled.var / "media").exists()
