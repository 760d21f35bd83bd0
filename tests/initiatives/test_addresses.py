"""Addresses for answers: confirmed before anything goes there, and kept no longer than they are needed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from community.letters import boxes
from community.models import Letterbox
from initiatives import actions as verbs
from initiatives.enums import Status
from initiatives.models import Initiative, Proposal, Submission
from initiatives.proposals import actions, letters, links
from initiatives.telling import digest, forgetting, posting
from initiatives.upkeep import asking
from tests.factories import InitiativeFactory, MemberFactory
from tests.worker import waiting, work

from .ageing import aged, asked_about, handed_in_by, sent
from .handing_in import confirm, link_in
from .proposing import proposal, suggest

pytestmark = pytest.mark.django_db
ME = "me@demo.example"
NOW = timezone.now


# ── Whose address it is ─────────────────────────────────────────────────────────────────────────
def test_an_answer_waits_for_the_address_to_be_confirmed(client, bakery, cast):
    answer = suggest(client, bakery, message="BUY https://spam.example/", answer_email=ME)
    assert answer.status_code == 302
    assert ME in client.get(f"/en/initiatives/{bakery.slug}/").text
    assert work() == [letters.CONFIRM]
    (asked,) = mail.outbox
    assert "spam" not in asked.body + asked.subject
    one = Proposal.objects.get()
    actions.accept(one, by=cast["moderator"], names=[])
    assert not waiting(posting.TASK)
    assert digest.tell(one.letterbox_id) == 0
    # Following the link alone confirms nothing.
    page = link_in(asked).replace("/fr/", "/en/")
    assert "With this button" in client.get(page).text
    assert not Letterbox.objects.get().confirmed_at
    assert client.post(page).url == page
    assert "our answer goes to me@demo.example" in client.get(page).text
    # What was decided before is told now.
    assert waiting(posting.TASK).count() == 1
    assert digest.tell(one.letterbox_id) == 1
    assert "spam" not in mail.outbox[-1].body
    # Whoever has confirmed is not asked again.
    suggest(client, bakery, message="x", answer_email=ME.title())
    assert waiting(letters.CONFIRM).count() == 0


def test_a_strangers_address_gets_one_letter_a_day_at_most(client, bakery):
    for number in range(3):
        suggest(client, bakery, message=f"{number}", answer_email=ME)
    assert work() == [letters.CONFIRM]
    Letterbox.objects.update(asked_at=NOW() - timedelta(hours=25))
    suggest(client, bakery, message="x", answer_email=ME)
    assert work() == [letters.CONFIRM]
    assert len(mail.outbox) == 2


def test_a_member_and_who_confirmed_a_submission_are_not_asked(client, bakery, handed_in):
    confirm(client, handed_in)
    mail.outbox.clear()
    suggest(client, bakery, message="x", answer_email=handed_in.email)
    member = MemberFactory()
    one = proposal(bakery, message="x", by=member, email=member.email)
    work(letters.CONFIRM)
    assert mail.outbox == []
    actions.refuse(one, by=MemberFactory(is_superuser=True), reason="No")
    assert digest.tell(one.letterbox_id) == 1


def test_forged_and_forgotten_links_have_a_clear_page(client, bakery):
    one = proposal(bakery, message="x", email=ME)
    token = links.token_of(one)
    for wrong in (token[:-1], f"{one.pk}-{one.letterbox_id}", "x"):
        assert client.get(f"/en/initiatives/answers/{wrong}/").status_code == 404
        assert client.post(f"/en/initiatives/answers/{wrong}/").status_code == 404
    Proposal.objects.update(email="", letterbox=None)
    answer = client.get(f"/en/initiatives/answers/{token}/")
    assert answer.status_code == 404
    assert "was forgotten meanwhile" in answer.text
    assert letters.ask_for_answers(one.pk) is False


# ── The yearly question ─────────────────────────────────────────────────────────────────────────
def test_the_yearly_question_has_a_way_out_and_answers_come_all_the_same(client, bakery):
    handed_in_by(aged(bakery), ME)
    other = aged(InitiativeFactory(published=True))
    handed_in_by(other, "Other@demo.example")
    assert (asking.ask(), sent()) == (2, 2)
    letter = next(one for one in mail.outbox if one.to == [ME])
    way_out = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert way_out in letter.body
    assert client.post(way_out, {"List-Unsubscribe": "One-Click"}).status_code == 200
    aged(bakery), aged(other)
    bakery.upkeep_requests.all().delete()
    other.upkeep_requests.all().delete()
    # Nobody else answers for the bakery.
    assert (asking.ask(), sent()) == (1, 1)
    assert mail.outbox[-1].to == ["Other@demo.example"]
    verbs.archive(bakery, by=None)
    assert digest.tell(bakery.submission.letterbox_id) == 1
    assert mail.outbox[-1].to == [ME]


def test_who_says_no_before_the_mail_leaves_gets_none(bakery):
    made = handed_in_by(aged(bakery), ME)
    assert asking.ask() == 1
    boxes.silence(made.letterbox.fingerprint)
    sent()
    assert mail.outbox == []


def test_facilitators_may_say_no_and_are_asked_for_a_silent_submitter(bakery, cast):
    handed_in_by(aged(bakery), ME)
    boxes.silence(boxes.of(ME).fingerprint)
    assert (asking.ask(), sent()) == (1, 1)
    assert mail.outbox[-1].to == [cast["facilitator"].email]
    boxes.silence(boxes.of(cast["facilitator"].email).fingerprint)
    bakery.upkeep_requests.all().delete()
    assert asking.ask() == 0


# ── How long they are kept ──────────────────────────────────────────────────────────────────────
LONG, YEARS = timedelta(days=60), timedelta(days=3 * 365 + 10)


@pytest.mark.parametrize(
    ("status", "ago", "silent", "answered", "kept"),
    [
        (Status.PENDING, YEARS, True, None, True),
        (Status.CHANGES_ASKED, YEARS, False, None, True),
        (Status.PUBLISHED, LONG, False, None, True),
        (Status.PUBLISHED, timedelta(days=10), True, None, True),
        (Status.PUBLISHED, LONG, True, None, False),
        (Status.PUBLISHED, YEARS, False, None, False),
        (Status.PUBLISHED, YEARS, False, timedelta(days=300), True),
        (Status.PUBLISHED, YEARS, False, YEARS, False),
        (Status.REJECTED, LONG, False, None, False),
        (Status.REJECTED, timedelta(days=10), False, None, True),
        (Status.ARCHIVED, LONG, False, None, False),
        (Status.CLOSED, LONG, False, None, False),
    ],
)
def test_a_submitters_address_is_kept_while_it_is_needed(status, ago, silent, answered, kept):
    initiative = InitiativeFactory(published=True)
    then = NOW() - ago
    made = handed_in_by(initiative, ME, handed_in_at=then, confirmed_at=then, told_at=NOW())
    Initiative.objects.update(status=status)
    initiative.status_changes.update(at=then)
    if answered:
        asked_about(initiative, answer="right", answered_at=NOW() - answered)
    if silent:
        boxes.silence(made.letterbox.fingerprint)
    assert forgetting.forget() == (0 if kept else 1)
    made.refresh_from_db()
    assert (made.email, bool(made.letterbox_id)) == ((ME, True) if kept else ("", False))
    # The wish not to be asked outlives the address.
    assert Letterbox.objects.filter(silent_since__isnull=False).exists() is silent
    verbs.revise(initiative, by=None, values={"summary": "x"})


def test_an_answer_that_has_not_left_keeps_the_address(bakery):
    made = handed_in_by(bakery, ME, handed_in_at=NOW() - LONG)
    bakery.status_changes.update(at=NOW() - LONG + timedelta(days=1))
    Initiative.objects.update(status=Status.ARCHIVED)
    assert bakery.status_changes.telling().exists()
    assert forgetting.forget() == 0
    digest.tell(made.letterbox_id)
    assert forgetting.forget() == 1
    assert not waiting(posting.TASK)
    verbs.restore(Initiative.objects.get(), by=None)
    assert not waiting(posting.TASK)


@pytest.mark.parametrize(
    ("values", "confirmed", "kept"),
    [
        ({"made_at": NOW() - LONG}, True, True),
        ({"made_at": NOW() - LONG}, False, False),
        ({}, False, True),
        ({"decided_at": NOW() - LONG, "told_at": NOW() - LONG}, True, False),
        ({"decided_at": NOW() - LONG}, True, True),
        ({"decided_at": NOW(), "told_at": NOW()}, True, True),
    ],
)
def test_a_proposers_address_is_kept_while_it_is_needed(bakery, values, confirmed, kept):
    one = proposal(bakery, message="x", email=ME)
    Proposal.objects.update(**values)
    if confirmed:
        boxes.confirm(one.letterbox_id)
    assert forgetting.forget() == (0 if kept else 1)
    one.refresh_from_db()
    assert (one.email, one.message) == (ME if kept else "", "x")
    assert Letterbox.objects.exists() is kept


@pytest.mark.django_db(transaction=True)
def test_what_was_there_before_letterboxes_gets_its_own(words):
    made, waits = (InitiativeFactory(published=True) for _number in range(2))
    handed_in_by(made, ME)
    handed_in_by(waits, "waits@demo.example", confirmed_at=None)
    one = proposal(made, message="x", email=ME.title())
    try:
        call_command("migrate", "initiatives", "0009", verbosity=0)
    finally:
        call_command("migrate", verbosity=0)
    assert Submission.objects.get(initiative=made).letterbox == boxes.of(ME)
    assert Proposal.objects.get(pk=one.pk).letterbox == boxes.of(ME)
    assert boxes.of(ME).confirmed_at
    assert not boxes.of("waits@demo.example").confirmed_at
