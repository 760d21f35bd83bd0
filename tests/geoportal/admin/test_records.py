"""Source records keep what they stand for."""

import pytest

from initiatives.models import Identity
from tests.factories import InitiativeFactory, NetworkFactory

from .pages import page


@pytest.fixture
def record(bakery):
    """The bakery as a source knows it."""
    return Identity.objects.create(initiative=bakery, network=NetworkFactory(), external_id="1")


@pytest.mark.django_db
def test_a_record_keeps_what_it_stands_for(office, record):
    other = InitiativeFactory()
    sent = {
        "initiative": other.pk,
        "network": NetworkFactory().pk,
        "external_id": "2",
        "fields": "name",
        "url": "https://source.example/1/",
    }
    answer = office.post(page(Identity, "change", record.pk), sent)
    assert answer.status_code == 302, answer.context["errors"]
    kept = Identity.objects.get(pk=record.pk)
    assert (kept.initiative, kept.network, kept.external_id) == (record.initiative, record.network, "1")
    assert kept.url == "https://source.example/1/"


@pytest.mark.django_db
def test_a_record_is_not_deleted(office, record):
    assert office.post(page(Identity, "delete", record.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
    office.post(page(Identity, "changelist"), chosen)
    assert Identity.objects.filter(pk=record.pk).exists()
