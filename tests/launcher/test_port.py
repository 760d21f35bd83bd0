"""The address is checked before anything is set up."""

import socket

import pytest

from launcher import port
from launcher.errors import Trouble
from launcher.port import Address


def test_a_taken_port_is_told_with_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as other:
        number = other.getsockname()[1]
        with pytest.raises(Trouble) as caught:
            Address("127.0.0.1", number).check()
    assert str(caught.value) == (
        f"Port {number} on 127.0.0.1 is taken: set another, for example `make run PORT=8001`"
    )


def test_a_free_port_gives_the_numeric_address():
    with socket.create_server(("127.0.0.1", 0)) as other:
        number = other.getsockname()[1]
    assert Address("localhost", number).check() in ("127.0.0.1", "::1")


@pytest.mark.parametrize("asked", ["abc", "-1", "0", "65536", "80 80", "８０００", "1e3"])
def test_a_port_is_a_number(monkeypatch, asked):
    monkeypatch.setenv("PORT", asked)
    with pytest.raises(Trouble, match="is no port"):
        port.asked()


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "x" * 70])
def test_a_host_is_an_address_of_this_machine(host):
    with pytest.raises(Trouble, match="is no address of this machine"):
        Address(host, 8000).check()


def test_nothing_asked_or_nothing_said_is_the_default(monkeypatch):
    monkeypatch.setenv("PORT", "")
    monkeypatch.delenv("HOST", raising=False)
    assert port.asked() == Address("127.0.0.1", 8000)


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("::", "http://[::1]:8000"),
        ("localhost", "http://localhost:8000"),
    ],
)
def test_the_origin_can_be_typed_into_a_browser(host, origin):
    assert Address(host, 8000).origin == origin
