"""The way past Django answers as Django does, or not at all."""

import gzip
from io import BytesIO

import pytest

from geoportal.shortcut import Shortcut
from geoportal.wsgi import application, django
from initiatives import actions
from initiatives.models import Initiative
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db(transaction=True)

TILES = (
    "/tiles/initiatives/0/0/0.json",
    "/tiles/initiatives/3/4/2.json",
    "/tiles/initiatives/12/2102/1465.json",
    "/tiles/initiatives/12/2102/1465.mvt",
    "/tiles/initiatives/0/0/0.mvt",
    "/tiles/initiatives/6/0/0.json",
    "/tiles/initiatives/6/0/0.mvt",
)
QUERIES = ("", "theme=co-housing", "network=net&since=2005", "q=atelier&located=any")


@pytest.fixture(autouse=True)
def trusting(monkeypatch):
    """The version is not looked up again while a slow machine gets on with a test."""
    monkeypatch.setattr("geo.freshness.TRUSTED", 60)


def ask(address: str, application=application, **headers: str) -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body that a web server would get."""
    path, _mark, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "testserver",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        **headers,
    }
    told = []
    answer = application(environ, lambda status, headers: told.append((status, dict(headers))))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return *told[0], body


@pytest.fixture
def refused(monkeypatch):
    """Django answers nothing."""

    def fail(environ, start_response):
        raise AssertionError(f"{environ['PATH_INFO']} went on to Django")

    monkeypatch.setattr(application, "application", fail)


def test_the_second_answer_is_the_same_without_django_or_database(many, request, django_assert_num_queries):
    asked = [f"{tile}?{query}" if query else tile for tile in TILES for query in QUERIES]
    first = [ask(address, django) for address in asked]
    request.getfixturevalue("refused")
    with django_assert_num_queries(0):
        again = [ask(address) for address in asked]
    for address, ours, theirs in zip(asked, again, first):
        assert ours == theirs, address


@pytest.mark.parametrize("secure", [False, True])
def test_headers_and_packing_are_those_of_django(many, request, secure):
    scheme = {"wsgi.url_scheme": "https" if secure else "http"}
    headers = {**scheme, "HTTP_ACCEPT_ENCODING": "gzip, deflate"}
    theirs = ask(TILES[0], django, **headers)
    request.getfixturevalue("refused")
    ours = ask(TILES[0], **headers)
    assert gzip.decompress(ours[2]) == gzip.decompress(theirs[2])
    # The packed length is a random one.
    assert [{**told, "Content-Length": ""} for told in (ours[1], theirs[1])] == [
        {**theirs[1], "Content-Length": ""}
    ] * 2


def test_browsers_that_came_by_tls_are_told_to_stay(settings):
    settings.SECURE_HSTS_SECONDS = 60
    safe = Shortcut(django)._safe
    assert ("Strict-Transport-Security", "max-age=60") in safe[True]
    assert "Strict-Transport-Security" not in dict(safe[False])


def test_who_has_the_version_gets_no_body(many, request):
    etag = ask(TILES[0], django)[1]["ETag"]
    request.getfixturevalue("refused")
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        status, headers, body = ask(TILES[0], HTTP_IF_NONE_MATCH=known)
        assert (status, headers["ETag"], body) == ("304 Not Modified", etag, b"")
    assert ask(TILES[0], HTTP_IF_NONE_MATCH='"other"')[0] == "200 OK"


def test_a_change_is_seen_though_the_old_tile_is_in_memory(bakery):
    other = InitiativeFactory(position=bakery.position, published=True)
    for _time in range(2):
        assert b'"count":2' in ask(TILES[0])[2]
    actions.archive(other, by=None)
    for _time in range(2):
        assert bakery.name.encode() in ask(TILES[0])[2]
    actions.revise(Initiative.objects.get(pk=bakery.pk), by=None, values={"name": "Another name"})
    for _time in range(2):
        assert b"Another name" in ask(TILES[0])[2]


def test_what_cannot_be_answered_is_refused_by_django(many):
    ask(TILES[0])
    for address, status in (
        ("/tiles/initiatives/3/9/0.json", "400"),
        ("/tiles/initiatives/19/0/0.json", "400"),
        ("/tiles/initiatives/0/0/0.json?theme=nothing", "400"),
        ("/tiles/initiatives/0/0/0.json?colour=red", "400"),
        ("/tiles/initiatives/0/0/0.pbf", "404"),
    ):
        assert ask(address)[0].startswith(status), address


def test_another_host_is_refused_by_both(many):
    ask(TILES[0])
    for door in (application, django):
        assert ask(TILES[0], door, HTTP_HOST="evil.example")[0].startswith("400")


def test_members_and_redirects_go_on_to_django(many, request, settings):
    ask(TILES[0])
    request.getfixturevalue("refused")
    with pytest.raises(AssertionError, match="went on"):
        ask(TILES[0], HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=x")
    settings.SECURE_SSL_REDIRECT = True
    with pytest.raises(AssertionError, match="went on"):
        ask(TILES[0])
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert ask(TILES[0], HTTP_X_FORWARDED_PROTO="https")[0] == "200 OK"
