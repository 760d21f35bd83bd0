"""Looking up an address: three services as they answer, and everything that one may answer instead."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import caches
from django.db import connection

from territories.geocoding import asking, looking, turns
from territories.geocoding.candidates import Address, Fineness, candidate, chosen
from tests.factories import PlaceFactory

ADDRESS = Address("8 rue de la Paix", "69001", "Lyon", "FR")


def feature(lon, lat, **properties) -> dict:
    """A point with properties."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": properties,
    }


def collection(*features) -> str:
    """An answer in GeoJSON."""
    return json.dumps({"type": "FeatureCollection", "version": "draft", "features": features})


# Shaped as the services document it.
BAN = collection(
    feature(4.83, 45.76, label="8 Rue de la Paix 69001 Lyon", score=0.96, type="housenumber", city="Lyon"),
    feature(4.84, 45.77, label="Rue de la Paix 69001 Lyon", score=0.7, type="street", city="Lyon"),
    feature(4.85, 45.75, label="Lyon", score=0.5, type="municipality", city="Lyon"),
)
PHOTON = collection(
    feature(
        4.83,
        45.76,
        type="house",
        housenumber="8",
        street="Rue de la Paix",
        postcode="69001",
        city="Lyon",
        country="France",
        countrycode="FR",
    ),
    feature(4.84, 45.77, type="street", name="Rue de la Paix", city="Lyon", countrycode="FR"),
    feature(4.85, 45.75, type="city", name="Lyon", country="France", countrycode="FR"),
    feature(5, 46, type="city", name="Lyon", country="Somewhere", countrycode="US"),
    feature(5, 46, type="state", name="Rhône", countrycode="FR"),
)
NOMINATIM = json.dumps(
    [
        {"lat": "45.76", "lon": "4.83", "display_name": "8, Rue de la Paix, Lyon", "place_rank": 30},
        {"lat": "45.77", "lon": "4.84", "display_name": "Rue de la Paix, Lyon", "place_rank": 26},
        {"lat": "45.75", "lon": "4.85", "display_name": "Lyon, Rhône", "place_rank": 16},
        {"lat": "46", "lon": "2", "display_name": "France", "place_rank": 4},
    ]
)
ANSWERS = {"ban": BAN, "photon": PHOTON, "nominatim": NOMINATIM}


class Service(BaseHTTPRequestHandler):
    """Answers what it was told to."""

    asked: list[tuple[str, dict, str]] = []
    body = b""
    status = 200
    pause = 0.0
    leads = ""

    def do_GET(self):
        """Slowly, byte by byte, if it shall."""
        parts = urlsplit(self.path)
        self.asked.append((parts.path, parse_qs(parts.query), self.headers["User-Agent"], time.monotonic()))
        self.send_response(self.status)
        if self.leads:
            self.send_header("Location", self.leads)
        self.end_headers()
        try:
            if self.pause:
                for _byte in range(12):
                    self.wfile.write(b" ")
                    time.sleep(self.pause)
            self.wfile.write(self.body)
        except OSError:
            pass

    def log_message(self, *_given):
        """Quietly."""


@pytest.fixture
def service(settings, monkeypatch):
    """A server of this machine; call it with a name and what it answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Service.asked.clear()
    caches["geocoder"].clear()
    monkeypatch.setattr(turns, "BETWEEN", 0)

    def answering(name: str, body: str | bytes = "", *, status=200, pause=0.0, leads="") -> None:
        body = body or ANSWERS[name]
        monkeypatch.setattr(Service, "body", body.encode() if isinstance(body, str) else body)
        for key, value in (("status", status), ("pause", pause), ("leads", leads)):
            monkeypatch.setattr(Service, key, value)
        settings.GEOCODER = (name, f"http://127.0.0.1:{server.server_port}/geo")

    yield answering
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def lyon(db):
    """The town, as the gazetteer knows it."""
    return PlaceFactory(name="Lyon", admin1="Auvergne-Rhône-Alpes", search_names="|lyon|lugdunum")


# ── As they answer ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ANSWERS)
def test_each_service_is_asked_and_read_in_its_own_way(service, lyon, name):
    service(name)
    found = looking.find(ADDRESS)
    assert [row.fineness for row in found.candidates] == [
        Fineness.EXACT,
        Fineness.STREET,
        Fineness.LOCALITY,
    ]
    assert (found.candidates[0].lon, found.candidates[0].lat) == (4.83, 45.76)
    assert all("Lyon" in row.label for row in found.candidates)
    assert found.source
    assert not found.has_failed
    ((path, query, agent, _when),) = Service.asked
    assert path in ("/geo/search", "/geo/api")
    assert "rue de la Paix" in "".join(query.get("q", query.get("street")))
    assert agent == "Social Planet (+http://testserver)"


def test_what_was_asked_before_is_not_asked_again(service, lyon):
    service("ban")
    assert looking.find(ADDRESS) == looking.find(ADDRESS)
    assert len(Service.asked) == 1


def test_without_a_service_the_gazetteer_knows_the_town(lyon):
    found = looking.find(ADDRESS)
    (town,) = found.candidates
    assert (town.label, town.fineness) == ("Lyon, Auvergne-Rhône-Alpes, FR", Fineness.LOCALITY)
    assert not found.has_failed
    assert looking.find(Address(locality="Nowhere")).candidates == []


def test_the_french_service_is_not_asked_about_other_countries(service, db):
    service("ban")
    PlaceFactory(name="Lyon", country="BE")
    found = looking.find(Address("Rue 1", "1000", "Lyon", "BE"))
    assert [row.country for row in found.candidates] == ["BE"]
    assert not Service.asked


# ── Instead of an answer ────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize(
    "given",
    [
        {"body": "<html>busy</html>"},
        {"body": '{"features": '},
        {"body": '"text"'},
        {"body": '{"features": {}}'},
        {"body": "[" * 100_000},
        {"body": "1" * 10_000},
        {"body": b"\xff\xfe\x00"},
        {"body": " " * (asking.MOST_BYTES + 1)},
        {"status": 500},
        {"status": 404},
        {"status": 302, "leads": "http://127.0.0.1:1/geo"},
    ],
    ids=lambda given: str(given)[:30],
)
def test_whatever_goes_wrong_the_gazetteer_answers_and_says_so(service, lyon, name, given):
    service(name, **given)
    found = looking.find(ADDRESS)
    assert found.has_failed
    assert [row.label for row in found.candidates] == ["Lyon, Auvergne-Rhône-Alpes, FR"]
    assert len(Service.asked) == 1


def test_a_slow_service_is_not_waited_for(service, lyon, monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.5)
    service("photon", pause=0.2)
    began = time.monotonic()
    assert looking.find(ADDRESS).has_failed
    assert time.monotonic() - began < 1


def test_nobody_there_is_no_error(settings, lyon):
    settings.GEOCODER = ("photon", "http://127.0.0.1:1")
    caches["geocoder"].clear()
    assert looking.find(ADDRESS).has_failed


def test_rows_that_are_none_are_left_out(service, lyon):
    good = feature(4.83, 45.76, label="Rue\x00 de\n la Paix\u202e" + "x" * 900, type="street")
    bad = [
        feature(400, 45, label="a", type="street"),
        feature(4, 89, label="a", type="street"),
        feature("NaN", "inf", label="a", type="street"),
        feature(True, False, label="a", type="street"),
        feature(4, 45, label=["a"], type="street"),
        feature(4, 45, label="a", type=["street"]),
        feature([], {}, label="a", type="street"),
        {"type": "Feature", "geometry": None, "properties": {}},
        None,
        7,
    ]
    for row in bad:
        caches["geocoder"].clear()
        service("ban", collection(row, good))
        (found,) = looking.find(ADDRESS).candidates
        assert found.label.startswith("Rue de la Paix")
        assert len(found.label) <= 200


@pytest.mark.parametrize(
    "text", ["", "a b c", "45 4", "45 4 region", "nan 4 exact", "99 4 exact", "45 4 exact x"]
)
def test_a_choice_that_is_none_of_ours_is_refused(text):
    with pytest.raises(ValueError, match=r"not enough|too many|is not a valid|^nan|^99"):
        chosen(text)


def test_a_choice_comes_back_as_it_went():
    assert chosen(candidate("a", 4.5, "45.25", Fineness.STREET).value) == (4.5, 45.25, Fineness.STREET)


# ── One a second ────────────────────────────────────────────────────────────────────────────────
@pytest.mark.django_db(transaction=True)
def test_all_workers_together_ask_nominatim_once_a_turn(service, monkeypatch):
    service("nominatim")
    monkeypatch.setattr(turns, "BETWEEN", 0.4)

    def ask(number: int) -> bool:
        try:
            return looking.find(Address(f"{number} rue", "69001", "Lyon", "FR")).has_failed
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as hands:
        assert list(hands.map(ask, range(3))) == [False] * 3
    moments = sorted(row[3] for row in Service.asked)
    assert all(later - sooner > 0.35 for sooner, later in pairwise(moments))


@pytest.mark.django_db(transaction=True)
def test_who_would_wait_too_long_is_told(service, monkeypatch):
    service("nominatim")
    monkeypatch.setattr(turns, "PATIENCE", 0.2)

    def hold_on(let_go: threading.Event, held: threading.Event) -> None:
        try:
            with turns.turn():
                held.set()
                let_go.wait()
        finally:
            connection.close()

    let_go, held = threading.Event(), threading.Event()
    with ThreadPoolExecutor(1) as hand:
        other = hand.submit(hold_on, let_go, held)
        held.wait()
        assert looking.find(ADDRESS).has_failed
        let_go.set()
        other.result()
    assert not Service.asked
