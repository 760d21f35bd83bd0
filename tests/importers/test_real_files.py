"""Real published files, read twice: the second time nothing is added or changed."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

import importers
from initiatives.models import Initiative
from territories.loading import load_gazetteer, load_territories
from territories.models import Territory

from .conftest import counts

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("real files")]

MAPPINGS = Path(importers.__file__).parent / "mappings"


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker):
    """Countries and towns as they are shipped, loaded once for this file and taken away after it."""
    folder = settings.BASE_DIR / "fixtures"
    with django_db_blocker.unblock(), transaction.atomic():
        load_territories([folder / "territories" / "country.geojson.gz"])
        load_gazetteer(folder / "gazetteer" / "places.csv.gz")
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("file", "mapping", "at_least"),
    [
        ("siae_insertion_fr_2021_cp1252.csv", "siae_insertion_fr", 3_800),
        ("susy_transformap_2017.geojson", "susy_transformap", 1_650),
        ("bibliotheques_publiques_fr_2020.csv", "bibliotheques_publiques_fr", 15_700),
        ("wandelwoche/wandelwoche_berlin_2014.tsv", "wandelwoche_berlin", 65),
        ("wandelwoche/wandelwoche_berlin_2014_geocoded.csv", None, 35),
        ("greenmap_muenchen/map_export.csv", "greenmap_muenchen", 200),
        ("dotcoop_umap_export.csv", "dotcoop_umap", 330),
        ("tierslieux_occitanie_2018_noheader.csv", "tierslieux_occitanie", 60),
    ],
)
def test_initiatives_read_twice_change_nothing(reference, real_data, run, file, mapping, at_least):
    options = {"mapping": MAPPINGS / f"{mapping}.toml"} if mapping else {}
    path = real_data / "initiatives" / file
    added, *_others = counts(run(path, write=True, **options))
    assert added >= at_least
    assert Initiative.objects.published().count() == added
    again = run(path, write=True, **options)
    assert counts(again)[:3] == (0, 0, added)
    assert again["gone"] == 0


@pytest.mark.parametrize(
    ("file", "scheme", "code", "name", "number", "options"),
    [
        (
            "nuts_2021_10M_topojson/NUTS_RG_10M_2021_4326_LEVL_2.topojson",
            "nuts2",
            "NUTS_ID",
            "NAME_LATN",
            334,
            {},
        ),
        ("nuts_2013_1pct_geojson/nuts_3.geojson", "nuts3", "NUTS_ID", "Name", 1_480, {}),
        ("fr/departements_lambert93.gpkg", "department", "code", "nom", 96, {"country": "FR"}),
        ("fr/communes-bretagne.geojson", "municipality", "code", "nom", 1_232, {"country": "FR"}),
        ("fr/loire_atlantique_epci_2014_shp.zip", "intermunicipality", "EPCI", "EPCI", 23, {"country": "FR"}),
        ("world/naturalearth_lowres_shp.zip", "custom", "iso_a3", "name", 176, {}),
        (
            "nuts_2021_levels_0_2.gpkg",
            "nuts2",
            "NUTS_ID",
            "NAME_LATN",
            334,
            {"layer": "nuts2_2021", "level": 2},
        ),
    ],
)
def test_boundaries_read_twice_change_nothing(db, real_data, file, scheme, code, name, number, options):
    def run() -> str:
        out = io.StringIO()
        call_command(
            "import_territories",
            str(real_data / "boundaries" / file),
            scheme=scheme,
            code_field=code,
            name_field=name,
            write=True,
            stdout=out,
            **options,
        )
        return out.getvalue().splitlines()[-1]

    assert f"{number} added, 0 changed" in run()
    assert f"0 added, 0 changed, {number} unchanged" in run()
    assert Territory.objects.filter(scheme=scheme).count() == number
