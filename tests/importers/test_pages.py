"""Pages of imports: handed in, looked at, written, undone; by those who run the network, and nobody else."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from importers import actions, regular
from importers.models import ImportRun, ImportSource
from initiatives.models import Initiative
from tests.factories import NetworkFactory

from .conftest import ROWS, decide, handed_in, table, upload

pytestmark = pytest.mark.django_db


def test_a_file_is_looked_at_written_and_undone(steward, network):
    before = Initiative.objects.count()
    run = handed_in(steward, network)
    assert (run.status, run.summary["added"]) == ("ready", 3)
    assert Initiative.objects.count() == before
    page = steward.get(f"/en/imports/{run.pk}/").content.decode()
    for word in ("Write this?", "lieux.csv", "habitat participatif", "Mapping as TOML", "imports-spec"):
        assert word in page
    decide(steward, run, "write")
    actions.write_now(run.pk, even_so=False)
    run.refresh_from_db()
    assert (run.status, run.started_by, run.summary["added"]) == ("done", network.stewards.get(), 3)
    assert Initiative.objects.count() == before + 3
    assert set(Initiative.objects.filter(identities__network=network).values_list("status", flat=True)) == {
        "published"
    }
    said = decide(steward, run, "undo").content.decode()
    assert "Undone: 3 taken away, 0 as before." in said
    assert Initiative.objects.count() == before


def test_the_name_of_an_upload_tells_what_its_rows_do_not(steward, network):
    rows = "nom;lat;lon\nLa Bobine;45.76;4.83\nLe Tournevis;45.77;4.84\n"
    steward.post("/en/imports/new/", {"network": network.pk, "file": upload(rows, "repair-cafes-lyon.csv")})
    run = ImportRun.objects.get()
    actions.look(run.pk)
    run.refresh_from_db()
    assert run.summary["added"] == 2
    assert "repair-cafes" in run.notes


def test_new_ones_may_wait_for_review(steward, network):
    run = handed_in(steward, network, review="on")
    decide(steward, run, "write")
    actions.write_now(run.pk, even_so=False)
    assert Initiative.objects.filter(identities__network=network, status="pending").count() == 3


def test_a_run_is_put_away_with_its_file(steward, network, django_capture_on_commit_callbacks):
    run = handed_in(steward, network)
    path = Path(run.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        decide(steward, run, "put_away")
    assert not ImportRun.objects.exists()
    assert not path.exists()


def test_a_file_that_cannot_be_read_says_why_and_where_nothing_lies(steward, network):
    steward.post("/en/imports/new/", {"network": network.pk, "file": upload("PK nothing", "a.csv")})
    run = ImportRun.objects.get()
    actions.look(run.pk)
    page = steward.get(f"/en/imports/{run.pk}/").content.decode()
    assert "Nothing was written." in page
    assert "one column only" in page
    assert run.file.storage.location not in page


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "file"),
        ({"file": "both", "address": "https://example.org/a.csv"}, "file"),
        ({"address": "ftp://example.org/a.csv"}, "address"),
        ({"file": "one", "mapping": "[fields]\nnope = 1"}, "mapping"),
        ({"file": "one", "mapping": "not toml"}, "mapping"),
        ({"file": "one", "format": "exe"}, "format"),
    ],
)
def test_a_form_that_does_not_fit_is_shown_again(steward, network, values, field):
    sent = {"network": network.pk, **values}
    if "file" in sent:
        sent["file"] = upload()
    answer = steward.post("/en/imports/new/", sent)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not ImportRun.objects.exists()


def test_a_file_that_is_too_large_is_told_so(steward, network, settings):
    settings.IMPORT_UPLOAD_MEGABYTES = 0
    answer = steward.post("/en/imports/new/", {"network": network.pk, "file": upload()})
    assert "expected at most 0" in str(answer.context["form"].errors["file"])


def test_only_networks_of_ones_own_are_there(steward, network):
    other = NetworkFactory()
    answer = steward.post("/en/imports/new/", {"network": other.pk, "file": upload()})
    assert "network" in answer.context["form"].errors
    foreign = ImportRun.objects.create(network=other, source="x.csv", status="done")
    source = ImportSource.objects.create(network=other, address="https://example.org/x.csv")
    for address in (
        f"/en/imports/{foreign.pk}/",
        f"/en/imports/{foreign.pk}/progress/",
        f"/en/imports/{foreign.pk}/issues.csv",
        f"/en/imports/{foreign.pk}/mapping.toml",
        f"/en/imports/sources/{source.pk}/",
    ):
        assert steward.get(address).status_code == 404, address
    for address in (
        f"/en/imports/{foreign.pk}/decide/",
        f"/en/imports/sources/{source.pk}/now/",
        f"/en/imports/sources/{source.pk}/remove/",
    ):
        assert steward.post(address, {"verb": "undo"}).status_code == 404, address
    assert "x.csv" not in steward.get("/en/imports/").content.decode()


@pytest.mark.parametrize("role", ["visitor", "facilitator", "moderator", "animator"])
def test_others_find_no_imports_but_how_to_come_to_them(client, cast, role):
    client.force_login(cast[role])
    page = client.get("/en/imports/").content.decode()
    assert "You run no network yet" in page
    assert "What was brought in" not in page
    assert client.get("/en/imports/new/").status_code == 403


def test_everyone_reads_who_may_import_and_how_to_become_a_steward(client, network, settings):
    settings.PUBLISHER = {**settings.PUBLISHER, "contact": "post@map.example"}
    ImportRun.objects.create(network=network, source="secret.csv", status="done")
    page = client.get("/en/imports/").content.decode()
    assert "How to become a steward" in page
    assert "mailto:post@map.example" in page
    assert "/en/accounts/login/?next=/en/imports/" in page
    assert "secret.csv" not in page
    assert client.post("/en/imports/").status_code == 405


@pytest.mark.parametrize("address", ["/en/networks/", "/en/initiatives/submit/"])
def test_the_way_to_imports_is_shown_to_everyone(client, db, address):
    assert 'href="/en/imports/"' in client.get(address).content.decode()


def test_issues_come_as_a_table_that_no_spreadsheet_runs(steward, network):
    rows = [*ROWS, "4;=cmd();0;0;=HYPERLINK(1);", "5;B;45.7;4.8;inconnu;"]
    steward.post("/en/imports/new/", {"network": network.pk, "file": upload(table(*rows))})
    run = ImportRun.objects.get()
    actions.look(run.pk)
    text = b"".join(steward.get(f"/en/imports/{run.pk}/issues.csv")).decode("utf-8-sig")
    assert text.splitlines()[0] == "row,level,field,value,message"
    assert "5,warning,themes,inconnu" in text
    assert ",=" not in text
    page = steward.get(f"/en/imports/{run.pk}/").content.decode()
    assert "<code>inconnu</code>" in page


def test_the_mapping_may_be_kept_and_handed_in_again(steward, network):
    run = handed_in(steward, network)
    text = steward.get(f"/en/imports/{run.pk}/mapping.toml").content.decode()
    assert 'name = "name"' in text
    ImportRun.objects.all().delete()
    again = handed_in(steward, network, mapping=text)
    assert again.summary["added"] == 3
    assert not again.mapping["guessed"]


def test_a_decision_on_what_was_decided_meanwhile_changes_nothing(steward, network):
    run = handed_in(steward, network)
    decide(steward, run, "write")
    actions.write_now(run.pk, even_so=False)
    assert "Somebody decided" in decide(steward, run, "write").content.decode()
    assert "Somebody decided" in decide(steward, run, "put_away").content.decode()
    actions.look(run.pk)
    actions.write_now(run.pk, even_so=True)
    assert ImportRun.objects.get().status == "done"


def test_too_much_at_once_waits_for_a_word(steward, network, settings):
    settings.IMPORT_FEW = 0
    run = handed_in(steward, network)
    decide(steward, run, "write")
    actions.write_now(run.pk, even_so=False)
    less = ImportRun.objects.create(network=network, source="less.csv", status="waiting")
    less.file.save("less.csv", upload(table(ROWS[0])))
    actions.look(less.pk)
    assert "Unusually much" in steward.get(f"/en/imports/{less.pk}/").content.decode()
    decide(steward, less, "write")
    actions.write_now(less.pk, even_so=False)
    less.refresh_from_db()
    assert less.status == "ready"
    assert "2 of 3 records no longer there" in steward.get(f"/en/imports/{less.pk}/").content.decode()
    decide(steward, less, "write", even_so="yes")
    actions.write_now(less.pk, even_so=True)
    less.refresh_from_db()
    assert (less.status, less.summary["gone"]) == ("done", 2)


def test_lists_ask_a_fixed_number_of_times(steward, network, django_assert_max_num_queries):
    for number in range(30):
        ImportRun.objects.create(network=network, source=f"{number}.csv", status="done")
        ImportSource.objects.create(network=network, address=f"https://example.org/{number}.csv")
    with django_assert_max_num_queries(12):
        assert steward.get("/en/imports/").status_code == 200


def test_an_address_is_kept_changed_and_read_no_more(steward, network, cast):
    values = {
        "network": network.pk,
        "address": "https://example.org/a.csv",
        "format": "auto",
        "schedule": "daily",
        "told": "on",
    }
    assert steward.post("/en/imports/sources/new/", values).status_code == 302
    source = ImportSource.objects.get()
    assert (source.schedule, list(source.people.all())) == ("daily", [cast["steward"]])
    assert "https://example.org/a.csv" in steward.get("/en/imports/").content.decode()
    address = reverse("import_source", args=[source.pk])
    values |= {"schedule": "weekly", "told": ""}
    assert steward.post(address, values).status_code == 302
    source.refresh_from_db()
    assert (source.schedule, source.people.count()) == ("weekly", 0)
    assert steward.post(f"/en/imports/sources/{source.pk}/now/").status_code == 302
    assert ImportRun.objects.get().regular == source
    assert steward.post(f"/en/imports/sources/{source.pk}/remove/").status_code == 302
    assert not ImportSource.objects.exists()
    assert ImportRun.objects.get().regular is None


def test_runs_of_a_worker_that_died_are_given_up(network, time_machine):
    run = ImportRun.objects.create(network=network, source="a.csv", status="running")
    assert regular.give_up_lost() == 0
    time_machine.move_to(run.started_at + timedelta(hours=7))
    assert regular.give_up_lost() == 1
    run.refresh_from_db()
    assert run.status == "failed"
