"""Licences as sources write them: known, forbidding, or nothing that we know."""

import json

import pytest
from django.core.management.base import CommandError

from importers.licences import Licences
from importers.words import licences
from initiatives.models import Identity
from tests.factories import NetworkFactory
from vocabulary.models import Licence

from .conftest import counts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CC0-1.0", "CC0-1.0"),
        ("cc0", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("Domaine public", "CC0-1.0"),
        ("ODbL-1.0", "ODbL-1.0"),
        ("http://opendatacommons.org/licenses/odbl/1.0/", "ODbL-1.0"),
        ("© OpenStreetMap contributors, ODbL", "ODbL-1.0"),
        ("Licence ODbL version 1.0", "ODbL-1.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("CC-BY", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/deed.fr", "CC-BY-4.0"),
        ("CC BY 3.0", "other"),
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC-BY-SA-4.0"),
        ("cc-by-sa-2.0", "other"),
        ("Licence Ouverte / Open Licence version 2.0", "etalab-2.0"),
        ("etalab", "etalab-2.0"),
        ("Open Government Licence v3.0", "OGL-UK-3.0"),
        ("Open Government Licence v2", "other"),
    ],
)
def test_known_licences_are_recognised(text, code):
    assert Licences(licences()).read(text) == (Licence.objects.get(code=code).pk, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("CC BY-NC 4.0", "non-commercial"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "non-commercial"),
        ("Pas d’utilisation commerciale", "non-commercial"),
        ("Namensnennung, nicht kommerziell", "non-commercial"),
        ("https://creativecommons.org/licenses/by-nd/4.0/", "no derivatives"),
        ("Sin obra derivada", "no derivatives"),
        ("Tous droits réservés", "all rights reserved"),
        ("© 2024 Some Federation", "all rights reserved"),
        ("propriétaire", "all rights reserved"),
    ],
)
def test_licences_that_forbid_our_use_say_why(text, reason):
    assert Licences(licences()).read(text) == (None, reason)


@pytest.mark.parametrize("text", ["", "yes", "open data", "see website", "NC", "2020"])
def test_what_is_no_licence_stays_unknown(text):
    assert Licences(licences()).read(text) == (None, "")


def test_each_record_keeps_its_own(run, write_file):
    rows = [
        "name;lat;lon;theme;licence",
        "A;45.76;4.83;habitat participatif;CC0",
        "B;45.77;4.84;habitat participatif;CC BY-NC 4.0",
        "C;45.78;4.85;habitat participatif;quite open",
        "D;45.79;4.86;habitat participatif;",
    ]
    summary = run(write_file("\n".join(rows)), write=True)
    assert counts(summary) == (3, 0, 0, 0, 1)
    assert summary["warnings"] == 1
    kept = Identity.objects.values_list("initiative__name", "licence__code", "initiative__licence__code")
    assert set(kept) == {("A", "CC0-1.0", "CC0-1.0"), ("C", None, None), ("D", None, None)}


def test_the_network_speaks_for_records_that_say_nothing(run, three):
    network = NetworkFactory(licence=Licence.objects.get(code="etalab-2.0"))
    run(three, network=network.slug, write=True)
    assert set(Identity.objects.values_list("licence__code", flat=True)) == {"etalab-2.0"}


def elements(licence):
    """A GoGoCarto document of one element."""
    element = {
        "id": "a1",
        "name": "Atelier",
        "geo": {"latitude": 45.76, "longitude": 4.83},
        "status": 1,
        "categories": ["Habitat participatif"],
    }
    return json.dumps({"licence": licence, "ontology": "gogofull", "data": [element]})


def test_the_licence_of_a_whole_file(run, write_file):
    run(write_file(elements("https://opendatacommons.org/licenses/odbl/summary/"), "a.json"), write=True)
    assert Identity.objects.get().licence.code == "ODbL-1.0"
    with pytest.raises(CommandError, match="non-commercial"):
        run(write_file(elements("CC BY-NC-SA 4.0"), "a.json"), write=True)
