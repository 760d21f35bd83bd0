"""Reporting: what is kept, what is refused, who may."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from community.members import actions as members
from initiatives import actions, belongings
from initiatives.models import Report
from tests.factories import InitiativeFactory
from tests.initiatives.reporting import address, reported, send
from tests.initiatives.test_rights import ROLES, member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_everyone_may_report_and_the_initiative_stays_as_it_is(client, cast, bakery, role):
    who = member(cast, role)
    if who.is_authenticated:
        client.force_login(who)
    asks = "answer_email" in client.get(address(bakery)).context["form"].fields
    assert asks is not who.is_authenticated
    before = bakery.updated_at
    answer = send(client, bakery, message="Shut since May", answer_email="me@demo.example")
    assert (answer.status_code, answer.url) == (302, bakery.get_absolute_url())
    made = Report.objects.get()
    assert (made.kind, made.message, made.language) == ("gone", "Shut since May", "fr")
    by, email = (who, who.email) if who.is_authenticated else (None, "me@demo.example")
    assert (made.by, made.email) == (by, email)
    bakery.refresh_from_db()
    assert (bakery.updated_at, bakery.status) == (before, "published")


def test_the_page_of_an_initiative_leads_there(client, bakery):
    assert address(bakery) in client.get(bakery.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "boring"}, "kind"),
        ({"kind": "wrong"}, "message"),
        ({"kind": "moved", "message": "  "}, "message"),
        ({"kind": "abuse"}, "message"),
        ({"kind": "gone", "message": "x" * 2001}, "message"),
        ({"kind": "gone", "message": "a\0b"}, "message"),
        ({"kind": "gone", "answer_email": "me"}, "answer_email"),
        ({"kind": "gone", "homepage": "spam"}, "homepage"),
        ({"kind": "duplicate"}, "other"),
        ({"kind": "duplicate", "other": "no-such"}, "other"),
        ({"kind": "duplicate", "other": "draft"}, "other"),
        ({"kind": "duplicate", "other": "https://a.example/fr/initiatives/%00/"}, "other"),
        ({"kind": "duplicate", "other": "x" * 501}, "other"),
    ],
)
def test_what_cannot_be_used_is_told_beside_its_field(client, bakery, given, field):
    InitiativeFactory(slug="draft")
    answer = send(client, bakery, **given)
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {field}
    assert not Report.objects.exists()


def test_a_page_is_no_duplicate_of_itself(client, bakery):
    answer = send(client, bakery, kind="duplicate", other=bakery.get_absolute_url())
    assert answer.status_code == 400
    assert "other" in answer.context["form"].errors


@pytest.mark.parametrize(
    "text",
    ["{slug}", "https://map.example/de/initiatives/{slug}/", "/fr/initiatives/{slug}/history/?x=1", "before"],
)
def test_the_other_one_is_known_by_its_address(client, bakery, text):
    other = InitiativeFactory(published=True)
    other.old_slugs.create(slug="before")
    assert send(client, bakery, kind="duplicate", other=text.format(slug=other.slug)).status_code == 302
    assert Report.objects.get().other == other


def test_the_other_one_is_kept_of_duplicates_alone(client, bakery):
    other = InitiativeFactory(published=True)
    assert send(client, bakery, kind="gone", other=other.slug).status_code == 302
    assert Report.objects.get().other is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.update(other=other)


def test_what_is_sent_twice_is_one(client, bakery):
    for message in ("Shut", " Shut ", "Really shut"):
        send(client, bakery, message=message)
    assert Report.objects.count() == 2


def test_what_is_not_published_cannot_be_reported(client, bakery):
    actions.archive(bakery, by=None)
    assert client.get(address(bakery)).status_code == 404
    assert send(client, bakery).status_code == 404
    with pytest.raises(PermissionDenied), transaction.atomic():
        reported(bakery)


def test_a_former_address_leads_to_the_present_one(client, bakery):
    before = address(bakery)
    bakery = actions.revise(bakery, by=None, values={"name": "Another Name"})
    assert client.get(before).url == address(bakery)


def test_many_in_an_hour_are_too_many(client, bakery, settings):
    settings.ACCOUNT_RATE_LIMITS = {"report_initiative": "2/h/ip"}
    statuses = [send(client, bakery, message=f"x{number}").status_code for number in range(3)]
    assert statuses == [302, 302, 429]
    assert Report.objects.count() == 2


def test_a_report_stays_without_who_made_it_when_they_delete_their_account(cast, bakery):
    who = cast["visitor"]
    reported(bakery, by=who, email=who.email)
    reported(bakery, message="Before I had an account", email=who.email.title())
    reported(bakery, email="other@demo.example")
    assert len(belongings.given(who)["reports"]) == 2
    members.erase(who, by=who)
    left = Report.objects.order_by("pk").values_list("by", "email")
    assert list(left) == [(None, ""), (None, ""), (None, "other@demo.example")]
