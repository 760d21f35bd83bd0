"""What we export comes back as it was."""

import json

import pytest
from django.contrib.gis.geos import Point

from initiatives import actions
from initiatives.models import Initiative, Photo
from tests.conftest import LYON
from tests.factories import InitiativeFactory
from tests.worker import work
from vocabulary.models import LegalForm, Licence, Theme

from .conftest import counts

pytestmark = pytest.mark.django_db
# What another house, or another day, says otherwise.
OURS = ("id", "uuid", "slug", "url", "sources", "networks", "collective", "created", "updated", "confirmed")


def exported(client, query: str = "") -> dict:
    """Features of a selection."""
    return json.loads(taken(client, "geojson", query))


def plain(feature: dict) -> dict:
    """What has to come back; identifiers are others, those that sites bear included."""
    found = {key: value for key, value in feature["properties"].items() if key not in OURS}
    # A picture that came back is a file of its own.
    found["photos"] = [{key: one[key] for key in one if key != "url"} for one in found["photos"]]
    if found["parent"]:
        found["parent"] = Initiative.objects.get(uuid=found["parent"]).name
    return {**found, "geometry": feature["geometry"]}


@pytest.fixture
def several(rhone, bakery, picture):
    """Initiatives with all that a Feature says."""
    bakery.summary, bakery.website = (
        "Du pain\u202f: «\xa0à nous\xa0», 2\xa0500 pains.",
        "https://fournil.example/",
    )
    bakery.legal_form = LegalForm.objects.get(slug="fr-scic")
    bakery.street, bakery.postcode, bakery.country, bakery.founded = "3 quai du Rhône", "69001", "FR", 2014
    bakery.labels, bakery.languages, bakery.reach = ["Bio", "Nature & Progrès"], ["fr", "de"], "regional"
    bakery.tags, bakery.opening_hours = ["pain", "coopérative"], "Mo-Fr 08:00-18:00"
    bakery.description, bakery.description_language = "Un *four*.\n\nDes gens.", "fr"
    bakery.save()
    bakery.contacts.create(kind="email", value="pain@fournil.example", visibility="everyone")
    bakery.contacts.create(kind="phone", value="+33472000000", visibility="everyone")
    bakery.translations.create(
        language="de", name="Backstube", summary="Brot für uns.", description="Ein *Ofen*."
    )
    bakery.translations.create(language="it", summary="Pane “nostro”, {tutto}.")
    by, cc0 = (Licence.objects.get(code=code) for code in ("CC-BY-SA-4.0", "CC0-1.0"))
    oven = {"image": picture("four.png"), "alt": "Le four, “à bois”", "credit": "Ana", "licence": by}
    others = Theme.objects.filter(slug__in=("citizen-energy", "repair-cafes", bakery.primary_theme.slug))
    actions.revise(
        bakery,
        by=None,
        values={
            "themes": others,
            "photos": [oven, {"image": picture("four.png"), "alt": "Des gens", "credit": "", "licence": cc0}],
        },
    )
    InitiativeFactory(
        parent=bakery,
        name="Werkstatt Süd",
        position=Point(13.4, 52.5, srid=4326),
        theme="repair-cafes",
        published=True,
        country="DE",
    )
    InitiativeFactory(
        name="=1+1", position=LYON, precision="locality", locality="Lyon", theme="co-housing", published=True
    )
    InitiativeFactory(name="Partout", position=None, has_no_position=True, theme="co-housing", published=True)


def taken(client, suffix: str, query: str = "") -> bytes:
    """The file of a format."""
    return b"".join(client.get(f"/exports/initiatives.{suffix}?{query}").streaming_content)


@pytest.mark.parametrize("suffix", ["geojson", "csv", "gpkg", "fgb"])
def test_every_format_comes_back_as_it_was(client, several, run, tmp_path, suffix):
    query = "" if suffix == "fgb" else "located=any"
    before = {one["properties"]["name"]: plain(one) for one in exported(client, query)["features"]}
    file = tmp_path / f"all.{suffix}"
    file.write_bytes(taken(client, suffix, query))
    Initiative.objects.all().delete()
    summary = run(file, write=True)
    assert counts(summary) == (len(before), 0, 0, 0, 0)
    assert work("fetch_pictures") == ["fetch_pictures"]
    assert [photo.image.size > 0 for photo in Photo.objects.all()] == [True, True]
    after = {one["properties"]["name"]: plain(one) for one in exported(client, query)["features"]}
    assert after == before


def test_another_selection_of_the_same_rows_changes_nothing(client, several, run, tmp_path):
    files = [tmp_path / "all.csv", tmp_path / "found.csv"]
    for file, query in zip(files, ("", "bbox=-20,30,40,70"), strict=True):
        file.write_bytes(taken(client, "csv", query))
    assert files[0].read_bytes() != files[1].read_bytes()
    Initiative.objects.all().delete()
    assert counts(run(files[0], write=True)) == (3, 0, 0, 0, 0)
    assert counts(run(files[1], write=True)) == (0, 0, 3, 0, 0)
