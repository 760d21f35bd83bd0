"""Where the private cluster goes."""

import os

import pytest

from launcher import home
from launcher.errors import Trouble
from launcher.home import Home
from launcher.paths import Checkout


def test_an_ordinary_user_has_it_below_var(checkout, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 1234)
    assert home.choose(checkout) == Home(checkout.var / "postgres", 1234)


@pytest.mark.parametrize("enters", [True, False])
def test_root_has_it_where_the_servers_user_can_come_in(checkout, monkeypatch, enters):
    monkeypatch.setattr(os, "getuid", lambda: 0)
    monkeypatch.setattr(home, "_unprivileged", lambda: 1234)
    monkeypatch.setattr(home, "_can_enter", lambda folder, uid: enters)
    folder = checkout.var / "postgres" if enters else checkout.outside
    assert home.choose(checkout) == Home(folder, 1234)


def test_a_cluster_of_somebody_else_is_refused(checkout, monkeypatch):
    (checkout.var / "postgres" / "data").mkdir(parents=True)
    monkeypatch.setattr(os, "getuid", lambda: 1234567)
    with pytest.raises(Trouble, match="belongs to"):
        home.choose(checkout)


@pytest.mark.parametrize("name", ["x" * 80, "with space", "käse"])
def test_a_long_or_odd_path_gets_a_short_private_socket_folder(checkout, name):
    root = checkout.root / name
    one = Home(root, os.getuid())
    one.make()
    folder = one.socket()
    try:
        assert len(os.fsencode(folder / home.SOCKET)) < home.LONGEST
        assert home.is_private(folder, os.getuid())
        assert one.socket() == folder
    finally:
        folder.rmdir()


def test_a_socket_folder_that_others_may_enter_is_not_used_again(checkout):
    one = Home(checkout.root / ("x" * 80), os.getuid())
    one.make()
    folder = one.socket()
    folder.chmod(0o755)
    other = one.socket()
    assert other != folder
    folder.rmdir()
    other.rmdir()


def test_each_checkout_has_its_own_place_outside(tmp_path):
    assert Checkout(tmp_path / "a").outside != Checkout(tmp_path / "b").outside
