"""Undo of a run: everything as before, but for what somebody worked on since."""

import io

import pghistory
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from importers.models import ImportRun
from initiatives import actions
from initiatives.models import DistinctPair, Identity, Initiative, Link
from tests.conftest import LYON
from tests.factories import InitiativeFactory

from .conftest import BY_ID, ROWS, counts, table

pytestmark = pytest.mark.django_db

TABLES = {
    "initiatives_initiative": "to_jsonb(t) - 'updated_at'",
    "initiatives_initiativetheme": "to_jsonb(t)",
    "initiatives_initiativeterritory": "to_jsonb(t) - 'id'",
    "initiatives_contact": "to_jsonb(t)",
    "initiatives_networkmembership": "to_jsonb(t)",
    "initiatives_identity": "to_jsonb(t)",
    "initiatives_oldslug": "to_jsonb(t) - 'id'",
}


def everything() -> dict[str, list[str]]:
    """All rows of all that an import writes."""
    found = {}
    with connection.cursor() as cursor:
        for name, shown in TABLES.items():
            cursor.execute(f"SELECT ({shown})::text FROM {name} AS t ORDER BY 1")
            found[name] = [row[0] for row in cursor.fetchall()]
    return found


def undo(summary: dict) -> str:
    """What undo_import says."""
    out = io.StringIO()
    call_command("undo_import", summary["run"], stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _no_grace(settings):
    """What is gone is archived at once."""
    settings.IMPORT_GRACE_DAYS = 0


@pytest.fixture
def by_id(write_file):
    """A mapping that goes by the column id."""
    return write_file(BY_ID + 'url = "website"\n', "m.toml")


def test_what_a_run_added_is_gone_and_may_be_added_again(run, three, rhone):
    before = everything()
    summary = run(three, write=True)
    assert undo(summary) == "removed 3, put back 0, changed since 0\n"
    assert everything() == before
    assert ImportRun.objects.get().status == "undone"
    assert counts(run(three, write=True)) == (3, 0, 0, 0, 0)


def test_what_a_run_changed_archived_and_joined_is_as_before(run, three, write_file, by_id, rhone):
    InitiativeFactory(
        name="Le Lavoir", position=LYON, published=True, website="https://lavoir.example/"
    ).contacts.create(kind="email", value="a@lavoir.example", visibility="everyone")
    run(three, mapping=by_id, write=True)
    before = everything()
    other = [
        "1;Le Grand Fournil;45.77;4.84;repair café;https://grand.example.org",
        f"4;Le Lavoir;{LYON.y};{LYON.x};habitat participatif;",
        "2;La Remise;45.75;4.85;repair café;https://remise.example.org",
    ]
    summary = run(write_file(table(*other), "other.csv"), mapping=by_id, write=True)
    assert counts(summary) == (0, 2, 0, 1, 0)
    assert summary["gone"] == 1
    assert everything() != before
    assert undo(summary) == "removed 0, put back 4, changed since 0\n"
    assert everything() == before
    assert counts(run(three, mapping=by_id)) == (0, 0, 3, 0, 0)


def test_what_came_back_is_archived_again(run, three, write_file, rhone):
    run(three, write=True)
    run(write_file(table(*ROWS[:2]), "two.csv"), write=True)
    before = everything()
    summary = run(three, write=True)
    assert Initiative.objects.get(name="Le Jardin").status == "published"
    undo(summary)
    assert everything() == before
    assert Initiative.objects.get(name="Le Jardin").status == "archived"


def test_what_somebody_worked_on_since_stays_and_is_named(run, three, write_file, by_id, cast):
    run(three, mapping=by_id, write=True)
    changed = [row.replace("Le ", "Un ").replace("La ", "Une ") for row in ROWS] + [
        "4;Une Presse;45.7;4.9;repair café;",
        "5;Une Scène;45.7;4.91;repair café;",
    ]
    summary = run(write_file(table(*changed), "changed.csv"), mapping=by_id, write=True)
    assert counts(summary) == (2, 3, 0, 0, 0)
    oven = Initiative.objects.get(identities__external_id="1")
    press = Initiative.objects.get(identities__external_id="4")
    actions.revise(oven, by=cast["moderator"], values={"name": "Notre Fournil"})
    actions.revise(press, by=cast["moderator"], values={"summary": "Des tracts."})
    said = undo(summary)
    assert f"changed since, slug, name kept: Notre Fournil ({oven.pk})" in said
    assert f"changed since, kept: Une Presse ({press.pk})" in said
    assert said.endswith("removed 1, put back 3, changed since 2\n")
    oven.refresh_from_db()
    assert oven.name == "Notre Fournil"
    press.refresh_from_db()
    assert (press.status, press.summary, press.theme_links.count()) == ("published", "Des tracts.", 1)
    assert set(Initiative.objects.values_list("name", flat=True)) >= {"La Remise", "Le Jardin"}
    assert not Initiative.objects.filter(name="Une Scène").exists()


@pytest.mark.parametrize(
    "values",
    [
        {"contacts": {"email": ("four@fournil.example", "everyone")}},
        {"contacts": {}},
        {"networks": []},
    ],
    ids=["contact changed", "contact taken away", "network left"],
)
def test_work_on_what_belongs_to_an_initiative_keeps_it(run, write_file, cast, values):
    text = (
        "id;name;lat;lon;theme;email\n"
        "1;Le Fournil;45.76;4.83;habitat participatif;fournil@fournil.example\n"
        "2;La Remise;45.75;4.85;repair café;remise@remise.example\n"
    )
    summary = run(write_file(text, "mailed.csv"), write=True)
    oven = Initiative.objects.get(name="Le Fournil")
    actions.revise(oven, by=cast["moderator"], values=values)
    assert undo(summary).endswith(f"Le Fournil ({oven.pk})\nremoved 1, put back 0, changed since 1\n")
    assert Initiative.objects.filter(name__in=("Le Fournil", "La Remise")).get() == oven


def test_something_attached_since_keeps_an_initiative(run, three, rhone):
    summary = run(three, write=True)
    garden = Initiative.objects.get(name="Le Jardin")
    with pghistory.context():
        garden.contacts.create(kind="email", value="a@jardin.example", visibility="everyone")
    assert "removed 2, put back 0, changed since 1" in undo(summary)
    assert Identity.objects.get().initiative == garden


@pytest.mark.parametrize(("source", "kept"), [("", 2), ("edges.csv", 0)], ids=["by hand", "from a list"])
def test_a_link_that_somebody_drew_keeps_what_it_leads_to(run, three, rhone, source, kept):
    summary = run(three, write=True)
    oven, garden = Initiative.objects.order_by("pk")[:2]
    Link.objects.create(from_initiative=oven, kind="supplies", to_initiative=garden, source=source)
    assert f"removed {3 - kept}, put back 0, changed since {kept}" in undo(summary)
    assert Link.objects.exists() == bool(kept)


def test_a_pair_told_apart_keeps_neither(run, three, rhone):
    summary = run(three, write=True)
    oven, garden = Initiative.objects.order_by("pk")[:2]
    DistinctPair.objects.create(lower=oven, higher=garden)
    assert "removed 3, put back 0, changed since 0" in undo(summary)


def test_an_undo_is_a_step_of_the_history(run, three, write_file, by_id):
    run(three, mapping=by_id, write=True)
    summary = run(
        write_file(table(*(row.replace("Le ", "Un ") for row in ROWS)), "b.csv"), mapping=by_id, write=True
    )
    undo(summary)
    oven = Initiative.objects.get(identities__external_id="1")
    assert oven.name == "Le Fournil"
    last = oven.status_changes.first()
    assert (last.verb, last.to_status) == ("revise", "published")
    assert last.reason == f"Import {summary['run']} undone."


def test_runs_are_undone_one_after_the_other(run, three, write_file, by_id, rhone):
    before = everything()
    first = run(three, mapping=by_id, write=True)
    second = run(
        write_file(table(*(row.replace("Le ", "Un ") for row in ROWS)), "b.csv"), mapping=by_id, write=True
    )
    assert counts(second) == (0, 2, 1, 0, 0)
    assert undo(second) == "removed 0, put back 2, changed since 0\n"
    assert undo(first) == "removed 3, put back 0, changed since 0\n"
    assert everything() == before


def test_what_cannot_be_undone_says_why(run, three):
    with pytest.raises(CommandError, match="no run 4711"):
        undo({"run": 4711})
    summary = run(three, write=True)
    undo(summary)
    with pytest.raises(CommandError, match="is undone; expected one that is done"):
        undo(summary)


def test_another_network_that_came_and_went_is_no_work(run, three, rhone):
    first, second = run(three, write=True), run(three, "another", write=True)
    assert second["duplicates"] == 3
    undo(second)
    undo(first)
    assert not Initiative.objects.exists()
