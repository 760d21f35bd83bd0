"""Whatever goes wrong is one line and exit status 1."""

import errno
import os
import signal

import pytest

from launcher import site, steps, verbs
from launcher.errors import Interrupted, Trouble, in_one_line


def failing(error):
    """A verb that fails so."""

    def run(arguments):
        raise error

    return run


@pytest.fixture
def calls(monkeypatch):
    """Run `make run` with another body; its exit status."""
    monkeypatch.delenv("MAKELEVEL", raising=False)
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}

    def call(body):
        monkeypatch.setattr(site, "run", body)
        return verbs.main(["run"])

    yield call
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (Trouble("Do this."), "Do this."),
        (OSError(errno.ENOSPC, "No space left on device", "/x"), "The disk is full (/x): free some space"),
        (OSError(errno.ENOENT, "No such file or directory", "/x"), "/x: No such file or directory"),
    ],
)
def test_trouble_is_one_line(calls, capsys, error, line):
    assert calls(failing(error)) == 1
    said = capsys.readouterr()
    assert said.err.startswith(line)
    assert said.err.count("\n") == 1
    assert said.out == ""


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_is_no_trouble(calls, capsys, number, status):
    assert calls(failing(Interrupted(number))) == status
    assert capsys.readouterr().err == ""


def test_an_unknown_verb_names_the_known_ones(capsys):
    assert verbs.main(["fly"]) == 2
    assert "run|test|lint|messages|reset" in capsys.readouterr().err


def test_who_owns_what_cannot_be_written_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: -1)
    error = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "a" / "b"))
    assert in_one_line(error) == (
        f"Cannot write {tmp_path}/a/b: Permission denied ({tmp_path} belongs to {tmp_path.owner()})."
    )


def test_a_step_has_a_line_with_its_time(capsys):
    with steps.step("Work"):
        pass
    assert capsys.readouterr().out == "Work … 0.0 s\n"


def test_a_step_that_fails_ends_its_line(capsys):
    with pytest.raises(Trouble), steps.step("Work"):
        raise Trouble("no")
    assert capsys.readouterr().out == "Work … \n"


def test_a_reader_that_has_gone_stops_nothing():
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "w") as stream:
        steps._write(stream, "x\n")
        steps._write(stream, "y\n")
