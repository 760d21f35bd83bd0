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
        ("susy_transformap_2017.geojson", "susy_transformap", 1_650),
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
    # Without a mapping those of which nobody knows the theme wait for somebody who does.
    assert Initiative.objects.filter(status__in=["published", "pending"]).count() == added
    assert Initiative.objects.published().count() >= at_least
    again = run(path, write=True, **options)
    assert counts(again)[:3] == (0, 0, added)
    assert again["gone"] == 0


# By file: its mapping, what comes of it (read, added, refused), and how many a guess has to take at least.
GOLDEN = [
    ("bibliotheques_publiques_fr_2020.csv", "bibliotheques_publiques_fr", (15_779, 15_752, 27), 15_740),
    ("centres_sociaux_fr_2020.csv", "centres_sociaux_fr", (2_261, 1_688, 548), 1_660),
    ("coops_uk_2017/open_data_organisations.csv", "coops_uk_organisations", (8_371, 3_533, 4_838), 7_400),
    ("coops_uk_2017/open_data_outlets_2019.csv", "coops_uk_outlets", (5_966, 5_258, 707), 5_240),
    ("data_inclusion_template_messy.xlsx", "data_inclusion", (3, 1, 2), 1),
    ("dotcoop_umap_export.csv", "dotcoop_umap", (357, 335, 22), 330),
    ("gogocarto/gogocarto_elements.json", "gogocarto_demo", (12, 12, 0), 12),
    ("gogocarto/gogocarto_elements_lines_polygons.json", "gogocarto_demo", (3, 3, 0), 3),
    ("greenmap_muenchen/map_export.csv", "greenmap_muenchen", (349, 227, 122), 340),
    ("greenmap_muenchen/map_export.kml", "greenmap_muenchen_kml", (349, 243, 96), 330),
    ("mednum/gironde_lieux_numeriques.json", "mednum_gironde", (347, 347, 0), 347),
    ("mednum/maine_et_loire_lambert93.json", "mednum_maine_et_loire", (243, 240, 3), 240),
    ("murmurations/murm-org-global-regenerative-coop.json", None, (1, 1, 0), 1),
    ("murmurations/organizations_schema-v1.0.0-example-import.csv", None, (1, 1, 0), 1),
    ("murmurations/organizations_schema-v1.0.0-example-import-with-errors.csv", None, (2, 1, 0), 1),
    ("murmurations/regen-org-global-regenerative-coop.jsonld", None, (1, 1, 0), 1),
    ("murmurations/schemaorg-org-global-regenerative-coop.json", None, (1, 1, 0), 1),
    ("newbridge_limesurvey_2019_bom.csv", "newbridge_limesurvey", (20, 15, 5), 0),
    ("openfairdb_search_results.json", None, (100, 100, 0), 100),
    ("osm/osm_poi_liechtenstein_andorra_overpass.json", None, (30, 30, 0), 30),
    ("repaircafes_amsterdam_nl_en.json", "repaircafes_amsterdam", (43, 43, 0), 43),
    ("siae_insertion_fr_2021_cp1252.csv", "siae_insertion_fr", (3_853, 3_840, 13), 3_840),
    ("supermarches_cooperatifs_fr.json", "supermarches_cooperatifs_fr", (130, 130, 0), 130),
    ("susy_transformap_2017.geojson", "susy_transformap", (1_794, 1_706, 88), 1_790),
    ("susy_transformap_2017.gpkg", "susy_transformap", (1_794, 1_706, 88), 1_790),
    ("susy_transformap_2017_epsg3035_latin1_shp.zip", None, (1_794, 1_735, 48), 1_735),
    ("tierslieux_occitanie_2018_noheader.csv", "tierslieux_occitanie", (73, 64, 9), None),
    ("transiscope_niort_2019.json", "transiscope", (100, 95, 5), 100),
    ("wandelwoche/wandelwoche_berlin_2014.tsv", "wandelwoche_berlin", (76, 71, 5), 70),
    ("wandelwoche/wandelwoche_berlin_2014_geocoded.csv", "wandelwoche_berlin_geocoded", (63, 63, 0), 60),
]


@pytest.mark.parametrize(("file", "mapping", "golden", "guessed"), GOLDEN, ids=[row[0] for row in GOLDEN])
def test_real_files_give_golden_summaries(reference, real_data, run, file, mapping, golden, guessed):
    path = real_data / "initiatives" / file
    summary = run(path, mapping=MAPPINGS / f"{mapping}.toml") if mapping else run(path)
    assert (summary["read"], summary["added"], summary["refused"]) == golden
    if mapping and guessed is not None:
        assert run(path)["added"] >= guessed


def test_every_mapping_has_a_golden_summary():
    assert {path.stem for path in MAPPINGS.glob("*.toml")} == {row[1] for row in GOLDEN if row[1]}


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
