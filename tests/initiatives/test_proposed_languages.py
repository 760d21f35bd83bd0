"""Texts in further languages, suggested by a reader and accepted."""

import pytest
from django.urls import reverse

from community.members.enums import Role
from initiatives.actions import revise
from initiatives.models import Proposal
from initiatives.proposals import actions
from tests.factories import MemberFactory

from .proposing import fields, proposal, stored, suggest

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(rhone):
    """Somebody who may decide."""
    return MemberFactory(roles=[Role.MODERATOR])


def texts(initiative) -> list[tuple[str, str]]:
    """What is stored."""
    return [(row.language, row.name) for row in stored(initiative).translations.all()]


def accept(client, one, names):
    """Send the form of the page of one."""
    given = {"decision": "accept", "names": names}
    return client.post(f"/en/moderation/proposals/{one.pk}/decide/", given)


def test_nothing_typed_is_no_change_of_the_languages(client, bakery):
    bakery.translations.create(language="en", name="Bakehouse", description="One.\n\nTwo.")
    assert fields(client, bakery)["translation_1_name"] == "Bakehouse"
    suggest(client, bakery, message="Only this.")
    assert Proposal.objects.get().values == {}


def test_a_language_is_proposed_shown_and_accepted(client, bakery, moderator):
    bakery.translations.create(language="en", name="Bakehouse")
    more = {"translation_2_language": "de", "translation_2_name": "Backhaus"}
    assert suggest(client, bakery, **more).status_code == 302
    one = Proposal.objects.get()
    assert list(one.values) == ["translations"]
    client.force_login(moderator)
    page = client.get(reverse("moderation_proposal", args=[one.pk])).content.decode()
    assert 'value="translations:de" checked' in page
    assert "Backhaus" in page
    assert 'value="translations:en"' not in page
    decide = reverse("moderation_proposal_decide", args=[one.pk])
    assert client.post(decide, {"decision": "accept", "names": ["translations:de"]}).status_code == 302
    assert texts(bakery) == [("de", "Backhaus"), ("en", "Bakehouse")]


def test_what_was_changed_meanwhile_is_not_lost(client, bakery, moderator):
    given = fields(client, bakery, translation_1_language="de", translation_1_name="Backhaus")
    revise(stored(bakery), by=None, values={"translations": [{"language": "en", "name": "Bakehouse"}]})
    assert client.post(reverse("suggest_change", args=[bakery.slug]), given).status_code == 302
    client.force_login(moderator)
    decide = reverse("moderation_proposal_decide", args=[Proposal.objects.get().pk])
    # English came since and is none of what was proposed.
    assert client.post(decide, {"decision": "accept", "names": ["translations:de"]}).status_code == 302
    assert texts(bakery) == [("de", "Backhaus"), ("en", "Bakehouse")]


def several(bakery, **more) -> Proposal:
    """From English alone: other words in English, German and Italian besides."""
    revise(bakery, by=None, values={"translations": [{"language": "en", "name": "Bakehouse"}]})
    rows = [
        {"language": "de", "name": "Backhaus", "summary": "Brot.", "description": ""},
        {"language": "en", "name": "Bakery", "summary": "", "description": ""},
        {"language": "it", "name": "Forno", "summary": "", "description": ""},
    ]
    return proposal(bakery, {"translations": rows, **more})


def test_each_language_is_accepted_on_its_own(client, bakery, moderator):
    one = several(bakery, founded=1999)
    client.force_login(moderator)
    page = client.get(f"/en/moderation/proposals/{one.pk}/")
    assert [row.name for row in page.context["rows"]] == [
        "founded",
        "translations:de",
        "translations:en",
        "translations:it",
    ]
    assert [row.label for row in page.context["rows"][1:]] == ["German", "English", "Italian"]
    assert "Name (German)" in page.text
    assert "Summary (German)" in page.text
    chosen = ["translations:de", "translations:it"]
    assert accept(client, one, chosen).status_code == 302
    assert texts(bakery) == [("de", "Backhaus"), ("en", "Bakehouse"), ("it", "Forno")]
    one.refresh_from_db()
    assert (one.taken, stored(bakery).founded) == (chosen, None)


def test_all_languages_are_the_translations(bakery, moderator):
    one = actions.accept(
        several(bakery), by=moderator, names=[f"translations:{code}" for code in ("de", "en", "it")]
    )
    assert one.taken == ["translations"]
    assert texts(bakery) == [("de", "Backhaus"), ("en", "Bakery"), ("it", "Forno")]


def test_a_language_that_was_taken_away_goes_alone(bakery, moderator):
    rows = [{"language": code, "name": code, "summary": "", "description": ""} for code in ("de", "en", "it")]
    revise(bakery, by=None, values={"translations": rows})
    one = proposal(bakery, {"translations": rows[:1]})
    actions.accept(one, by=moderator, names=["translations:en"])
    assert texts(bakery) == [("de", "de"), ("it", "it")]


def test_the_same_language_changed_meanwhile_is_a_conflict_of_that_row_alone(client, bakery, moderator):
    one = several(bakery)
    revise(stored(bakery), by=None, values={"translations": [{"language": "en", "name": "Oven"}]})
    client.force_login(moderator)
    answer = accept(client, one, ["translations:de", "translations:en"])
    assert answer.status_code == 409
    assert [row.name for row in answer.context["rows"] if row.has_changed] == ["translations:en"]
    assert all(text in answer.text for text in ("Bakehouse", "Oven", "Bakery"))
    assert texts(bakery) == [("en", "Oven")]
    assert accept(client, one, ["translations:de"]).status_code == 302
    assert texts(bakery) == [("de", "Backhaus"), ("en", "Oven")]


@pytest.mark.parametrize("name", ["translations:fr", "translations:", "translations:de:x", "name:xx"])
def test_a_language_that_is_not_proposed_is_none_to_accept(client, bakery, moderator, name):
    one = several(bakery)
    client.force_login(moderator)
    answer = accept(client, one, [name])
    assert answer.status_code == 400
    assert "Tick what you accept." in answer.text
    assert texts(bakery) == [("en", "Bakehouse")]


def test_languages_that_stand_already_are_done(client, bakery, moderator):
    one = several(bakery)
    revise(stored(bakery), by=None, values={"translations": one.values["translations"]})
    client.force_login(moderator)
    assert "stands on the page already" in client.get(f"/en/moderation/proposals/{one.pk}/").text
    assert accept(client, one, ["translations"]).status_code == 302
    one.refresh_from_db()
    assert one.taken == ["translations"]
