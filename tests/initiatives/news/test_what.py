"""What news tell, and what they do not."""

from datetime import UTC, datetime

import pytest
from django.core import mail

from initiatives import actions as steps
from initiatives import changes
from initiatives.following import actions
from initiatives.groups import actions as naming
from initiatives.merging import actions as merging
from initiatives.models import Follow
from initiatives.tasks import send_news
from tests.factories import InitiativeFactory
from tests.worker import work

from .conftest import TASK, edited, made, sent

pytestmark = pytest.mark.django_db


def test_new_ones_and_changed_ones_are_told_apart(daily, at, bakery):
    new = made("Atelier")
    at("2026-02-03 13:00")
    edited(new)
    edited(bakery)
    InitiativeFactory(name="A draft")
    made("Far away", position=None, has_no_position=True)
    gone = made("Gone again")
    at("2026-02-03 14:00")
    steps.archive(gone, by=None)
    at("2026-02-04 03:53")
    changes.forget()
    at("2026-02-04 07:05")
    send_news.func(0)
    work(TASK)
    (letter,) = mail.outbox
    appeared, changed = letter.body.split("Changed:")
    assert "You follow: Rhône" in appeared
    assert "– Atelier, Lyon" in appeared
    assert f"http://testserver/en/initiatives/{new.slug}/" in appeared
    assert f"– {bakery.name}, Lyon" in changed
    assert not any(name in letter.body for name in ("A draft", "Far away", "Gone again"))
    assert "http://testserver/en/initiatives/?territory=FR-69" in letter.body
    assert "2 initiatives are new or changed" in letter.subject
    message = letter.message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/en/follow/letters/" in message["List-Unsubscribe"]


def test_a_letter_is_in_the_language_of_who_reads_it(daily, at, ana):
    new = made("Atelier")
    new.translations.create(language="de", name="Werkstatt")
    type(ana).objects.update(language="de")
    at("2026-02-04 07:05")
    (body,) = sent()
    assert "Werkstatt" in body
    assert f"/de/initiatives/{new.slug}/" in body


def test_only_the_public_place_is_told(at, ana):
    actions.follow(by=ana, frequency="daily")
    at("2026-02-03 12:00")
    made("Hidden street", street="Secret street 3", precision="region", postcode="69001")
    at("2026-02-04 07:05")
    (body,) = sent()
    assert "– Hidden street\n" in body
    assert not any(word in body for word in ("Secret", "Lyon", "69001"))


def test_many_are_named_in_part_and_counted(daily, at):
    for number in range(33):
        made(f"Atelier {number:02}")
    at("2026-02-04 07:05")
    (body,) = sent()
    assert body.count("– Atelier") == 30
    assert "And 3 more." in body


def test_no_mail_comes_when_nothing_happened(daily, at):
    at("2026-02-04 07:05")
    assert sent() == []
    assert Follow.objects.get().told_until == datetime(2026, 2, 4, 6, tzinfo=UTC)


def test_what_does_not_match_any_more_is_not_told(daily, at, bakery):
    edited(bakery)
    steps.revise(bakery, by=None, values={"position": None, "has_no_position": True})
    at("2026-02-04 07:05")
    assert sent() == []


def test_who_left_hears_nothing(daily, at, bakery):
    edited(bakery)
    type(daily.member).objects.update(is_active=False)
    at("2026-02-04 07:05")
    assert sent() == []


# ── One initiative ──────────────────────────────────────────────────────────────────────────────────
def test_an_initiative_tells_its_changes_and_no_other(one, at, bakery):
    made("Atelier")
    at("2026-02-04 07:05")
    assert sent() == []
    edited(bakery)
    at("2026-02-05 07:05")
    (body,) = sent()
    assert bakery.name in body
    assert "Changed:" in body
    assert "The whole list" not in body


@pytest.mark.parametrize(
    ("verb", "told"), [(steps.close, "It has ended"), (steps.archive, "It was taken off the map")]
)
def test_an_initiative_tells_that_it_left(one, at, bakery, verb, told):
    edited(bakery)
    verb(bakery, by=None)
    at("2026-02-04 07:05")
    (body,) = sent()
    assert f"You follow: {bakery.name}" in body
    assert told in body
    assert "Changed:" not in body
    at("2026-02-05 07:05")
    assert sent() == []
    steps.restore(bakery, by=None)
    at("2026-02-06 07:05")
    assert "New on the map:" in sent()[0]


def test_an_initiative_tells_into_what_it_was_merged(one, at, bakery):
    merging.merge(bakery, into=made("Fournil"), by=None)
    at("2026-02-04 07:05")
    (body,) = sent()
    assert "Both are one entry now" in body
    assert f"/en/initiatives/{bakery.slug}/" in body


# ── What is for some alone ──────────────────────────────────────────────────────────────────────────
def test_a_followed_group_that_turns_private_tells_nothing(at, ana, bakery, ovens):
    naming.name_group(bakery, group=ovens, by=None)
    at("2026-02-03 12:00")
    actions.follow(by=ana, query="group=ovens", frequency="daily")
    edited(bakery)
    ovens.kind = "private"
    ovens.save()
    at("2026-02-04 07:05")
    assert sent() == []
    edited(bakery, "While it was private")
    ovens.kind = "open"
    at("2026-02-05 07:05")
    assert sent() == []
    ovens.save()
    at("2026-02-05 12:00")
    edited(bakery, "And now")
    at("2026-02-06 07:05")
    assert len(sent()) == 1


def test_a_private_group_moves_no_news(secret, daily, at, bakery):
    naming.name_group(bakery, group=secret, by=None)
    at("2026-02-04 07:05")
    assert sent() == []
