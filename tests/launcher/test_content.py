"""The first load, and what remembers it."""

import ast
import stat
from pathlib import Path

import pytest

from geoportal.demo import people
from launcher import content
from launcher.content import Facts


class FakeSession:
    """Remembers the commands that would run."""

    def __init__(self, checkout):
        self.checkout = checkout
        self.commands = []

    def manage(self, *words, trouble):
        """One command."""
        self.commands.append(words[0])


@pytest.fixture
def loads(checkout):
    """Load as a new start would; the commands that ran."""
    (checkout.root / "fixtures" / "territories").mkdir(parents=True)

    def load(born="2026-01-01", debug=True):
        session = FakeSession(checkout)
        content.load(session, Facts(debug=debug, born=born, hosts=[]))
        return session.commands

    return load


def test_the_demo_is_loaded_once_for_each_database(loads):
    assert [loads(), loads(), loads(born="2026-02-02"), loads()] == [["load_demo"], [], ["load_demo"], []]


def test_without_the_demo_only_the_reference_is_loaded(loads, monkeypatch):
    monkeypatch.setenv("DEMO", "0")
    assert [loads(), loads()] == [["load_reference"], []]
    monkeypatch.delenv("DEMO")
    assert loads() == ["load_demo"]


def test_new_boundaries_are_loaded_without_the_demo_again(loads, checkout):
    loads()
    (checkout.root / "fixtures" / "territories" / "country.geojson.gz").write_bytes(b"x")
    assert [loads(), loads()] == [["load_reference"], []]


def test_another_password_sets_the_sign_ins_again(loads, checkout):
    loads()
    (checkout.var / "demo-password").write_text("another-one\n")
    assert [loads(), loads()] == [["load_demo"], []]


def test_a_load_that_fails_is_done_again(loads, monkeypatch):
    def fails(self, *words, trouble):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(FakeSession, "manage", fails)
        with pytest.raises(KeyboardInterrupt):
            loads()
    assert loads() == ["load_demo"]


def test_the_password_is_made_once_for_its_owner_alone(checkout):
    path = checkout.var / "demo-password"
    path.write_text("\n")
    first = content.password(path)
    assert content.password(path) == first
    assert len(first) >= 16
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_sign_ins_told_are_the_ones_that_exist():
    assert set(content.SIGN_INS) == set(people.PEOPLE)


def test_the_question_is_python():
    ast.parse(content.QUESTION)
    assert Path(people.__file__).exists()
