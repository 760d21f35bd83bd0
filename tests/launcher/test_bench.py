"""What `make bench` needs beside the rest."""

import shutil

import pytest

from launcher import bench, needs, stamps
from launcher.errors import Trouble


@pytest.fixture
def bare(monkeypatch):
    """A machine without any program."""
    monkeypatch.setattr(shutil, "which", lambda name, path=None: None)


@pytest.fixture
def tools(monkeypatch):
    """Commands that would have been run, recorded."""
    ran = []
    monkeypatch.setattr(
        bench.processes, "run", lambda argv, *rest, **options: ran.append([str(w) for w in argv])
    )
    return ran


def test_programs_to_measure_with_are_named(bare):
    packages = [package for need in needs.missing_to_measure() for package in need.packages]
    assert packages == ["postgresql-contrib", "wrk", "nginx"]


def test_a_server_out_of_the_path_is_found(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name, path=None: path and f"/usr/sbin/{name}")
    assert needs.missing_to_measure() == []


def test_tests_of_the_deployment_need_nginx(bare, monkeypatch, checkout):
    monkeypatch.setattr(needs.browser, "find", lambda: "/usr/bin/chromium")
    with_tests = needs.missing(checkout, database=False, browser_tests=True)
    without = needs.missing(checkout, database=False, browser_tests=False)
    assert [need.thing for need in with_tests if need not in without] == ["nginx"]


def test_other_servers_are_installed_once(checkout, tools):
    listed = checkout.root / bench.OTHERS
    listed.parent.mkdir(parents=True)
    listed.write_text("tipg==1\n", encoding="utf-8")
    bench.ensure_others(checkout)
    assert [words[1:3] for words in tools] == [["-m", "venv"], ["-m", "pip"]]
    bench.ensure_others(checkout)
    assert len(tools) == 2
    listed.write_text("tipg==2\n", encoding="utf-8")
    bench.ensure_others(checkout)
    assert len(tools) == 4


def test_an_interrupted_installation_is_done_again(checkout, tools, monkeypatch):
    listed = checkout.root / bench.OTHERS
    listed.parent.mkdir(parents=True)
    listed.write_text("tipg==1\n", encoding="utf-8")
    bench.ensure_others(checkout)
    stamp = checkout.var / "bench" / "venv" / "social-planet.json"
    assert stamps.read(stamp)
    listed.write_text("tipg==2\n", encoding="utf-8")

    def cut_off(*arguments, **options):
        raise Trouble("cut off")

    monkeypatch.setattr(bench.processes, "run", cut_off)
    with pytest.raises(Trouble):
        bench.ensure_others(checkout)
    assert not stamps.read(stamp)


def test_arguments_are_refused(checkout):
    with pytest.raises(Trouble, match="takes no arguments"):
        bench.run(["fast"], checkout)
