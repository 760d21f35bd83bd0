"""What machine doors say when something is wrong: problem+json, always with the right status."""

import pytest
from django.urls import Resolver404, resolve

from campaigns.buzz import doors as campaigns
from community.agenda import urls as agenda
from geo.errors import InvalidParameterError
from geoportal.problems import drf_exception_handler, problem
from initiatives import urls

JSON = "application/problem+json"
HERE = {
    **{f"str:{name}": "0" for name in ("z", "x", "y", "west", "east", "north", "south")},
    "str:code": "FR-69",
    "str:scheme": "country",
    "str:label": "2026-11-01",
    "str:name": "datapackage.json",
    "uuid:uuid": "00000000-0000-4000-8000-000000000000",
}
# Files that somebody has to have made before have tests of their own.
MADE = ("exports/made/", "data/snapshots/")
FEEDS = {address: door for address, door in campaigns.machine.items() if address.startswith("feeds/")}
MACHINE = urls.machine | agenda.machine | FEEDS
DOORS = [*(door for door in MACHINE if not door.startswith(MADE)), "api/initiatives/"]
NOWHERE = [
    "/api/",
    "/api",
    "/api/nowhere",
    "/api/initiatives/not-a-uuid/",
    "/api/initiatives/00000000-0000-4000-8000-000000000000/",
    "/api/territories/ZZ-99/",
    "/api/territories/%27%20OR%201=1/",
    "/tiles/nothing/0/0/0.json",
    "/tiles/initiatives/0/0/0.png",
    "/tiles/initiatives/0/0.json",
    "/exports/initiatives.docx",
    "/ogc/nowhere",
    "/ogc/collections/nothing",
    "/feeds/anything.atom",
]
# Addresses with a byte that PostgreSQL cannot hold, and where it stands.
NUL = [
    ("/api/territories/FR%00-69/", "path"),
    ("/tiles/initiatives/0/0/%00.json", "path"),
    ("/fr/initiatives/le%00four/", "path"),
    ("/api/count?q=a%00b", "q"),
    ("/api/initiatives/?theme=%00", "theme"),
    ("/exports/initiatives.geojson?q=1&bbox=%00", "bbox"),
    ("/fr/?q=%00", "q"),
    ("/fr/initiatives/?anything%00=1", "anything"),
]


def address(pattern: str) -> str:
    """A true address of a door."""
    for name, value in HERE.items():
        pattern = pattern.replace(f"<{name}>", value)
    return f"/{pattern}"


def says(answer, status: int) -> dict:
    """The problem of an answer, whose shape and status are looked at."""
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == JSON
    body = answer.json()
    assert body["status"] == status
    assert all(isinstance(body[name], str) and body[name] for name in ("type", "title", "detail"))
    return body


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("pattern", MACHINE)
def test_a_door_that_only_reads_refuses_the_rest(client, rhone, pattern, method):
    answer = getattr(client, method)(address(pattern))
    assert says(answer, 405)["title"] == "Method Not Allowed"
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_the_list_of_initiatives_takes_new_ones_alone(client, db, method):
    answer = getattr(client, method)("/api/initiatives/")
    says(answer, 405)
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("pattern", DOORS)
def test_each_door_answers_what_it_is_there_for(client, bakery, pattern):
    assert client.get(address(pattern)).status_code == 200
    assert client.head(address(pattern)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", NOWHERE)
def test_an_address_that_leads_nowhere_says_so(client, path):
    answer = client.get(path, follow=True)
    assert says(answer, 404)["title"] == "Not Found"


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "parameter"), NUL)
def test_a_nul_byte_is_refused_where_it_stands(client, path, parameter):
    body = says(client.get(path), 400)
    assert body["parameter"] == parameter
    assert "NUL" in body["detail"]


@pytest.mark.django_db
def test_a_nul_byte_of_a_parameter_without_meaning_is_refused_too(client):
    assert client.get("/fr/about/?utm_source=%00").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("accept", ["text/html", "image/png", "application/xml"])
def test_a_kind_that_the_door_does_not_have_is_refused(client, accept):
    assert says(client.get("/api/initiatives/", headers={"accept": accept}), 406)["title"] == "Not Acceptable"


@pytest.mark.django_db
@pytest.mark.parametrize("accept", ["application/json", "application/geo+json", "*/*"])
def test_a_kind_that_the_door_has_is_given(client, accept):
    assert client.get("/api/initiatives/", headers={"accept": accept}).status_code == 200


@pytest.mark.django_db
def test_pages_answer_as_pages(client):
    answer = client.get("/fr/initiatives/none/", headers={"accept": "application/json"})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_problem_names_its_parameter_only_if_there_is_one():
    assert b"parameter" not in problem(404, "Nothing here.").content
    answer = drf_exception_handler(InvalidParameterError("bbox", "Expected numbers."), {})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, JSON)
    assert b'"parameter": "bbox"' in answer.content


def test_an_error_of_ours_stays_an_error():
    assert drf_exception_handler(ZeroDivisionError("ours"), {}) is None


def test_doors_stand_outside_the_languages():
    for pattern in DOORS:
        resolve(address(pattern))
        with pytest.raises(Resolver404):
            resolve(f"/fr{address(pattern)}")
