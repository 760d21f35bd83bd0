"""A record that names another one is a site of it, wherever that stands."""

import pytest

from importers.models import ImportIssue
from initiatives import actions
from initiatives.models import Identity, Initiative

from .conftest import counts
from .test_undo import everything, undo

pytestmark = pytest.mark.django_db

HEADER = "id;name;lat;lon;theme;of"
MAPPING = """
[fields]
name = "name"
parent = "of"
[position]
longitude = "lon"
latitude = "lat"
[themes]
column = "theme"
[identity]
external_id = "id"
"""
# The first of them stands before what it is a site of.
ROWS = (
    "1;Atelier Nord;45.76;4.83;repair café;9",
    "9;Fédération;45.75;4.85;repair café;",
    "2;Atelier Sud;45.74;4.86;repair café;9",
)


@pytest.fixture
def sites(run, write_file, rhone):
    """Imports rows, and gives the summary."""
    mapping = write_file(MAPPING, "sites.toml")

    def command(*rows: str, **options) -> dict:
        file = write_file("\n".join([HEADER, *rows]))
        return run(file, mapping=mapping, write=True, **options)

    return command


def parents() -> dict[str, str | None]:
    """Of each initiative the name of what it is a site of."""
    return dict(Initiative.objects.values_list("name", "parent__name"))


def test_records_of_one_file_find_each_other(sites):
    assert counts(sites(*ROWS)) == (3, 0, 0, 0, 0)
    assert parents() == {"Atelier Nord": "Fédération", "Fédération": None, "Atelier Sud": "Fédération"}
    assert not ImportIssue.objects.exists()
    assert counts(sites(*ROWS)) == (0, 0, 3, 0, 0)


def test_a_key_is_taken_as_it_stands(sites):
    sites(*(row.replace("9;F", "A  <9>;F").replace(";9", "; A  <9> ") for row in ROWS))
    assert parents() == {"Atelier Nord": "Fédération", "Fédération": None, "Atelier Sud": "Fédération"}


def test_a_record_of_an_earlier_run_is_found(sites):
    sites(ROWS[1])
    assert counts(sites(*ROWS[:2])) == (1, 0, 1, 0, 0)
    assert parents()["Atelier Nord"] == "Fédération"


def test_a_site_changes_hands_or_becomes_independent(sites):
    sites(*ROWS)
    changed = (ROWS[0].replace(";9", ";2"), ROWS[1], ROWS[2].replace(";9", ";"))
    assert counts(sites(*changed, even_so=True)) == (0, 2, 1, 0, 0)
    assert parents() == {"Atelier Nord": "Atelier Sud", "Fédération": None, "Atelier Sud": None}


def test_what_people_said_stays(sites, cast):
    sites(*ROWS)
    one = Initiative.objects.get(name="Atelier Nord")
    actions.revise(one, by=cast["moderator"], values={"parent": Initiative.objects.get(name="Atelier Sud")})
    sites(ROWS[0].replace(";9", ";"), *ROWS[1:], even_so=True)
    assert parents()["Atelier Nord"] == "Atelier Sud"


@pytest.mark.parametrize("key", ["77", "1"])
def test_a_key_that_leads_nowhere_is_told(sites, key):
    summary = sites(ROWS[0].replace(";9", f";{key}"), ROWS[1])
    assert counts(summary) == (2, 0, 0, 0, 0)
    issue = ImportIssue.objects.get()
    assert (issue.row, issue.field, issue.value, issue.level) == (1, "parent", key, "warning")
    assert set(parents().values()) == {None}


def test_a_site_that_came_before_its_head_finds_it(sites):
    sites(ROWS[0], ROWS[2])
    assert set(parents().values()) == {None}
    assert counts(sites(*ROWS)) == (1, 2, 0, 0, 0)
    assert parents() == {"Atelier Nord": "Fédération", "Fédération": None, "Atelier Sud": "Fédération"}
    assert counts(sites(*ROWS)) == (0, 0, 3, 0, 0)


def test_a_site_without_a_head_is_as_it_was_and_told_each_time(sites):
    alone = (ROWS[0].replace(";9", ";77"), ROWS[1])
    sites(*alone)
    versions = Identity.objects.values_list("pk", "seen_at")
    before = list(versions.order_by("pk"))
    assert counts(sites(*alone)) == (0, 0, 2, 0, 0)
    assert list(versions.order_by("pk")) == before
    assert [issue.value for issue in ImportIssue.objects.all()] == ["77", "77"]


def test_who_was_made_independent_by_people_is_not_looked_at_again(sites, cast):
    sites(*ROWS)
    one = Initiative.objects.get(name="Atelier Nord")
    actions.revise(one, by=cast["moderator"], values={"parent": None})
    assert counts(sites(*ROWS)) == (0, 0, 3, 0, 0)
    assert parents()["Atelier Nord"] is None


def test_an_undo_leaves_a_site_without_the_head_that_came(sites):
    sites(ROWS[0], ROWS[2])
    before = everything()
    undo(sites(*ROWS, even_so=True))
    assert everything() == before


def test_an_undo_leads_a_site_back_to_its_former_head(sites):
    sites(*ROWS)
    before = everything()
    moved = (ROWS[0].replace(";9", ";12"), *ROWS[1:], "12;Union;45.7;4.8;repair café;")
    summary = sites(*moved, even_so=True)
    assert parents()["Atelier Nord"] == "Union"
    undo(summary)
    assert everything() == before


def test_an_undo_leaves_a_head_that_people_gave_a_site(sites, cast):
    sites(ROWS[0].replace(";9", ";"))
    summary = sites(ROWS[0].replace(";9", ";").replace("Nord", "du Nord"), ROWS[1], even_so=True)
    one = Initiative.objects.get(name="Atelier du Nord")
    actions.revise(one, by=cast["moderator"], values={"parent": Initiative.objects.get(name="Fédération")})
    undo(summary)
    assert parents() == {"Le Fournil des Deux Rives": None, "Atelier Nord": "Fédération", "Fédération": None}


def test_a_key_that_is_far_too_long_is_left_out(sites):
    sites(f"{ROWS[0][:-1]}{'9' * 201}")
    assert "expected at most 200 characters" in ImportIssue.objects.get().message


def test_an_undo_takes_them_apart_again(sites):
    sites(ROWS[0].replace(";9", ";"), ROWS[1])
    before = everything()
    summary = sites(*ROWS, even_so=True)
    assert parents()["Atelier Nord"] == "Fédération"
    undo(summary)
    assert everything() == before


def test_an_undo_takes_a_head_away_together_with_its_sites(sites):
    before = everything()
    assert "removed 3, put back 0, changed since 0" in undo(sites(*ROWS))
    assert everything() == before


def test_an_undo_leaves_a_head_of_a_site_that_stays(sites, cast):
    summary = sites(*ROWS)
    north = Initiative.objects.get(name="Atelier Nord")
    actions.revise(north, by=cast["moderator"], values={"summary": "On répare."})
    assert "removed 1, put back 0, changed since 2" in undo(summary)
    assert parents()["Atelier Nord"] == "Fédération"
