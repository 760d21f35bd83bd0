"""What we export comes back as it was."""

import json

import pytest
from django.contrib.gis.geos import Point

from initiatives.models import Initiative
from tests.factories import InitiativeFactory

from .conftest import counts

pytestmark = pytest.mark.django_db
# What another house, or another day, says otherwise.
OURS = ("id", "uuid", "slug", "url", "sources", "networks", "collective", "created", "updated", "confirmed")


def exported(client) -> dict:
    """Features of the whole selection, by name."""
    answer = client.get("/exports/initiatives.geojson")
    return json.loads(b"".join(answer.streaming_content))


def plain(feature: dict) -> dict:
    """What has to come back."""
    found = {key: value for key, value in feature["properties"].items() if key not in OURS}
    return {**found, "geometry": feature["geometry"]}


@pytest.fixture
def several(rhone, bakery):
    """Initiatives with all that a Feature says."""
    bakery.summary, bakery.website = "Du pain, à nous.", "https://fournil.example/"
    bakery.street, bakery.postcode, bakery.country, bakery.founded = "3 quai du Rhône", "69001", "FR", 2014
    bakery.tags, bakery.opening_hours = ["pain", "coopérative"], "Mo-Fr 08:00-18:00"
    bakery.description, bakery.description_language = "Un *four*.\n\nDes gens.", "fr"
    bakery.save()
    bakery.contacts.create(kind="email", value="pain@fournil.example", visibility="everyone")
    InitiativeFactory(
        name="Werkstatt Süd",
        position=Point(13.4, 52.5, srid=4326),
        theme="repair-cafes",
        published=True,
        country="DE",
    )
    InitiativeFactory(name="Partout", position=None, has_no_position=True, theme="co-housing", published=True)


def test_geojson_comes_back_as_it_was(client, several, run, tmp_path):
    document = exported(client)
    before = {one["properties"]["name"]: plain(one) for one in document["features"]}
    file = tmp_path / "all.geojson"
    file.write_text(json.dumps(document))
    Initiative.objects.all().delete()
    summary = run(file, write=True)
    assert counts(summary) == (len(before), 0, 0, 0, 0)
    after = {one["properties"]["name"]: plain(one) for one in exported(client)["features"]}
    assert after == before
