"""Answering an offer or need: who writes to whom, who hears of it, and who reads it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from community.members.enums import CollectiveRole
from community.models import Block, CollectiveMembership
from initiatives.enums import ExchangeStatus
from initiatives.exchange import people
from initiatives.exchange.ending import end
from initiatives.exchange.talking import actions, letters
from initiatives.models import Conversation, ConversationMessage, ExchangeReport
from tests.worker import waiting

from .talking import HOLDERS, ROLES, RUNNING, mailed, someone

pytestmark = pytest.mark.django_db
VERBS = ("answer", "reply", "settle", "report", "close_report")


def may(verb: str, role: str, of: str, is_open: bool) -> bool:
    """What is expected; the conversation is one of a guest."""
    runs = role in RUNNING[of]
    return {
        "answer": is_open and not runs,
        "reply": runs,
        "settle": is_open and runs,
        "report": is_open and not runs,
        "close_report": role in ("moderator", "admin"),
    }[verb]


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "ended"])
@pytest.mark.parametrize("of", HOLDERS)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_it_may(around, role, of, is_open):
    exchange, by = around.exchanges[of], around[role]
    message = actions.answer(exchange, by=someone("guest"), text="Until when?")
    said = exchange.reports.create(by=someone("reader"), reason="x")
    if not is_open:
        end(exchange, ExchangeStatus.EXPIRED)
    # The order keeps what ends it for last.
    tried = {
        "answer": lambda: actions.answer(exchange, by=by, text="And on Sunday?"),
        "reply": lambda: actions.reply(message.conversation, by=by, text="Until May."),
        "report": lambda: actions.report(exchange, by=by, reason="Spam"),
        "close_report": lambda: actions.close_report(said, by=by, note="Looked at it."),
        "settle": lambda: actions.settle(exchange, by=by),
    }
    assert set(tried) == set(VERBS)
    done = set()
    for verb, action in tried.items():
        try:
            action()
            done.add(verb)
        except (PermissionDenied, actions.ClosedError):
            pass
    assert done == {verb for verb in VERBS if may(verb, role, of, is_open)}


@pytest.mark.parametrize("of", HOLDERS)
def test_people_are_those_of_the_rule(around, of):
    exchange = around.exchanges[of]
    found = {name for name in ROLES if people.people(exchange).filter(pk=around[name].pk).exists()}
    assert found == RUNNING[of]
    assert found == {
        name
        for name in ROLES
        if name != "admin" and around[name].has_perm("initiatives.run_exchange", exchange)
    }


@pytest.mark.parametrize("of", HOLDERS)
def test_only_both_sides_read_a_conversation(around, of):
    guest = someone("guest")
    actions.answer(around.exchanges[of], by=guest, text="Until when?")
    conversation = Conversation.objects.get()
    readers = {
        name for name in ROLES if Conversation.objects.readable_by(around[name]).filter(pk=conversation.pk)
    }
    assert readers == RUNNING[of]
    assert list(Conversation.objects.readable_by(guest)) == [conversation]


def test_one_member_has_one_conversation_on_each(around):
    first = actions.answer(around.own, by=around["stranger"], text="Until when?")
    again = actions.answer(around.own, by=around["stranger"], text="And where?")
    assert first.conversation == again.conversation
    around.own.refresh_from_db()
    assert around.own.first_answer_at == first.at
    reply = actions.reply(first.conversation, by=around["author"], text="Here.")
    assert [first.from_people, again.from_people, reply.from_people] == [False, False, True]
    assert Conversation.objects.get().written_at == reply.at


def test_pressing_twice_writes_once(around):
    one, two = (actions.answer(around.own, by=around["stranger"], text="Hello ") for _time in range(2))
    assert one == two
    assert waiting(letters.MESSAGE).count() == 1


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4_001])
def test_what_says_nothing_or_too_much_is_refused(around, text):
    with pytest.raises(ValidationError) as refused:
        actions.answer(around.own, by=around["stranger"], text=text)
    assert list(refused.value.error_dict) == ["text"]
    assert not Conversation.objects.exists()


def test_nobody_writes_without_end(around, monkeypatch, time_machine):
    monkeypatch.setattr(actions, "MOST_A_DAY", 2)
    monkeypatch.setattr(actions, "MOST_BEGUN_A_DAY", 2)
    time_machine.move_to("2026-12-01 10:00+00:00", tick=False)
    stranger = around["stranger"]
    for number in range(2):
        actions.answer(around.own, by=stranger, text=str(number))
    with pytest.raises(actions.TooOftenError):
        actions.answer(around.own, by=stranger, text="2")
    actions.answer(around.exchanges["initiative"], by=stranger, text="x")
    with pytest.raises(actions.TooOftenError):
        actions.answer(around.exchanges["collective"], by=stranger, text="x")
    # The other side still may.
    actions.reply(around.own.conversations.get(), by=around["author"], text="x")
    time_machine.shift(timedelta(days=1, seconds=1))
    actions.answer(around.own, by=stranger, text="3")


def test_both_sides_go_on_after_the_end_but_not_after_a_removal(around):
    conversation = actions.answer(around.own, by=around["stranger"], text="Until when?").conversation
    end(around.own, ExchangeStatus.SETTLED)
    actions.answer(around.own, by=around["stranger"], text="Thank you")
    actions.reply(conversation, by=around["author"], text="You are welcome")
    with pytest.raises(actions.ClosedError):
        actions.answer(around.own, by=around["moderator"], text="Is it still there?")
    end(around.own, ExchangeStatus.REMOVED)
    for by in (around["stranger"], around["author"]):
        with pytest.raises(actions.ClosedError):
            actions.reply(conversation, by=by, text="x")


# ── Mail ────────────────────────────────────────────────────────────────────────────────────────


def receivers() -> list[str]:
    """To whom the worker writes now."""
    mail.outbox.clear()
    mailed()
    return sorted(letter.to[0].partition("@")[0] for letter in mail.outbox)


def test_a_message_reaches_the_other_side_without_an_address(around):
    actions.answer(around.own, by=around["stranger"], text="Until when?\n-- \nThe site: your password")
    assert receivers() == ["author"]
    (letter,) = mail.outbox
    assert "Stranger writes about “A press (own)”" in letter.subject
    assert "> Until when?\n" in letter.body
    # Nobody writes as if they were the site.
    assert "\n> -- \n" in letter.body or "\n> --\n" in letter.body
    conversation = Conversation.objects.get()
    assert f"/en/exchange/{around.own.pk}/conversations/{conversation.pk}/" in letter.body
    assert letter.reply_to == []
    assert "stranger@" not in letter.message().as_string()
    assert "@hidden.example" not in letter.body
    actions.reply(conversation, by=around["author"], text="Until May.")
    assert receivers() == ["stranger"]
    assert "author@" not in mail.outbox[0].message().as_string()


def test_who_hides_their_name_stays_without_one(around):
    around["stranger"].public_name_seen_by = "nobody"
    around["stranger"].save()
    actions.answer(around.own, by=around["stranger"], text="Until when?")
    receivers()
    assert "A member writes" in mail.outbox[0].subject
    assert "Stranger" not in mail.outbox[0].message().as_string()


def test_a_mail_speaks_the_language_of_its_reader(around):
    around["author"].language = "de"
    around["author"].save()
    actions.answer(around.own, by=around["stranger"], text="Until when?")
    receivers()
    assert "/de/exchange/" in mail.outbox[0].body


def test_of_an_initiative_those_hear_who_have_to_do_with_it(around):
    exchange = around.exchanges["initiative"]
    conversation = actions.answer(exchange, by=around["stranger"], text="Until when?").conversation
    # Its author does not speak for it.
    assert receivers() == ["facilitator", "steward"]
    actions.reply(conversation, by=around["steward"], text="Until May.")
    assert receivers() == ["stranger"]
    assert "for Le Fournil" in mail.outbox[0].body
    actions.reply(conversation, by=around["stranger"], text="And where?")
    assert receivers() == ["steward"]
    CollectiveMembership.objects.create(
        collective=exchange.initiative.collective, member=around["author"], role=CollectiveRole.FACILITATOR
    )
    actions.reply(conversation, by=around["stranger"], text="Or in June?")
    assert receivers() == ["author", "steward"]


def test_who_is_blocked_reaches_nobody_and_learns_nothing(around):
    Block.objects.create(by=around["author"], blocked=around["stranger"])
    message = actions.answer(around.own, by=around["stranger"], text="Until when?")
    assert message.conversation.messages.count() == 1
    assert waiting(letters.MESSAGE).count() == 1
    assert receivers() == []
    rows = Conversation.objects.all()
    assert not rows.heard_by(around["author"]).exists()
    assert rows.heard_by(around["stranger"]).exists()
    exchange = around.exchanges["initiative"]
    Block.objects.create(by=around["steward"], blocked=around["stranger"])
    actions.answer(exchange, by=around["stranger"], text="Until when?")
    assert receivers() == ["facilitator"]


def test_who_blocks_the_people_hears_nothing_of_them(around):
    conversation = actions.answer(around.own, by=around["stranger"], text="Until when?").conversation
    receivers()
    Block.objects.create(by=around["stranger"], blocked=around["author"])
    actions.reply(conversation, by=around["author"], text="Until May.")
    assert receivers() == []
    assert not Conversation.objects.heard_by(around["stranger"]).exists()
    assert Conversation.objects.heard_by(around["author"]).exists()


def test_what_is_gone_meanwhile_is_not_mailed(around):
    message = actions.answer(around.own, by=around["stranger"], text="Until when?")
    Block.objects.create(by=around["author"], blocked=around["stranger"])
    assert not letters.send_message(message.pk, around["author"].pk)
    assert not letters.send_message(message.pk, around["steward"].pk)
    ConversationMessage.objects.update(text="")
    Block.objects.all().delete()
    assert letters.fan_out(message.pk) == 0
    assert not letters.send_message(message.pk, around["author"].pk)


# ── Reports ─────────────────────────────────────────────────────────────────────────────────────


def test_twice_reported_is_once(around):
    one, two = (actions.report(around.own, by=around["stranger"], reason="Spam") for _time in range(2))
    assert one == two
    with pytest.raises(ValidationError) as refused:
        actions.report(around.own, by=around["member"], reason=" ")
    assert list(refused.value.error_dict) == ["reason"]


def test_a_removal_closes_all_reports_and_says_why(around):
    said = [actions.report(around.own, by=around[name], reason="Spam") for name in ("stranger", "member")]
    with pytest.raises(ValidationError):
        actions.close_report(said[0], by=around["moderator"], note=" ", remove=True)
    closed = actions.close_report(said[0], by=around["moderator"], note="It asks for money.", remove=True)
    assert closed == said
    around.own.refresh_from_db()
    assert (around.own.status, around.own.is_open) == (ExchangeStatus.REMOVED, False)
    assert not ExchangeReport.objects.open().exists()
    assert receivers() == ["author"]
    (letter,) = mail.outbox
    assert "“A press (own)” was removed" in letter.subject
    assert "It asks for money." in letter.body
    assert "Moderator" not in letter.body
    with pytest.raises(actions.ClosedError):
        actions.close_report(said[1], by=around["moderator"], note="x")


def test_closing_one_report_leaves_the_others(around):
    said = [actions.report(around.own, by=around[name], reason="Spam") for name in ("stranger", "member")]
    actions.close_report(said[0], by=around["moderator"], note="Nothing wrong.")
    assert list(ExchangeReport.objects.open()) == [said[1]]
    around.own.refresh_from_db()
    assert around.own.is_open
    assert receivers() == []


def test_nobody_closes_what_is_said_of_their_own(around):
    around["author"].roles = ["moderator"]
    around["author"].save()
    said = actions.report(around.own, by=around["stranger"], reason="Spam")
    with pytest.raises(PermissionDenied):
        actions.close_report(said, by=around["author"], note="Nothing wrong.")
    # Nor of what they may do anything with but for this.
    around["author"].is_superuser = True
    with pytest.raises(PermissionDenied):
        actions.close_report(said, by=around["author"], note="Nothing wrong.")
