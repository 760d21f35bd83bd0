"""What the database refuses whatever the code does, and former addresses."""

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, connection, transaction

from initiatives import actions
from initiatives.models import Identity, Initiative, InitiativeTheme, NetworkMembership, OldSlug
from tests.factories import InitiativeFactory, NetworkFactory
from tests.initiatives.pages import address

INCOMPLETE = {
    "a name": "name = ''",
    "a main theme": "primary_theme_id = NULL",
    "a position": "position = NULL",
    "only one of position and mark": "has_no_position = true",
}
IMPOSSIBLE = {
    "initiative_position_on_map": "position = ST_SetSRID(ST_MakePoint(0, 86), 4326)",
    "initiative_status_known": "status = 'forgotten'",
    "initiative_precision_known": "precision = 'roughly'",
    "initiative_not_its_own_site": "parent_id = id",
}


def update(change: str) -> None:
    """Change all rows by SQL, past all code of ours."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE initiatives_initiative SET {change}")


@pytest.mark.parametrize("missing", INCOMPLETE)
def test_what_is_published_is_complete(bakery, missing):
    with pytest.raises(IntegrityError, match="initiative_published_is_complete"):
        update(INCOMPLETE[missing])


@pytest.mark.parametrize("missing", INCOMPLETE)
def test_a_draft_need_not_be_complete(bakery, missing):
    update("status = 'draft'")
    update(INCOMPLETE[missing])
    with pytest.raises(IntegrityError, match="initiative_published_is_complete"):
        update("status = 'published'")


def test_one_marked_as_having_no_position_is_complete(bakery):
    update("position = NULL, has_no_position = true")
    bakery.refresh_from_db()
    assert bakery.public_position is None
    assert bakery.cell is None


@pytest.mark.parametrize("constraint", IMPOSSIBLE)
def test_an_impossible_value_is_refused(bakery, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        update(IMPOSSIBLE[constraint])


@pytest.mark.django_db
def test_rows_made_in_bulk_are_checked_too():
    pole = Initiative(name="Pole", slug="pole", position=Point(0, 90, srid=4326))
    with pytest.raises(IntegrityError, match="initiative_position_on_map"), transaction.atomic():
        Initiative.objects.bulk_create([pole])
    shown = Initiative(name="Shown", slug="shown", status="published", has_no_position=True)
    with pytest.raises(IntegrityError, match="initiative_published_is_complete"), transaction.atomic():
        Initiative.objects.bulk_create([shown])
    assert not Initiative.objects.exists()


def test_a_source_knows_a_record_once(bakery):
    network, other = NetworkFactory(), NetworkFactory()
    record = {"initiative": bakery, "external_id": "42", "checksum": "x"}
    Identity.objects.create(network=network, **record)
    Identity.objects.create(network=other, **record)
    with pytest.raises(IntegrityError, match="identity_once_a_network"), transaction.atomic():
        Identity.objects.bulk_create([Identity(network=network, **record)])
    with pytest.raises(IntegrityError, match="identity_has_key"), transaction.atomic():
        Identity.objects.bulk_create([Identity(network=network, **{**record, "external_id": ""})])


def test_a_theme_and_a_current_membership_count_once(bakery):
    theme = InitiativeTheme.objects.get(initiative=bakery)
    with pytest.raises(IntegrityError, match="initiative_theme_once"), transaction.atomic():
        InitiativeTheme.objects.bulk_create([InitiativeTheme(initiative=bakery, theme=theme.theme)])
    network = NetworkFactory()
    bakery.memberships.create(network=network, since="2020-01-01", until="2021-01-01")
    bakery.memberships.create(network=network)
    with pytest.raises(IntegrityError, match="network_membership_once"), transaction.atomic():
        bakery.memberships.create(network=network)
    backwards = NetworkMembership(initiative=bakery, network=network, since="2021-01-01", until="2020-01-01")
    with pytest.raises(IntegrityError, match="network_membership_dates"), transaction.atomic():
        NetworkMembership.objects.bulk_create([backwards])


def test_computed_columns_follow_the_row(bakery):
    update("precision = 'region', street = '7 rue Cachée', locality = 'Lyon'")
    bakery.refresh_from_db()
    assert bakery.position.coords == (4.8357, 45.764)
    assert bakery.public_position.coords != bakery.position.coords
    assert (bakery.public_street, bakery.public_locality) == ("", "")
    assert not Initiative.objects.matching("Lyon").exists()
    assert Initiative.objects.matching("fourn").get() == bakery


# ── Addresses ───────────────────────────────────────────────────────────────────────────────────


def test_a_former_address_redirects_to_the_present_one(client, bakery):
    first = bakery.slug
    second = actions.revise(bakery, by=None, values={"name": "La Boulangerie"}).slug
    third = actions.revise(bakery, by=None, values={"name": "Du pain"}).slug
    assert (first, second, third) == ("le-fournil-des-deux-rives", "la-boulangerie", "du-pain")
    for former in (first, second):
        answer = client.get(address("initiative", former))
        assert (answer.status_code, answer.headers["Location"]) == (301, address("initiative", third))
    assert client.get(address("initiative", third)).status_code == 200


def test_a_former_address_is_not_given_to_another(client, bakery):
    former = bakery.slug
    actions.revise(bakery, by=None, values={"name": "La Boulangerie"})
    other = InitiativeFactory(name="Le Fournil des deux rives", published=True)
    assert other.slug == f"{former}-2"


def test_the_same_name_written_otherwise_keeps_the_address(bakery):
    before = bakery.slug
    assert actions.revise(bakery, by=None, values={"name": "Le fournil des DEUX rives"}).slug == before
    assert not OldSlug.objects.exists()


def test_a_name_given_back_gets_a_new_address_and_keeps_both_former_ones(client, bakery):
    first = bakery.slug
    actions.revise(bakery, by=None, values={"name": "La Boulangerie"})
    back = actions.revise(bakery, by=None, values={"name": "Le Fournil des Deux Rives"}).slug
    assert back == f"{first}-2"
    assert client.get(address("initiative", first)).headers["Location"] == address("initiative", back)


def test_a_former_address_of_what_is_hidden_leads_nowhere(client, bakery):
    former = bakery.slug
    actions.revise(bakery, by=None, values={"name": "La Boulangerie"})
    actions.archive(bakery, by=None)
    assert client.get(address("initiative", former)).status_code == 404
