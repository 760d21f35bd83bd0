"""Websites are looked at in the background: politely, never inside our own network."""

import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
import time_machine
from django.utils import timezone

from initiatives import outgoing
from initiatives.models import Initiative, SiteCheck
from initiatives.upkeep import looking, sites
from tests.factories import InitiativeFactory
from tests.serving import public_server


class Shop(BaseHTTPRequestHandler):
    """Answers by what its path asks for."""

    asked: list[tuple[str, str, str]] = []

    def do_GET(self):
        """The path's first part is the status, the rest where it leads."""
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        status, _slash, leads = self.path[1:].partition("/")
        if status == "headless":
            status = "405" if self.command == "HEAD" else "200"
        if status == "round":
            status, leads = "302", "round"
        if status == "endless":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Long: x\r\n" * 20_000)
            return
        if status == "mute":
            return
        if status == "slow":
            for _tenth in range(20):
                self.wfile.write(b"H")
                time.sleep(0.1)
            return
        self.send_response(int(status))
        if leads:
            self.send_header("Location", leads if "//" in leads else f"/{leads}")
        self.end_headers()

    def do_HEAD(self):
        """The same."""
        self.do_GET()

    def log_message(self, *_given):
        """Quietly."""


@pytest.fixture
def shop(monkeypatch):
    """The address of a server that answers so."""
    Shop.asked.clear()
    monkeypatch.setattr(sites, "SECONDS", 3)
    with public_server(Shop, monkeypatch) as address:
        yield address


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("10.0.0.1", False),
        ("172.16.3.4", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("169.254.169.254", False),
        ("224.0.0.251", False),
        ("239.1.2.3", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::1", False),
        ("2001:0:5ef5:79fd::1", False),
    ],
)
def test_only_addresses_of_the_public_network_are_asked(address, public):
    assert outgoing.is_public(address) is public


@pytest.mark.parametrize(
    "website",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://0x7f.1/",
        "https://10.0.0.1/",
        "http://user:word@93.184.216.34/",
        "http://93.184.216.34:22/",
        "http://93.184.216.34:99999/",
        "ftp://93.184.216.34/",
        "file:///etc/passwd",
        "http:///x",
        "http://a b/",
        "http://[::1",
        "gopher://x/",
        "",
    ],
)
def test_refused_addresses_open_no_connection(website, monkeypatch):
    def opened(*_given, **_more):
        pytest.fail("A connection was opened.")

    monkeypatch.setattr(sites.socket, "create_connection", opened)
    assert sites.probe(website) == 0


def test_one_private_address_of_a_name_is_enough_to_refuse(monkeypatch):
    found = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", lambda *_given, **_more: found)
    with pytest.raises(outgoing.RefusedError):
        outgoing.addresses("two.example", 80)


def test_the_address_that_was_checked_is_the_one_that_is_asked(shop, monkeypatch):
    answers = iter(["127.0.0.1", "10.0.0.1"])
    asked = outgoing.socket.getaddrinfo

    def changing(host, port, *given, **more):
        ip = next(answers) if host == "changing.example" else host
        return asked(ip, port, *given, **more)

    monkeypatch.setattr(outgoing.socket, "getaddrinfo", changing)
    port = shop.rpartition(":")[2]
    # Resolved once for HEAD, which is enough.
    assert sites.probe(f"http://changing.example:{port}/200") == 200
    assert next(answers) == "10.0.0.1"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/200", 200),
        ("/403", 403),
        ("/404", 404),
        ("/503", 503),
        ("/headless", 200),
        ("/302/301/200", 200),
        ("/round", 0),
        ("/endless", 0),
        ("/mute", 0),
        ("/302/http://10.0.0.1/", 0),
        ("/302/http://[::1]/", 0),
        ("/302/http://169.254.169.254/", 0),
        ("/302/file:///etc/passwd", 0),
        ("/302/http://localhost:22/", 0),
        ("/200/é è?q=1 2", 200),
    ],
)
def test_a_website_is_asked_and_followed(shop, path, status):
    if path == "/endless":
        # More head than we read: whoever answers so is there.
        status = 200
    assert sites.probe(shop + path) == status
    assert Shop.asked
    for _command, _path, agent in Shop.asked:
        assert "http://testserver" in agent


def test_nobody_at_the_door_is_no_answer(shop, monkeypatch):
    monkeypatch.setattr(outgoing, "PORTS", frozenset({9}))
    assert sites.probe("http://127.0.0.1:9/") == 0


def test_who_answers_bit_by_bit_gets_no_more_time(shop, monkeypatch):
    monkeypatch.setattr(sites, "SECONDS", 0.5)
    begun = time.monotonic()
    assert sites.probe(f"{shop}/slow") == 0
    assert time.monotonic() - begun < 1.8


def test_a_redirect_is_followed_five_times_at_most(shop):
    assert sites.probe(f"{shop}/302/302/302/302/302/200") == 200
    assert sites.probe(f"{shop}/302/302/302/302/302/302/200") == 0


@pytest.mark.django_db
def test_three_failures_over_two_weeks_are_silence_and_one_answer_ends_it(bakery, monkeypatch):
    Initiative.objects.update(website="https://shop.example/")
    answers = {"status": 0}
    monkeypatch.setattr(sites, "probe", lambda _website: answers["status"])
    start = timezone.now()
    silent = []
    for day in (0, 1, 6, 12, 18):
        with time_machine.travel(start + timedelta(days=day), tick=False):
            looking.look()
        check = SiteCheck.objects.get()
        silent.append((check.failures, check.is_silent))
    assert silent == [(1, False), (1, False), (2, False), (3, False), (4, True)]
    assert check.failing_since == start
    answers["status"] = 200
    with time_machine.travel(start + timedelta(days=24), tick=False):
        looking.look()
    check.refresh_from_db()
    assert (check.status, check.failures, check.failing_since, check.is_silent) == (200, 0, None, False)


@pytest.mark.django_db
def test_another_address_begins_anew(bakery, monkeypatch):
    now = timezone.now()
    SiteCheck.objects.create(
        initiative=bakery,
        website="https://old.example/",
        checked_at=now - timedelta(days=9),
        failures=5,
        failing_since=now - timedelta(days=40),
    )
    Initiative.objects.update(website="https://new.example/")
    monkeypatch.setattr(sites, "probe", lambda _website: 404)
    looking.look()
    check = SiteCheck.objects.get()
    assert (check.website, check.failures, check.is_silent) == ("https://new.example/", 1, False)


@pytest.mark.django_db
def test_a_night_takes_the_longest_unseen_and_each_once(rhone, settings):
    settings.SITE_CHECK_BATCH = 2
    made = [InitiativeFactory(website=f"https://a{n}.example/", published=True) for n in range(3)]
    InitiativeFactory(published=True)
    InitiativeFactory(website="https://draft.example/")
    InitiativeFactory(website="https://demo.example/", tags=["demo"], published=True)
    SiteCheck.objects.create(
        initiative=made[0], website=made[0].website, checked_at=timezone.now() - timedelta(days=30)
    )
    taken = [[pk for pk, _website in looking.take()] for _night in range(3)]
    assert taken == [[made[1].pk, made[2].pk], [made[0].pk], []]
