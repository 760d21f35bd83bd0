"""GDAL reads the collections by its own driver, and leaves the filtering to us."""

import json
import subprocess

import pytest
from django.core.signals import request_started

pytestmark = pytest.mark.django_db(transaction=True)


def ogr(address: str, *words: str) -> str:
    """What ogrinfo says of a door."""
    said = subprocess.run(
        ["ogrinfo", "-ro", f"OAPIF:{address}/ogc/", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert said.returncode == 0, said.stderr
    assert "ERROR" not in said.stderr, said.stderr
    return said.stdout


@pytest.fixture
def asked():
    """The query strings of all requests of a test."""
    seen: list[str] = []

    def note(sender, environ, **rest):
        seen.append(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}")

    request_started.connect(note)
    yield seen
    request_started.disconnect(note)


def identifiers(said: str) -> set[str]:
    """Values of the field `id` of what ogrinfo lists."""
    return {line.split(" = ")[1] for line in said.splitlines() if line.strip().startswith("id (String)")}


def test_gdal_reads_all_three_and_leaves_filters_to_the_door(live_server, client, rows, groups, asked):
    said = ogr(live_server.url)
    for name in ("initiatives", "collectives", "territories"):
        assert name in said
    body = b"".join(client.get("/exports/initiatives.geojson").streaming_content)
    exported = {one["id"]: one for one in json.loads(body)["features"]}
    said = ogr(live_server.url, "-al", "initiatives")
    assert identifiers(said) == set(exported)
    assert "Geometry: Point" in said
    assert "Feature Count: 10" in said
    assert "MULTIPOLYGON" in ogr(live_server.url, "-al", "collectives")
    assert "FR-69" in ogr(live_server.url, "-al", "territories")

    asked.clear()
    said = ogr(live_server.url, "-al", "initiatives", "-spat", "4.79", "45.6", "4.86", "45.72")
    inside = {key for key, one in exported.items() if one["geometry"]["coordinates"][0] < 4.86
              and one["geometry"]["coordinates"][1] < 45.72}  # fmt: skip
    assert identifiers(said) == inside
    assert any("bbox=4.79" in one for one in asked), asked

    asked.clear()
    said = ogr(live_server.url, "-al", "initiatives", "-where", "name = 'Ärzte'")
    assert identifiers(said) == {key for key, one in exported.items() if one["properties"]["name"] == "Ärzte"}
    assert any("filter=" in one or "name=" in one for one in asked), asked

    # The parameter of this name matches all that lies inside.
    for code in ("FR", "FR-69"):
        said = ogr(live_server.url, "-al", "initiatives", "-where", f"territory = '{code}'")
        expected = {key for key, one in exported.items() if one["properties"]["territory"] == code}
        assert identifiers(said) == expected
