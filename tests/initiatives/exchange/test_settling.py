"""Settling: what comes of an offer or need, who is thanked, and for how long all of it is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation

from community import retention
from community.ledger.kinds import Kind
from community.members import actions as accounts
from community.members import belongings
from community.models import Contribution, Member
from initiatives.enums import ExchangeStatus
from initiatives.exchange.ending import end
from initiatives.exchange.talking import actions, keeping
from initiatives.models import (
    Conversation,
    ConversationMessage,
    Exchange,
    ExchangeMatch,
    ExchangePhoto,
    ExchangeReport,
)
from tests.factories import ExchangeFactory

pytestmark = pytest.mark.django_db
NOON = "2026-12-01 12:00+00:00"


def answered(exchange, by: Member) -> Conversation:
    """A conversation of a few words."""
    return actions.answer(exchange, by=by, text="Until when?").conversation


def test_thanks_count_for_both_sides_at_the_place(around, time_machine):
    time_machine.move_to(NOON, tick=False)
    exchange = around.exchanges["initiative"]
    conversation = answered(exchange, around["stranger"])
    actions.settle(exchange, by=around["steward"], conversation=conversation)
    exchange.refresh_from_db()
    conversation.refresh_from_db()
    assert exchange.status == ExchangeStatus.SETTLED
    assert exchange.ended_at == conversation.settled_at == timezone.now()
    assert not Exchange.objects.shown().filter(pk=exchange.pk).exists()
    lines = Contribution.objects.order_by("pk")
    assert [(line.member, line.kind, line.weight, line.key) for line in lines] == [
        (around["steward"], Kind.SETTLED, 2, str(exchange.pk)),
        (around["stranger"], Kind.SETTLED, 2, str(exchange.pk)),
    ]
    assert {line.collective for line in lines} == {exchange.initiative.collective}


def test_of_a_collective_it_counts_where_that_is_rooted(around):
    exchange = around.exchanges["collective"]
    conversation = answered(exchange, around["stranger"])
    actions.settle(exchange, by=around["facilitator"], conversation=conversation)
    assert {line.territory.code for line in Contribution.objects.all()} == {"FR-42"}


def test_one_of_a_member_counts_without_a_place(around):
    actions.settle(around.own, by=around["author"], conversation=answered(around.own, around["stranger"]))
    assert set(Contribution.objects.values_list("collective", "territory")) == {(None, None)}


def test_elsewhere_counts_for_nobody(around):
    answered(around.own, around["stranger"])
    actions.settle(around.own, by=around["author"])
    around.own.refresh_from_db()
    assert around.own.status == ExchangeStatus.SETTLED
    assert not Contribution.objects.exists()
    assert Conversation.objects.get().settled_at is None


def test_settling_is_final(around):
    actions.settle(around.own, by=around["author"])
    with pytest.raises(actions.ClosedError):
        actions.settle(around.own, by=around["author"])


def test_nobody_is_thanked_for_something_else(around):
    elsewhere = answered(around.exchanges["collective"], around["stranger"])
    with pytest.raises(ValidationError), transaction.atomic():
        actions.settle(around.own, by=around["author"], conversation=elsewhere)
    around.own.refresh_from_db()
    assert around.own.is_open
    assert not Contribution.objects.exists()


# ── For how long ────────────────────────────────────────────────────────────────────────────────


def kept() -> list[int]:
    """How many there are of everything."""
    models = (Exchange, ExchangePhoto, Conversation, ConversationMessage, ExchangeReport)
    return [model.objects.count() for model in models]


@pytest.fixture
def old(around, picture, settings, tmp_path, time_machine):
    """One that ended, with all that hangs on it, and one that goes on."""
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(NOON, tick=False)
    Exchange.objects.exclude(pk=around.own.pk).delete()
    answered(ExchangeFactory(title="Goes on"), around["stranger"])
    around.own.photos.create(image=picture(), alt="A press")
    conversation = answered(around.own, around["stranger"])
    said = actions.report(around.own, by=around["stranger"], reason="Spam")
    actions.close_report(said, by=around["moderator"], note="Nothing wrong.")
    actions.settle(around.own, by=around["author"], conversation=conversation)
    return around


def test_each_goes_when_its_time_is_over(old, time_machine, django_capture_on_commit_callbacks):
    file = old.own.photos.get().image
    assert kept() == [2, 1, 2, 2, 1]
    year = timedelta(days=365)
    time_machine.shift(year)
    with django_capture_on_commit_callbacks(execute=True):
        retention.run()
    assert kept() == [2, 1, 2, 2, 1]
    time_machine.shift(timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        retention.run()
    assert kept() == [2, 0, 1, 1, 0]
    assert not file.storage.exists(file.name)
    assert Conversation.objects.get().exchange.title == "Goes on"
    time_machine.shift(2 * year)
    retention.run()
    assert list(Exchange.objects.values_list("title", flat=True)) == ["Goes on"]
    # The thanks stay.
    assert Contribution.objects.filter(kind=Kind.SETTLED).count() == 2


def test_the_legal_page_tells_these_periods(client):
    told = {row.what for row in retention.table()}
    assert {"exchange_conversations", "exchange_photos", "exchange_reports", "ended_exchanges"} <= told
    assert "What people wrote to each other on an offer or need" in client.get("/en/legal/").content.decode()


def test_what_was_renewed_keeps_its_conversations(old, time_machine):
    Exchange.objects.filter(pk=old.own.pk).update(status=ExchangeStatus.OPEN, ended_at=None)
    time_machine.shift(timedelta(days=900))
    assert keeping.forget_conversations() == 0
    assert keeping.forget_photos() == 0


# ── Whose it was ────────────────────────────────────────────────────────────────────────────────


def of_initiatives(member: Member) -> dict:
    """What the room gives of a member."""
    return belongings.registered()[1].given(member)


def test_own_words_are_given_and_those_of_others_are_not(around):
    conversation = answered(around.own, around["stranger"])
    actions.reply(conversation, by=around["author"], text="Until May.")
    actions.report(around.exchanges["collective"], by=around["stranger"], reason="Spam")
    ExchangeMatch.objects.create(exchange=around.own, other=around.exchanges["collective"])
    given = of_initiatives(around["stranger"])
    assert [row["text"] for row in given["exchange_messages"]] == ["Until when?"]
    assert len(given["exchange_messages_received"]) == 1
    assert [row["exchange"] for row in given["exchange_conversations"]] == [around.own.pk]
    assert [row["reason"] for row in given["exchange_reports"]] == ["Spam"]
    assert "Until May." not in str(given)
    given = of_initiatives(around["author"])
    assert {row["title"] for row in given["exchanges"]} == {
        exchange.title for exchange in around.exchanges.values()
    }
    assert [row["other"] for row in given["exchange_matches"]] == [around.exchanges["collective"].pk]
    assert "Until when?" not in str(given)


def test_who_leaves_takes_their_own_and_their_words_along(around, picture, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    around.own.photos.create(image=picture(), alt="A press")
    answered(around.own, around["stranger"])
    exchange = around.exchanges["initiative"]
    heard = answered(exchange, around["author"])
    actions.reply(heard, by=around["steward"], text="Until May.")
    answered(around.exchanges["collective"], around["author"])
    actions.report(exchange, by=around["author"], reason="Spam")
    with translation.override("en"):
        assert any(
            "1 offer or need is deleted" in told
            for told in belongings.registered()[1].warnings(around["author"])
        )
    accounts.erase(around["author"], by=None)
    assert set(Exchange.objects.values_list("initiative", "author")) == {
        (exchange.initiative_id, None),
        (None, None),
    }
    # What somebody had replied to keeps its place, without the words.
    assert list(Conversation.objects.all()) == [heard]
    assert list(heard.messages.values_list("text", "by")) == [
        ("", None),
        ("Until May.", around["steward"].pk),
    ]
    assert not ExchangeReport.objects.exists()
    with pytest.raises(actions.ClosedError):
        actions.reply(heard, by=around["steward"], text="Are you there?")


def test_what_was_written_for_an_initiative_stays_its_own(around):
    exchange = around.exchanges["initiative"]
    conversation = answered(exchange, around["stranger"])
    actions.reply(conversation, by=around["steward"], text="Until May.")
    accounts.erase(around["steward"], by=None)
    assert list(conversation.messages.values_list("text", "by")) == [
        ("Until when?", around["stranger"].pk),
        ("Until May.", None),
    ]


def test_what_ended_keeps_its_moment(around, time_machine):
    time_machine.move_to(NOON, tick=False)
    end(around.own, ExchangeStatus.EXPIRED)
    first = around.own.ended_at
    time_machine.shift(timedelta(days=1))
    end(around.own, ExchangeStatus.REMOVED)
    assert around.own.ended_at == first
