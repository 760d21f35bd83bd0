"""Records that the house has already: joined where it is sure, looked at where it may be, apart where it is not."""

import pytest
from django.contrib.gis.geos import Point

from importers.models import ImportIssue
from initiatives.models import Identity, Initiative
from tests.conftest import LYON
from tests.factories import InitiativeFactory

from .conftest import counts

pytestmark = pytest.mark.django_db

HEADER = "id;name;lat;lon;theme;website;phone;email"
HERE = f"{LYON.y};{LYON.x}"
STREET_AWAY = f"{LYON.y + 0.002:.4f};{LYON.x}"
ACROSS_TOWN = f"{LYON.y + 0.03:.4f};{LYON.x}"
ELSEWHERE = "48.85;2.35"


@pytest.fixture
def there(bakery):
    """The bakery, with all that it can be recognised by."""
    bakery.website = "https://www.fournil.example/lyon"
    bakery.save()
    bakery.contacts.create(kind="phone", value="+33478000000", visibility="everyone")
    bakery.contacts.create(kind="email", value="pain@fournil.example", visibility="everyone")
    return bakery


def row(name, place, website="", phone="", email="", key="1"):
    """One line of the file."""
    return f"{key};{name};{place};habitat participatif;{website};{phone};{email}"


@pytest.mark.parametrize(
    ("line", "came"),
    [
        (row("Le Fournil des Deux Rives", HERE), "joined"),
        (row("LE FOURNIL DES DEUX-RIVES", HERE), "joined"),
        (row("Le Fournil des Deux Rives", ACROSS_TOWN, phone="+33 4 78 00 00 00"), "joined"),
        (row("Le Fournil des Deux Rives", STREET_AWAY, website="http://fournil.example/lyon/"), "joined"),
        (row("Le Fournil des Deux Rives", STREET_AWAY), "doubted"),
        (row("Fournil des 2 Rives", HERE), "doubted"),
        (row("Boulangerie", HERE, phone="+33 4 78 00 00 00", email="pain@fournil.example"), "joined"),
        (row("Boulangerie", HERE, phone="+33 4 78 00 00 00"), "doubted"),
        (row("Le Fournil des Deux Rives", ACROSS_TOWN), "apart"),
        (row("Le Fournil des Deux Rives", ELSEWHERE), "apart"),
        (row("Le Fournil des Deux Rives", ELSEWHERE, website="https://fournil.example/paris"), "apart"),
        (row("La Remise", HERE), "apart"),
        (row("La Remise", HERE, website="https://fournil.example/lyon"), "apart"),
    ],
)
def test_signs_add_up(run, write_file, there, line, came):
    file = write_file(f"{HEADER}\n{line}\n")
    summary = run(file, write=True)
    made = Initiative.objects.exclude(pk=there.pk)
    if came == "joined":
        assert counts(summary) == (0, 0, 0, 1, 0)
        assert there.identities.get().external_id == "1"
        assert there.memberships.filter(network__slug="demo").exists()
        assert not made.exists()
    else:
        assert counts(summary) == (1, 0, 0, 0, 0)
        assert made.get().status == ("pending" if came == "doubted" else "published")
        assert not there.identities.exists()
    if came == "doubted":
        assert f"({there.slug})" in made.get().status_changes.get().reason
        assert "may be initiative" in ImportIssue.objects.get().message
    assert counts(run(file, write=True)) == (0, 0, 1, 0, 0)


def test_a_dry_run_says_the_same_and_joins_nothing(run, write_file, there):
    file = write_file(f"{HEADER}\n{row('Le Fournil des Deux Rives', HERE)}\n")
    assert counts(run(file)) == (0, 0, 0, 1, 0)
    assert not Identity.objects.exists()


def test_a_site_or_number_that_many_have_proves_nothing(run, write_file, there):
    for number in range(4):
        other = InitiativeFactory(
            name=f"Autre {number}",
            position=Point(2, 47, srid=4326),
            website="https://fournil.example",
            published=True,
        )
        other.contacts.create(kind="phone", value="+33478000000", visibility="everyone")
    line = row("Fournil des Rives", STREET_AWAY, website="https://fournil.example", phone="+33 4 78 00 00 00")
    run(write_file(f"{HEADER}\n{line}\n"), write=True)
    assert Initiative.objects.get(name="Fournil des Rives").status == "published"


def test_a_number_in_a_register_is_known_across_sources(run, write_file, rhone):
    first = f"{HEADER}\n{row('Le Fournil', HERE, key='552 100 554 00013')}\n"
    second = f"{HEADER}\n{row('Fournil SCOP', STREET_AWAY, key='552 100 554 00013')}\n"
    run(write_file(first), write=True)
    summary = run(write_file(second), network="register", write=True)
    assert counts(summary) == (0, 0, 0, 1, 0)
    assert Initiative.objects.get().identities.count() == 2


def test_of_two_rows_for_one_initiative_the_better_one_joins(run, write_file, there):
    lines = [
        row("Le Fournil des Deux Rive", HERE, key="1"),
        row("Le Fournil des Deux Rives", HERE, website="https://fournil.example/lyon", key="2"),
    ]
    summary = run(write_file("\n".join([HEADER, *lines])), write=True)
    assert counts(summary) == (1, 0, 0, 1, 0)
    assert there.identities.get().external_id == "2"
    assert Initiative.objects.get(name="Le Fournil des Deux Rive").status == "pending"


def test_a_joined_record_fills_what_nobody_gave_and_overwrites_nothing(run, write_file, there):
    there.contacts.all().delete()
    line = row(
        "Le Fournil des Deux Rives",
        HERE,
        website="https://www.fournil.example/lyon?a=1",
        phone="+33 4 78 11 11 11",
    )
    run(write_file(f"{HEADER}\n{line}\n"), write=True)
    there.refresh_from_db()
    assert there.website == "https://www.fournil.example/lyon"
    assert there.contacts.get().value == "+33478111111"
    kept = ImportIssue.objects.get(level="kept")
    assert (kept.field, kept.value) == ("website", "https://www.fournil.example/lyon?a=1")
    assert "kept: https://www.fournil.example/lyon" in kept.message


def test_everything_new_may_wait_for_review(run, three):
    assert counts(run(three, write=True, review=True)) == (3, 0, 0, 0, 0)
    assert set(Initiative.objects.values_list("status", flat=True)) == {"pending"}
    assert set(Initiative.objects.values_list("status_changes__verb", flat=True)) == {"submit"}
