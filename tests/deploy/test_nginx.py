"""nginx as deploy/nginx.conf sets it up, in front of the live application."""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from community.members.enums import Role
from initiatives import actions
from initiatives.views import doors
from tests.conftest import LYON
from tests.deploy import nginx
from tests.factories import InitiativeFactory, MemberFactory

TILE = "/tiles/initiatives/4/8/5.json"
COUNT = "/api/count"
# nginx counts whole seconds: a copy for one is good for one to two.
FRESH_WITHIN = 2.0
# What a busy machine takes to answer.
GRACE = 0.5


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def cache(self) -> str:
        """How nginx came by it."""
        return self.headers.get("X-Cache", "")


@dataclass
class Front:
    """nginx's address."""

    port: int

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """Ask on a connection of its own; names of headers with _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, headers=named)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def matched(self, path: str = TILE, **headers: str) -> int:
        """How many initiatives a tile or count holds."""
        return json.loads(self.get(path, **headers).body)["matched"]


@pytest.fixture
def front(live_server, bakery, tmp_path):
    """nginx before the live server, which shows one bakery."""
    (tmp_path / "static").mkdir()
    (tmp_path / "media").mkdir()
    with nginx.running(tmp_path, upstream=urlsplit(live_server.url).port) as port:
        yield Front(port)


@pytest.fixture
def session(front, client) -> str:
    """The cookie of a member who is signed in."""
    client.force_login(MemberFactory(roles=[Role.MODERATOR]))
    return f"sessionid={client.cookies['sessionid'].value}"


def test_nginx_finds_nothing_wrong(tmp_path):
    conf = nginx.written(tmp_path, port=nginx.free_port(), upstream=nginx.free_port())
    assert nginx.complaints(tmp_path, conf) == ""


@pytest.mark.parametrize("path", [TILE, TILE.replace("json", "mvt"), COUNT, f"{COUNT}?q=fournil"])
def test_a_second_reader_gets_the_copy(front, path):
    first, second = front.get(path), front.get(path)
    assert (first.status, first.cache) == (200, "MISS")
    assert (second.status, second.cache) == (200, "HIT")
    assert first.body == second.body
    assert second.headers["ETag"]


def test_an_empty_vector_tile_is_kept_too(front):
    answers = [front.get("/tiles/initiatives/4/0/0.mvt") for _ in range(2)]
    assert [(one.status, one.cache) for one in answers] == [(204, "MISS"), (204, "HIT")]


def test_filters_have_copies_of_their_own(front):
    assert front.get(f"{TILE}?q=fournil").cache == "MISS"
    assert front.matched(f"{TILE}?q=nowhere") == 0
    assert front.matched(f"{TILE}?q=fournil") == 1


def test_a_packed_copy_is_not_given_to_whom_cannot_unpack(front):
    path = "/tiles/initiatives.json"
    packed = front.get(path, Accept_Encoding="gzip, deflate, br")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert front.get(path, Accept_Encoding="br, gzip").cache == "HIT"
    for refusing in ("identity", "gzip;q=0"):
        plain = front.get(path, Accept_Encoding=refusing)
        assert plain.headers["Content-Encoding"] is None
        assert json.loads(plain.body)["tilejson"] == "3.0.0"


@pytest.mark.parametrize("path", [TILE, COUNT])
def test_a_copy_that_the_reader_has_is_not_sent_again(front, path):
    etag = front.get(path).headers["ETag"]
    again = front.get(path, If_None_Match=etag)
    assert (again.status, again.cache, again.body) == (304, "HIT", b"")


def test_after_a_second_the_copy_is_asked_for_again(front):
    front.get(TILE)
    time.sleep(FRESH_WITHIN)
    assert front.get(TILE).cache in ("REVALIDATED", "EXPIRED")


def test_a_change_is_on_everyones_map_within_two_seconds(front):
    assert front.matched() == 1
    InitiativeFactory(name="Recyclerie", position=LYON, published=True)
    changed = time.monotonic()
    while front.matched() == 1:
        assert time.monotonic() - changed < FRESH_WITHIN + GRACE
        time.sleep(0.05)
    assert front.matched() == 2


def test_the_first_reader_after_a_pause_sees_the_change(front):
    assert front.matched() == 1
    InitiativeFactory(name="Recyclerie", position=LYON, published=True)
    time.sleep(FRESH_WITHIN)
    assert front.matched() == 2


def test_nobody_gets_the_old_copy_while_another_waits_for_the_new(front, monkeypatch):
    assert front.matched() == 1
    InitiativeFactory(name="Recyclerie", position=LYON, published=True)
    time.sleep(FRESH_WITHIN)
    at_once = doors.marks

    def slowly(*arguments, **named):
        time.sleep(GRACE)
        return at_once(*arguments, **named)

    monkeypatch.setattr(doors, "marks", slowly)
    with ThreadPoolExecutor(4) as readers:
        assert set(readers.map(lambda _reader: front.matched(), range(4))) == {2}


def test_who_is_signed_in_sees_a_change_at_once(front, session, bakery):
    assert front.matched() == 1
    actions.archive(bakery, by=None)
    assert front.matched(Cookie=session) == 0
    assert front.get(TILE, Cookie=session).cache == "BYPASS"


def test_who_is_signed_in_leaves_no_copy(front, session):
    front.get(TILE, Cookie=session)
    assert front.get(TILE).cache == "MISS"


@pytest.mark.parametrize(
    "path", [f"{TILE}?bbox=nonsense", f"{COUNT}?nonsense=1", "/tiles/initiatives/99/0/0.json"]
)
def test_errors_are_not_kept(front, path):
    answers = [front.get(path) for _ in range(2)]
    assert [one.status for one in answers] == [400, 400]
    assert [one.cache for one in answers] == ["MISS", "MISS"]
    assert json.loads(answers[0].body)["status"] == 400


def test_pages_are_not_kept(front):
    answers = [front.get("/fr/about/") for _ in range(2)]
    assert [(one.status, one.cache) for one in answers] == [(200, ""), (200, "")]


def test_an_upload_over_the_limit_is_refused(front):
    assert front.get(COUNT, method="POST", Content_Length=str(26 * 1024 * 1024 + 1)).status == 413


def test_files_are_served_beside_the_application(front, tmp_path):
    (tmp_path / "static" / "site.0123456789ab.css").write_text("a{}", encoding="utf-8")
    (tmp_path / "media" / "photo.webp").write_bytes(b"RIFF")
    sheet, photo = front.get("/static/site.0123456789ab.css"), front.get("/media/photo.webp")
    assert (sheet.status, photo.status) == (200, 200)
    assert sheet.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "sandbox" in photo.headers["Content-Security-Policy"]


def test_the_application_learns_who_asks_for_what(front):
    said = json.loads(front.get("/tiles/initiatives.json", Host="127.0.0.1:81", X_Forwarded_Host="evil").body)
    assert said["tiles"] == ["http://127.0.0.1:81/tiles/initiatives/{z}/{x}/{y}.mvt"]
