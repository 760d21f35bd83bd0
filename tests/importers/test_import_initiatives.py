"""The whole way of a file: what is written, what is left alone, what is told."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.contrib.gis.geos import Point
from django.core.management import call_command
from django.core.management.base import CommandError

from importers.models import ImportIssue, ImportRun
from initiatives import actions, placement
from initiatives.models import Identity, Initiative, Network, OldSlug, StatusChange
from tests.factories import InitiativeFactory

from .conftest import BY_ID, ROWS, counts, table

pytestmark = pytest.mark.django_db

KEYS = {
    "run",
    "read",
    "added",
    "changed",
    "unchanged",
    "duplicates",
    "refused",
    "gone",
    "warnings",
    "seconds",
}


def test_a_dry_run_writes_nothing(run, three):
    summary = run(three)
    assert set(summary) == KEYS
    assert summary["run"] is None
    assert counts(summary) == (3, 0, 0, 0, 0)
    assert not Initiative.objects.exists()
    assert not Network.objects.exists()
    assert not ImportRun.objects.exists()


def test_what_is_written(run, three, rhone):
    summary = run(three, write=True)
    made = Initiative.objects.get(name="Le Fournil")
    identity = made.identities.get()
    assert made.is_published
    assert made.territory == rhone
    assert made.primary_theme in made.themes.all()
    assert made.website == "https://fournil.example.org"
    assert made.field_sources["name"] == made.field_sources["website"] == identity.pk
    assert "summary" not in made.field_sources
    assert identity.external_id == "1"
    assert identity.raw["theme"] == "habitat participatif"
    assert [change.verb for change in made.status_changes.all()] == ["import"]
    network = Network.objects.get()
    assert not network.is_complete
    assert made.memberships.get().network == network
    assert ImportRun.objects.get().summary == {
        **summary,
        "seconds": ImportRun.objects.get().summary["seconds"],
    }


def test_again_changes_nothing_at_all(run, three):
    run(three, write=True)
    before = list(Initiative.objects.order_by("pk").values()), list(Identity.objects.order_by("pk").values())
    assert counts(run(three, write=True)) == (0, 0, 3, 0, 0)
    assert before == (
        list(Initiative.objects.order_by("pk").values()),
        list(Identity.objects.order_by("pk").values()),
    )
    assert StatusChange.objects.count() == 3


def test_changed_rows_take_the_new_values(run, three, write_file):
    run(three, write=True)
    changed = ROWS[0].replace("Le Fournil", "Le Four").replace("habitat participatif", "repair café")
    assert counts(run(write_file(table(changed, *ROWS[1:])), write=True)) == (0, 1, 2, 0, 0)
    made = Initiative.objects.get(name="Le Four")
    assert made.slug == "le-four"
    assert OldSlug.objects.get().slug == "le-fournil"
    assert [theme.slug for theme in made.themes.all()] == ["repair-cafes"]
    assert made.primary_theme.slug == "repair-cafes"
    contexts = [version.pgh_context.metadata for version in made.versions.all()]
    assert {context["verb"] for context in contexts} == {"import"}
    assert {context["run"] for context in contexts} <= set(ImportRun.objects.values_list("pk", flat=True))


def test_a_value_the_source_takes_back_is_cleared(run, three, write_file):
    run(three, write=True)
    run(write_file(table(ROWS[0].replace("https://fournil.example.org", ""), *ROWS[1:])), write=True)
    assert Initiative.objects.get(name="Le Fournil").website == ""


def test_what_people_edited_is_kept(run, three, write_file, cast):
    run(three, write=True)
    made = Initiative.objects.get(name="Le Fournil")
    values = {"name": "Le Fournil des Pentes", "position": Point(4.9, 45.9, srid=4326)}
    actions.revise(made, by=cast["moderator"], values=values)
    other = ROWS[0].replace("Le Fournil", "LE FOURNIL").replace("45.76", "45.70").replace("fournil.", "pain.")
    assert counts(run(write_file(table(other, *ROWS[1:])), write=True)) == (0, 1, 2, 0, 0)
    made.refresh_from_db()
    assert made.name == "Le Fournil des Pentes"
    assert made.position.coords == (4.9, 45.9)
    assert made.website == "https://pain.example.org"
    assert made.identities.get().raw["name"] == "LE FOURNIL"


def test_one_key_twice(run, write_file):
    summary = run(write_file(table(ROWS[0], ROWS[1], "1;Autre;45.7;4.8;repair café;")), write=True)
    # With a doubled id the column is no key when it is guessed: the name and place are.
    assert summary["read"] == 3
    mapping = write_file(
        '[fields]\nname = "name"\n[position]\nlongitude = "lon"\nlatitude = "lat"\n[themes]\ncolumn = "theme"\n'
        '[identity]\nexternal_id = "id"\n',
        "m.toml",
    )
    path = write_file(table(ROWS[0], ROWS[1], "1;Autre;45.7;4.8;repair café;"))
    assert counts(run(path, network="other", mapping=mapping))[3:] == (3, 0)


def test_without_a_key_the_name_and_place_are_one(run, write_file):
    rows = "name,lat,lon,theme\nA,45.7,4.8,co-housing\nB,45.7,4.8,co-housing\nA,45.7,4.8,co-housing\n"
    path = write_file(rows)
    assert counts(run(path, write=True)) == (2, 0, 0, 1, 0)
    assert counts(run(path, write=True)) == (0, 0, 2, 1, 0)


def test_a_made_up_key_is_not_published(run, write_file, client):
    run(write_file("name,lat,lon,theme\nA,45.7,4.8,co-housing\n"), network="without", write=True)
    run(write_file("id,name,lat,lon,theme\n7,B,45.6,4.8,co-housing\n"), network="with", write=True)
    assert Identity.objects.get(network__slug="without").external_id.startswith("h:")
    export = json.loads(b"".join(client.get("/exports/initiatives.geojson").streaming_content))
    for features in (export["features"], client.get("/api/initiatives/").json()["features"]):
        sources = [source for feature in features for source in feature["properties"]["sources"]]
        assert {source["network"]: source["external_id"] for source in sources} == {
            "without": None,
            "with": "7",
        }


def test_what_the_house_has_already_counts_as_a_duplicate_once(run, three, france):
    InitiativeFactory(name="LE FOURNIL", position=Point(4.8301, 45.7601, srid=4326), published=True)
    assert counts(run(three, write=True)) == (2, 0, 0, 1, 0)
    assert counts(run(three, write=True)) == (0, 0, 3, 0, 0)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://EXAMPLE.org/a?b=1", "https://example.org/a?b=1"),
        ("example.org/a", "http://example.org/a"),
        (f"https://example.org/{'a' * 580}", f"https://example.org/{'a' * 580}"),
        (f"https://example.org/{'a' * 581}", ""),
        ("", ""),
    ],
)
def test_the_address_at_the_source_is_checked(run, write_file, given, kept):
    mapping = write_file(f'{BY_ID}url = "page"\n', "m.toml")
    path = write_file(f"id;name;lat;lon;theme;page\n1;A;45.7;4.8;co-housing;{given}\n")
    summary = run(path, mapping=mapping, write=True)
    assert counts(summary) == (1, 0, 0, 0, 0)
    assert summary["warnings"] == (bool(given) and not kept)
    assert Identity.objects.get().url == kept


def test_slugs_are_numbered(run, write_file):
    InitiativeFactory(name="Le Fournil")
    run(write_file(table(ROWS[0], "2;Le Fournil;46.5;4.2;repair café;")), write=True)
    assert sorted(Initiative.objects.values_list("slug", flat=True)) == [
        "le-fournil",
        "le-fournil-2",
        "le-fournil-3",
    ]


@pytest.mark.parametrize("step", ["link_staged", "bulk_create"])
def test_nothing_is_half_written(run, three, monkeypatch, step):
    def broken(*args, **kwargs):
        raise RuntimeError("the power is gone")

    if step == "link_staged":
        monkeypatch.setattr(placement, "link_staged", broken)
    else:
        monkeypatch.setattr(ImportIssue.objects, "bulk_create", broken)
    with pytest.raises(RuntimeError):
        run(three, write=True)
    assert not Initiative.objects.exists()
    assert not Network.objects.exists()


def test_texts_the_database_cannot_hold_are_refused(run, write_file):
    point = '"geometry": {"type": "Point", "coordinates": [4.8, 45.7]}'
    names = ('"A\\u0000"', '"B\\ud800"', '"C"')
    features = ",".join(
        f'{{"type": "Feature", {point}, "properties": {{"name": {name}, "theme": "co-housing"}}}}'
        for name in names
    )
    path = write_file(f'{{"type": "FeatureCollection", "features": [{features}]}}', "a.geojson")
    assert counts(run(path, write=True)) == (1, 0, 0, 0, 2)


def test_the_report_is_safe_to_open(run, write_file, tmp_path):
    report = tmp_path / "report.csv"
    run(write_file(table(ROWS[0], '2;B;45.7;4.8;"=HYPERLINK(""http://x.org"")";')), report=report)
    with report.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert lines[0]["row"] == "2"
    assert lines[0]["level"] == "warning"
    assert lines[0]["value"].startswith("'=")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"network": "Not A Slug"}, "--network"),
        ({"format": "kml"}, "XML that cannot be read"),
        ({"report": Path("/nowhere/at/all.csv")}, "--report"),
    ],
)
def test_bad_options_end_in_one_line(run, three, options, said):
    with pytest.raises(CommandError, match=said) as error:
        run(three, **options)
    assert "\n" not in str(error.value)


def test_the_guess_is_shown(db, three):
    out = io.StringIO()
    call_command("import_initiatives", str(three), network="demo", stdout=out)
    assert "name ← name" in out.getvalue()
    assert "dry run" in out.getvalue()


def test_statements_do_not_grow_with_rows(run, write_file, django_assert_max_num_queries):
    rows = [f"{number};Lieu {number};45.{number:03};4.8;repair café;" for number in range(300, 700)]
    with django_assert_max_num_queries(94):
        run(write_file(table(*rows)), write=True)


def test_records_that_a_mapping_skips_are_left_out(run, write_file):
    path = write_file(table(*ROWS, "4;Closed;45.7;4.8;co-housing;").replace("website", "state", 1))
    mapping = write_file(BY_ID + '[skip]\nname = ["closed", "La Remise"]\n', "m.toml")
    assert counts(run(path, mapping=mapping, write=True)) == (2, 0, 0, 0, 2)
