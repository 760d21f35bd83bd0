"""Files at addresses: what is asked, what is refused, what is not asked again."""

import gzip
from http.server import BaseHTTPRequestHandler

import pytest
from django.core.management.base import CommandError

from importers import fetching, regular
from importers.errors import BadFileError
from importers.fetching import Validators, fetch
from importers.models import ImportSource
from initiatives.models import Identity
from tests.factories import MemberFactory, NetworkFactory
from tests.serving import public_server

from .conftest import ROWS, counts, table

TABLE = b"name,town\nAtelier,Lyon\n"


class Shelf(BaseHTTPRequestHandler):
    """Answers by what its path asks for."""

    asked: list[str] = []

    def do_GET(self):
        """A table, in several manners."""
        self.asked.append(self.path)
        way = self.path.strip("/").split("/")[0]
        body, headers, status = TABLE, {}, 200
        match way:
            case "moved":
                status, headers, body = 302, {"Location": self.path[len("/moved") :]}, b""
            case "inside":
                status, headers, body = 302, {"Location": "http://169.254.169.254/latest"}, b""
            case "round":
                status, headers, body = 302, {"Location": "/round"}, b""
            case "gone":
                status, body = 404, b"<html>"
            case "huge":
                headers = {"Content-Length": str(5 * 1024**3)}
            case "endless":
                headers = {"Content-Length": None}
                body = TABLE * 200_000
            case "short":
                headers = {"Content-Length": str(len(TABLE) + 10)}
            case "named":
                headers = {"Content-Disposition": 'attachment; filename="../../places.geojson"'}
            case "typed":
                headers = {"Content-Type": "text/csv; charset=utf-8"}
            case "packed":
                body, headers = gzip.compress(TABLE), {"Content-Encoding": "gzip"}
            case "three":
                body = table(*ROWS).encode()
            case "page":
                body = b"<!DOCTYPE html><html><title>Download</title>"
            case "versioned" | "versioned-three":
                headers = {"ETag": '"7"', "Last-Modified": "Sat, 28 Nov 2026 10:00:00 GMT"}
                body = table(*ROWS).encode() if way == "versioned-three" else body
                if self.headers["If-None-Match"] == '"7"':
                    status, body = 304, b""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given):
        """Quietly."""


@pytest.fixture
def shelf(monkeypatch):
    """The address of a server that answers so."""
    Shelf.asked.clear()
    with public_server(Shelf, monkeypatch) as address:
        yield address


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/a/places.csv", "places.csv"),
        ("/a/places.csv?token=1", "places.csv"),
        ("/moved/a/places.csv", "places.csv"),
        ("/named", "places.geojson"),
        ("/typed", "typed.csv"),
        ("/a/%2e%2e%2f%2e%2e%2fetc", "etc"),
        ("/", "file"),
    ],
)
def test_a_file_comes_under_a_name_of_its_own(shelf, tmp_path, path, name):
    found = fetch(f"{shelf}{path}", tmp_path)
    assert found.path == tmp_path / name
    assert found.path.read_bytes() == TABLE


@pytest.mark.parametrize(
    ("path", "came"),
    [
        ("/inside", "169.254.169.254 is not public"),
        ("/round", "more than 5 redirects"),
        ("/gone", "status 404"),
        ("/huge", "5.0 GB"),
        ("/short", "23 of 33 bytes|IncompleteRead"),
    ],
)
def test_what_is_no_good_is_refused(shelf, tmp_path, path, came):
    with pytest.raises(BadFileError, match=came):
        fetch(f"{shelf}{path}", tmp_path)


def test_an_answer_without_length_is_cut_at_the_limit(shelf, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 1_000_000)
    with pytest.raises(BadFileError, match="more than"):
        fetch(f"{shelf}/endless", tmp_path)


def test_an_answer_that_takes_too_long_is_given_up(shelf, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0)
    with pytest.raises(BadFileError, match="no end after"):
        fetch(f"{shelf}/a.csv", tmp_path)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/a", "http://10.1.2.3/a", "ftp://example.org/a", "http://[::1/", "file:///etc/passwd"],
)
def test_private_addresses_are_not_asked(tmp_path, url):
    with pytest.raises(BadFileError, match="an address that is not asked"):
        fetch(url, tmp_path)


def test_the_same_version_is_not_sent_twice(shelf, tmp_path):
    first = fetch(f"{shelf}/versioned", tmp_path)
    assert first.validators == Validators('"7"', "Sat, 28 Nov 2026 10:00:00 GMT")
    again = fetch(f"{shelf}/versioned", tmp_path, first.validators)
    assert again == fetching.Fetched(None, first.validators)
    assert fetch(f"{shelf}/versioned", tmp_path, Validators('"6"')).path is not None


def test_a_host_that_nobody_answers_at(tmp_path, shelf):
    port = shelf.rpartition(":")[2]
    with pytest.raises(BadFileError, match="no answer"):
        fetch(f"http://name.invalid:{port}/", tmp_path)


@pytest.mark.django_db
def test_an_address_is_imported_like_a_file(shelf, run):
    summary = run(f"{shelf}/three", write=True)
    assert counts(summary) == (3, 0, 0, 0, 0)
    assert Identity.objects.filter(network__import_runs=summary["run"]).count() == 3
    assert counts(run(f"{shelf}/moved/three", write=True)) == (0, 0, 3, 0, 0)


@pytest.mark.django_db
def test_a_web_page_is_no_file(shelf, run):
    with pytest.raises(CommandError, match="a web page; expected the file that it leads to"):
        run(f"{shelf}/page", write=True)


@pytest.mark.django_db
def test_what_is_due_is_read_once_a_version(shelf, settings, tmp_path, mailoutbox, rhone):
    settings.IMPORTS_ROOT = tmp_path / "imports"
    person = MemberFactory()
    network = NetworkFactory()
    good = ImportSource.objects.create(network=network, address=f"{shelf}/versioned-three", schedule="daily")
    gone = ImportSource.objects.create(network=network, address=f"{shelf}/gone", schedule="weekly")
    ImportSource.objects.create(network=network, address=f"{shelf}/three")
    for source in (good, gone):
        source.people.add(person)
    assert regular.read_due() == 2
    assert good.runs.get().status == "done"
    assert Identity.objects.filter(network=network).count() == 3
    good.refresh_from_db()
    assert good.etag == '"7"'
    assert (gone.runs.get().status, len(mailoutbox)) == ("failed", 1)
    assert "statut 404" in mailoutbox[0].body
    assert f"/imports/{gone.runs.get().pk}/" in mailoutbox[0].body
    assert regular.read_due() == 0
    ImportSource.objects.update(read_at=None)
    assert regular.read_due() == 2
    assert good.runs.count() == 1
