"""Rows that belong to one initiative: once each, and never without what makes them useful."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from initiatives import actions
from initiatives.enums import ContactKind, Visibility
from initiatives.models import Contact, InitiativeTerritory, Translation
from tests.factories import NetworkFactory


def refuses(constraint: str, *rows) -> None:
    """The database refuses the rows together, past all checks of ours."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        type(rows[0]).objects.bulk_create(rows)


def test_a_contact_comes_once_a_kind(bakery):
    first, second = (Contact(initiative=bakery, kind="email", value=f"{who}@demo.example") for who in "ab")
    refuses("contact_once_a_kind", first, second)
    Contact.objects.bulk_create([first, Contact(initiative=bakery, kind="phone", value="+33199001234")])
    refuses("contact_once_a_kind", second)


def test_a_contact_without_a_value_is_refused(bakery):
    refuses("contact_has_value", Contact(initiative=bakery, kind="email", value=""))


def test_a_translation_comes_once_a_language(bakery):
    refuses("translation_once_a_language", *(Translation(initiative=bakery, language="de") for _ in "ab"))


def test_a_territory_comes_once(bakery, rhone):
    refuses("initiative_territory_once", InitiativeTerritory(initiative=bakery, territory=rhone))


def test_a_contact_is_seen_by_nobody_unless_said(bakery):
    contact = Contact.objects.create(initiative=bakery, kind="email", value="a@demo.example")
    assert contact.visibility == Visibility.NOBODY


@pytest.mark.parametrize(
    ("kind", "value", "named"),
    [
        ("email", "no mail", "__all__"),
        ("phone", "01 99 00 12 34", "__all__"),
        ("", "a@demo.example", "kind"),
        ("fax", "+33199001234", "kind"),
    ],
)
def test_a_wrong_contact_is_told_and_never_breaks(bakery, kind, value, named):
    with pytest.raises(ValidationError) as error:
        Contact(initiative=bakery, kind=kind, value=value).full_clean()
    assert list(error.value.message_dict) == [named]


def test_only_rows_that_differ_are_written(bakery):
    mail = {ContactKind.EMAIL: ("a@demo.example", Visibility.EVERYONE)}
    phone = {ContactKind.PHONE: ("+33199001234", Visibility.MEMBERS)}
    actions.revise(bakery, by=None, values={"contacts": mail | phone})
    kept = bakery.contacts.get(kind="email")
    actions.revise(bakery, by=None, values={"contacts": mail})
    assert bakery.contacts.get() == kept
    assert not kept.versions.exists()


def test_leaving_a_network_keeps_the_other_one(bakery):
    stays, leaves, joins = (NetworkFactory() for _ in range(3))
    actions.revise(bakery, by=None, values={"networks": [stays, leaves]})
    membership = bakery.memberships.get(network=stays)
    actions.revise(bakery, by=None, values={"networks": [stays, joins]})
    assert set(bakery.memberships.values_list("network", flat=True)) == {stays.pk, joins.pk}
    assert bakery.memberships.get(network=stays) == membership
