"""What each column holds, and what a value means, chosen on the page of an import."""

import pytest

from importers import actions
from importers.models import ImportRun
from initiatives.models import Initiative

from .conftest import decide, handed_in, upload

pytestmark = pytest.mark.django_db


def looked_at(steward, network, rows, name="lieux.csv"):
    """The run of such a table, looked at."""
    steward.post("/en/imports/new/", {"network": network.pk, "file": upload(rows, name)})
    run = ImportRun.objects.get()
    actions.look(run.pk)
    run.refresh_from_db()
    return run


def chosen(steward, run, columns=(), values=()):
    """What the form of the page would send: its lists as they stand, and what was chosen otherwise."""
    form = steward.get(f"/en/imports/{run.pk}/").context["form"]
    sent = {field.html_name: field.value() or "" for field in form}
    names = [column["name"] for column in run.columns]
    sent |= {f"column-{names.index(column)}": target for column, target in dict(columns).items()}
    sent |= {form.of_value(value).html_name: slug for value, slug in dict(values).items()}
    return decide(steward, run, "look_again", **sent)


ODD = "a;b;c;d;e\nLa Bobine;Grenoble;45.18;5.72;xyzzy\nLe Tournevis;Grenoble;45.19;5.73;plugh\n"


def test_columns_are_chosen_where_none_was_understood(steward, network):
    run = looked_at(steward, network, ODD)
    assert run.status == "failed"
    columns = {"a": "name", "b": "locality", "c": "latitude", "d": "longitude", "e": "themes"}
    chosen(steward, run, columns)
    run.refresh_from_db()
    assert run.status == "waiting"
    actions.look(run.pk)
    run.refresh_from_db()
    assert (run.status, run.summary["refused"]) == ("ready", 2)
    page = chosen(steward, run, values={"xyzzy": "repair-cafes", "plugh": "co-housing"})
    assert page.status_code == 200
    actions.look(run.pk)
    run.refresh_from_db()
    assert (run.summary["added"], run.summary["refused"]) == (2, 0)
    decide(steward, run, "write")
    actions.write_now(run.pk, even_so=False)
    bobine = Initiative.objects.get(name="La Bobine")
    assert (bobine.primary_theme.slug, bobine.locality) == ("repair-cafes", "Grenoble")
    assert bobine.position.coords == (5.72, 45.18)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"a": ""}, "One column must hold the name."),
        ({"c": ""}, "Latitude and longitude belong together"),
        ({"e": "external_id", "b": "external_id"}, "Only one column can hold this: Identifier."),
        ({"b": "nonsense"}, "It was not read again."),
    ],
)
def test_choices_that_cannot_be_read_by_are_told(steward, network, columns, said):
    rows = ODD.replace("a;b;c;d;e", "name;town;lat;lon;key").replace("xyzzy", "repair café")
    run = looked_at(steward, network, rows)
    names = dict(zip("abcde", ("name", "town", "lat", "lon", "key")))
    answer = chosen(steward, run, {names[column]: target for column, target in columns.items()})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    run.refresh_from_db()
    assert run.status == "ready"


def test_a_written_run_is_not_looked_at_again(steward, network):
    run = handed_in(steward, network)
    form = steward.get(f"/en/imports/{run.pk}/").context["form"]
    sent = {field.html_name: field.value() or "" for field in form}
    decide(steward, run, "write")
    actions.write_now(run.pk, even_so=False)
    assert (
        "Somebody decided on this import meanwhile"
        in decide(steward, run, "look_again", **sent).content.decode()
    )
    run.refresh_from_db()
    assert run.status == "done"


def test_a_file_that_could_not_be_read_has_no_columns_to_choose(steward, network):
    run = looked_at(steward, network, "PK nothing", "a.csv")
    answer = decide(steward, run, "look_again")
    assert answer.status_code == 200
    assert "Somebody decided on this import meanwhile" in answer.content.decode()
    run.refresh_from_db()
    assert run.status == "failed"
