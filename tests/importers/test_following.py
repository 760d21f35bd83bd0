"""Lists that only name their records: what is asked, what is put together, what is missing."""

import json
from http.server import BaseHTTPRequestHandler

import pytest

from importers import following
from importers.errors import BadFileError
from importers.following import fetch_whole
from initiatives.models import Identity, Initiative
from tests.serving import public_server

from .conftest import counts

SCHEMA = "organizations_schema-v1.0.0"
NAMES = ["Le Fournil", "La Remise", "Le Jardin", "La Ruche", "Le Vélo"]
CATEGORY = "2cd00bebec0c48ba9db761da48678134"


class Index(BaseHTTPRequestHandler):
    """An index with two pages, its profiles, and a map's search with its entries."""

    asked: list[str] = []

    def do_GET(self):
        """By path; the fourth profile is gone, the fifth node deleted."""
        self.asked.append(self.path)
        answer = self.answer(f"http://{self.headers['Host']}")
        body = json.dumps(answer).encode()
        self.send_response(404 if answer is None else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def answer(self, here: str):
        """The document at the path."""
        way, _, rest = self.path.strip("/").partition("/")
        match way.partition("?")[0]:
            case "nodes":
                numbers, following_page = (
                    ([1, 2, 3], "/nodes?page=2") if "page" not in way else ([4, 5], None)
                )
                return {
                    "data": [self.node(here, number) for number in numbers],
                    "links": {"next": following_page and here + following_page},
                }
            case "round":
                return {"data": [self.node(here, 1)], "links": {"next": f"{here}/round"}}
            case "profiles" if rest != "4.json":
                number = int(rest.partition(".")[0])
                return {
                    "linked_schemas": [SCHEMA],
                    "name": NAMES[number - 1],
                    "tags": ["repair café"],
                    "geolocation": {"lat": 45.7 + number / 100, "lon": 4.8},
                    "description": f"Profile {number}.",
                }
            case "search":
                items = [{"id": f"e{n}", "lat": 45.7, "lng": 4.8, "title": NAMES[n]} for n in range(3)]
                return {"visible": items, "invisible": []}
            case "entries":
                return [
                    {
                        "id": key,
                        "lat": 45.7,
                        "lng": 4.8,
                        "title": NAMES[int(key[1])],
                        "homepage": f"https://{key}.example",
                    }
                    for key in rest.split(",")
                    if key != "e2"
                ]
        return None

    @staticmethod
    def node(here: str, number: int) -> dict:
        """What the index says of a profile."""
        return {
            "profile_url": f"{here}/profiles/{number}.json",
            "linked_schemas": [SCHEMA],
            "name": NAMES[number - 1],
            "tags": ["repair café"],
            "geolocation": {"lat": 45.7 + number / 100, "lon": 4.8},
            "status": "deleted" if number == 5 else "posted",
        }

    def log_message(self, *_given):
        """Quietly."""


@pytest.fixture
def index(monkeypatch):
    """The address of that server."""
    Index.asked.clear()
    with public_server(Index, monkeypatch) as address:
        yield address


def test_every_page_of_an_index_is_followed_to_its_profiles(index, tmp_path):
    nodes = json.loads(fetch_whole(f"{index}/nodes", tmp_path).path.read_text())["data"]
    assert [node.get("description") for node in nodes] == [
        "Profile 1.",
        "Profile 2.",
        "Profile 3.",
        None,
        None,
    ]
    assert "status 404" in nodes[3]["profile_missing"]
    assert "/profiles/5.json" not in Index.asked


@pytest.mark.django_db
def test_an_index_is_imported_with_what_its_profiles_say(index, run, tmp_path):
    report = tmp_path / "report.csv"
    assert counts(run(f"{index}/nodes", write=True, report=report)) == (4, 0, 0, 0, 0)
    assert Initiative.objects.get(name="Le Fournil").description == "Profile 1."
    assert Identity.objects.filter(external_id__endswith="/profiles/4.json").exists()
    assert "profile not read, so what the index says of it is taken" in report.read_text()
    assert counts(run(f"{index}/nodes", write=True)) == (0, 0, 4, 0, 0)


def test_pages_that_lead_to_themselves_end(index, tmp_path):
    assert len(json.loads(fetch_whole(f"{index}/round", tmp_path).path.read_text())["data"]) == 1
    assert Index.asked.count("/round") == 1


def test_an_index_without_end_is_refused(index, tmp_path, monkeypatch):
    monkeypatch.setattr(following, "MOST_PAGES", 1)
    with pytest.raises(BadFileError, match="more than 1 pages; expected a narrower question"):
        fetch_whole(f"{index}/nodes", tmp_path)
    monkeypatch.setattr(following, "MOST_PAGES", 9)
    monkeypatch.setattr(following, "MOST_RECORDS", 4)
    with pytest.raises(BadFileError, match="more than 4 records"):
        fetch_whole(f"{index}/nodes", tmp_path)


@pytest.mark.django_db
def test_a_search_is_followed_to_its_entries(index, run, monkeypatch):
    monkeypatch.setattr(following, "ENTRIES", 2)
    summary = run(f"{index}/search?bbox=45,4,46,5", write=True, format="openfairdb")
    assert summary["read"] == 3
    assert [path for path in Index.asked if path.startswith("/entries")] == ["/entries/e0,e1", "/entries/e2"]


def test_entries_of_a_search_are_whole(index, tmp_path):
    found = json.loads(fetch_whole(f"{index}/search?bbox=45,4,46,5", tmp_path).path.read_text())["visible"]
    assert [one.get("homepage") for one in found] == ["https://e0.example", "https://e1.example", None]
    assert [one["title"] for one in found] == NAMES[:3]


def test_a_table_is_left_as_it_is(index, tmp_path):
    found = fetch_whole(f"{index}/profiles/1.json", tmp_path)
    assert found.path.name == "1.json"
    assert Index.asked == ["/profiles/1.json"]
