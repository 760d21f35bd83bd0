"""Texts in further languages, suggested by a reader and accepted."""

import pytest
from django.urls import reverse

from community.members.enums import Role
from initiatives.actions import revise
from initiatives.models import Proposal
from tests.factories import MemberFactory

from .proposing import fields, stored, suggest

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(rhone):
    """Somebody who may decide."""
    return MemberFactory(roles=[Role.MODERATOR])


def texts(initiative) -> list[tuple[str, str]]:
    """What is stored."""
    return [(row.language, row.name) for row in stored(initiative).translations.all()]


def test_nothing_typed_is_no_change_of_the_languages(client, bakery):
    bakery.translations.create(language="en", name="Bakehouse", description="One.\n\nTwo.")
    assert fields(client, bakery)["translation_1_name"] == "Bakehouse"
    suggest(client, bakery, message="Only this.")
    assert Proposal.objects.get().values == {}


def test_a_language_is_proposed_shown_and_accepted(client, bakery, moderator):
    bakery.translations.create(language="en", name="Bakehouse")
    more = {"translation_2_language": "de", "translation_2_name": "Backhaus"}
    assert suggest(client, bakery, **more).status_code == 302
    proposal = Proposal.objects.get()
    assert list(proposal.values) == ["translations"]
    client.force_login(moderator)
    page = client.get(reverse("moderation_proposal", args=[proposal.pk])).content.decode()
    assert 'value="name:de" checked' in page
    assert "Backhaus" in page
    assert 'value="name:en"' not in page
    decide = reverse("moderation_proposal_decide", args=[proposal.pk])
    assert client.post(decide, {"decision": "accept", "names": ["name:de"]}).status_code == 302
    assert texts(bakery) == [("de", "Backhaus"), ("en", "Bakehouse")]


def test_what_was_changed_meanwhile_is_not_lost(client, bakery, moderator):
    given = fields(client, bakery, translation_1_language="de", translation_1_name="Backhaus")
    revise(stored(bakery), by=None, values={"translations": [{"language": "en", "name": "Bakehouse"}]})
    assert client.post(reverse("suggest_change", args=[bakery.slug]), given).status_code == 302
    client.force_login(moderator)
    decide = reverse("moderation_proposal_decide", args=[Proposal.objects.get().pk])
    assert client.post(decide, {"decision": "accept", "names": ["name:de"]}).status_code == 409
    assert texts(bakery) == [("en", "Bakehouse")]
