"""Who reads from other sites, and how often."""

import pytest
from django.db import connection

from tests.factories import MemberFactory
from tests.initiatives.programs import DOOR, Program, refused

DOORS = [
    "/api/initiatives/",
    "/api/changes/",
    "/api/themes/",
    "/api/count",
    "/api/schema/",
    "/api/nowhere/",
    "/tiles/initiatives.json",
    "/tiles/initiatives/0/0/0.json",
    "/exports/initiatives.geojson",
    "/oembed",
]


@pytest.mark.parametrize("door", DOORS)
def test_scripts_of_every_site_may_read_as_nobody(client, bakery, door):
    for answer in (client.get(door), client.head(door)):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    answer = client.options(door, headers=asked)
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "POST" not in answer["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_scripts_of_other_sites_change_nothing(client, bakery, method):
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": method}
    assert "Access-Control-Allow-Origin" not in client.options(DOOR, headers=asked)
    assert "Access-Control-Allow-Origin" not in Program(MemberFactory()).post()


def test_pages_are_not_open(client, db):
    assert "Access-Control-Allow-Origin" not in client.get("/fr/about/")


def test_an_address_has_so_many_a_minute(client, bakery, settings):
    settings.API_READS_BY_ADDRESS = 2
    first, second, third = (client.get(DOOR) for _number in range(3))
    assert [first["RateLimit-Remaining"], second["RateLimit-Remaining"]] == ["1", "0"]
    assert first["RateLimit-Limit"] == "2"
    assert 0 < int(first["RateLimit-Reset"]) <= 60
    refused(third, 429)
    assert 0 < int(third["Retry-After"]) <= 60
    assert third["RateLimit-Remaining"] == "0"
    assert third["Access-Control-Allow-Origin"] == "*"
    # All doors count together, and each address by itself.
    refused(client.get("/api/themes/"), 429)
    assert client.get(DOOR, REMOTE_ADDR="10.0.0.2").status_code == 200


def test_a_network_of_the_sixth_version_is_one_reader(client, bakery, settings):
    settings.API_READS_BY_ADDRESS = 1
    assert client.get(DOOR, REMOTE_ADDR="2001:db8::1").status_code == 200
    refused(client.get(DOOR, REMOTE_ADDR="2001:db8::2"), 429)
    assert client.get(DOOR, REMOTE_ADDR="2001:db8:1::1").status_code == 200


def test_a_good_token_counts_by_itself_and_a_bad_one_not(client, bakery, settings):
    settings.API_READS_BY_ADDRESS, settings.API_READS_BY_TOKEN = 1, 5
    program = Program(MemberFactory())
    assert client.get(DOOR).status_code == 200
    answer = client.get(DOOR, headers=program.headers)
    assert (answer.status_code, answer["RateLimit-Limit"], answer["RateLimit-Remaining"]) == (200, "5", "4")
    refused(client.get(DOOR, headers={"Authorization": "Bearer sp_made_up"}), 429)


def test_no_address_is_kept(client, bakery, settings):
    settings.API_READS_BY_ADDRESS = 5
    client.get(DOOR, REMOTE_ADDR="192.0.2.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT geo_taken::text FROM geo_taken")
        (row,) = cursor.fetchall()
        assert "192.0.2.77" not in row[0]
        cursor.execute("UPDATE geo_taken SET until = now() - interval '1 second'")
        client.get(DOOR, REMOTE_ADDR="192.0.2.78")
        cursor.execute("SELECT count(*) FROM geo_taken")
        assert cursor.fetchone() == (1,)
