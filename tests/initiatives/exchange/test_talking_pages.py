"""Pages of conversations, settling and reports, and what the page of an offer or need shows of them."""

import pytest
from django.core import mail

from community.members import actions as accounts
from community.models import Block, Contribution
from initiatives.enums import ExchangeStatus
from initiatives.exchange.talking import actions
from initiatives.exchange.talking.views import conversations
from initiatives.models import Conversation, ConversationMessage, Exchange, ExchangeReport
from tests.factories import ExchangeFactory
from tests.initiatives.pages import address, page

from .talking import HOLDERS, ROLES, RUNNING, mailed, someone

pytestmark = pytest.mark.django_db
HUGE = 10**19


def talked(exchange, by) -> Conversation:
    """One message."""
    return actions.answer(exchange, by=by, text="Until when, <b>please</b>?").conversation


def test_whoever_is_signed_out_is_led_to_sign_in_and_back(client, around):
    door = address("exchange:answer", around.own.pk)
    assert f'href="{door}"' in page(client, "exchange:one", around.own.pk)
    answer = client.get(door)
    assert answer.status_code == 302
    assert answer.url.endswith(f"/accounts/login/?next={door}")


def test_an_answer_is_written_on_the_page_of_the_offer(client, around):
    client.force_login(around["stranger"])
    body = page(client, "exchange:one", around.own.pk)
    door = address("exchange:answer", around.own.pk)
    assert f'action="{door}"' in body
    assert "Your e-mail address is not shown" in body
    sent = client.post(door, {"text": "Until when?"})
    conversation = Conversation.objects.get()
    talk = address("exchange:talk", around.own.pk, conversation.pk)
    assert sent.url == talk
    assert "Until when?" in page(client, "exchange:talk", around.own.pk, conversation.pk)
    assert f'href="{talk}"' in page(client, "exchange:one", around.own.pk)
    assert client.get(door).url == talk
    # Sent from a page that was opened before.
    assert client.post(door, {"text": "And where?"}).url == talk
    assert ConversationMessage.objects.count() == 2


@pytest.mark.parametrize(("text", "told"), [("", "required"), ("x" * 4_001, "4000"), ("a\0b", "Null")])
def test_what_is_wrong_stands_beside_the_field(client, around, text, told):
    client.force_login(around["stranger"])
    answer = client.post(address("exchange:answer", around.own.pk), {"text": text})
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.content.decode()
    assert told in answer.content.decode()
    conversation = talked(around.own, around["stranger"])
    answer = client.post(address("exchange:talk", around.own.pk, conversation.pk), {"text": text})
    assert answer.status_code == 400
    assert told in answer.content.decode()


@pytest.mark.parametrize("of", HOLDERS)
def test_a_conversation_is_there_for_both_sides_alone(client, around, of):
    exchange = around.exchanges[of]
    conversation = talked(exchange, someone("guest"))
    door = address("exchange:talk", exchange.pk, conversation.pk)
    readers = set()
    for role in ROLES:
        client.force_login(around[role])
        answers = {client.get(door).status_code, client.post(door, {"text": ""}).status_code}
        assert answers in ({404}, {200, 400})
        if answers != {404}:
            readers.add(role)
            assert "Until when, &lt;b&gt;please&lt;/b&gt;?" in client.get(door).content.decode()
    assert readers == RUNNING[of]
    client.logout()
    assert client.get(door).status_code == 302


def test_addresses_that_name_nothing_are_not_found(client, around):
    conversation = talked(around.own, around["stranger"])
    client.force_login(around["stranger"])
    elsewhere = around.exchanges["collective"].pk
    for name, *numbers in (
        ("exchange:talk", elsewhere, conversation.pk),
        ("exchange:talk", HUGE, HUGE),
        ("exchange:talk", around.own.pk, HUGE),
        ("exchange:answer", HUGE),
        ("exchange:settle", HUGE),
        ("exchange:settle", around.own.pk),
        ("exchange:report", HUGE),
    ):
        for answer in (client.get(address(name, *numbers)), client.post(address(name, *numbers))):
            assert answer.status_code == 404, name


def test_its_people_see_who_answered_and_nobody_else_does(client, around):
    talked(around.own, around["stranger"])
    client.force_login(around["author"])
    body = page(client, "exchange:one", around.own.pk)
    assert ">Stranger" in body
    assert address("exchange:settle", around.own.pk) in body
    assert address("exchange:report", around.own.pk) not in body
    client.force_login(around["member"])
    body = page(client, "exchange:one", around.own.pk)
    assert "Stranger" not in body
    assert address("exchange:settle", around.own.pk) not in body
    assert address("exchange:report", around.own.pk) in body


def test_all_conversations_stand_in_one_list(client, around, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(actions, "MOST_BEGUN_A_DAY", 100)
    author = around["author"]
    for number in range(conversations.CONVERSATIONS_A_PAGE + 2):
        talked(ExchangeFactory(author=author, title=f"Offer {number:02}"), around["stranger"])
    talked(ExchangeFactory(title="Theirs", author=around["member"]), author)
    talked(around.exchanges["initiative"], around["stranger"])
    client.force_login(author)
    with django_assert_max_num_queries(9):
        body = page(client, "exchange:conversations")
    assert "Theirs" in body
    assert ">Member" in body
    assert "Page 1 of 2" in body
    assert "(initiative)" not in body
    client.force_login(around["steward"])
    assert "(initiative)" in page(client, "exchange:conversations")
    client.force_login(around["moderator"])
    assert "No conversation yet" in page(client, "exchange:conversations")


def test_who_blocked_somebody_finds_them_in_no_list(client, around):
    talked(around.own, around["stranger"])
    Block.objects.create(by=around["author"], blocked=around["stranger"])
    client.force_login(around["author"])
    for name, *numbers in (("exchange:conversations",), ("exchange:one", around.own.pk)):
        assert "Stranger" not in page(client, name, *numbers)
    client.force_login(around["stranger"])
    assert around.own.title in page(client, "exchange:conversations")


def test_a_long_conversation_opens_at_its_end(client, around, django_assert_max_num_queries):
    conversation = talked(around.own, around["stranger"])
    for number in range(conversations.MESSAGES_A_PAGE + 1):
        conversation.messages.create(by=around["author"], from_people=True, text=f"Word {number}!")
    client.force_login(around["author"])
    with django_assert_max_num_queries(14):
        body = page(client, "exchange:talk", around.own.pk, conversation.pk)
    assert "Word 50!" in body
    assert "Word 0!" not in body
    door = address("exchange:talk", around.own.pk, conversation.pk)
    assert "Until when" in client.get(f"{door}?page=1").content.decode()


def test_settling_asks_whom_to_thank(client, around):
    conversation = talked(around.own, around["stranger"])
    client.force_login(around["author"])
    body = page(client, "exchange:talk", around.own.pk, conversation.pk)
    assert "Settled, thanks to Stranger" in body
    door = address("exchange:settle", around.own.pk)
    body = client.get(f"{door}?conversation={conversation.pk}").content.decode()
    assert "checked" in body
    assert "checked" not in client.get(f"{door}?conversation=x").content.decode()
    for wrong in ({}, {"conversation": "999999"}, {"conversation": "x"}):
        assert client.post(door, wrong).status_code == 400
    assert Exchange.objects.get(pk=around.own.pk).is_open
    sent = client.post(door, {"conversation": conversation.pk})
    assert sent.url == address("exchange:talk", around.own.pk, conversation.pk)
    assert "thanks to Stranger" in client.get(sent.url).content.decode()
    assert Contribution.objects.count() == 2
    assert client.post(door, {"conversation": conversation.pk}).status_code == 409
    client.force_login(around["stranger"])
    assert "thanks to you" in client.get(sent.url).content.decode()


def test_it_may_be_settled_elsewhere(client, around):
    client.force_login(around["author"])
    sent = client.post(address("exchange:settle", around.own.pk), {"conversation": "elsewhere"})
    assert sent.url == address("exchange:conversations")
    assert Exchange.objects.get(pk=around.own.pk).status == ExchangeStatus.SETTLED
    assert not Contribution.objects.exists()


def test_a_report_reaches_the_moderators_and_its_end_its_people(client, around):
    client.force_login(around["stranger"])
    door = address("exchange:report", around.own.pk)
    assert client.post(door, {"reason": ""}).status_code == 400
    assert client.post(door, {"reason": "It asks <b>money</b>"}).url == address("exchange:one", around.own.pk)
    for role in ROLES:
        client.force_login(around[role])
        expected = 200 if role in ("moderator", "admin") else 403
        assert client.get(address("moderation_exchange")).status_code == expected
        closing = client.post(address("moderation_exchange_close", HUGE), {})
        assert closing.status_code == (404 if expected == 200 else 403)
    said = ExchangeReport.objects.get()
    client.force_login(around["moderator"])
    body = page(client, "moderation_exchange")
    assert "It asks &lt;b&gt;money&lt;/b&gt;" in body
    assert '<span class="num">1</span>' in body
    door = address("moderation_exchange_close", said.pk)
    assert client.post(door, {"note": "", "verb": "remove"}).status_code == 400
    assert client.post(door, {"note": "x", "verb": "burn"}).status_code == 400
    sent = client.post(door, {"note": "It asks for money.", "verb": "remove"})
    assert sent.url == address("moderation_exchange")
    body = client.get(sent.url).content.decode()
    assert "its people are told why" in body
    assert "Nothing waits for you" in body
    mailed()
    assert [letter.to for letter in mail.outbox] == [[around["author"].email]]
    client.post(door, {"note": "x", "verb": "close"})
    assert "Somebody has closed it already" in client.get(sent.url).content.decode()


def test_a_moderator_leaves_reports_on_their_own_to_others(client, around):
    around["author"].roles = ["moderator"]
    around["author"].save()
    said = actions.report(around.own, by=around["stranger"], reason="Spam")
    client.force_login(around["author"])
    assert "somebody else closes the report" in page(client, "moderation_exchange")
    answer = client.post(address("moderation_exchange_close", said.pk), {"note": "x", "verb": "close"})
    assert answer.status_code == 403


def test_no_page_or_mail_tells_an_address(client, around):
    exchange = around.exchanges["initiative"]
    own, held = talked(around.own, around["stranger"]), talked(exchange, around["stranger"])
    actions.reply(own, by=around["author"], text="Until May.")
    actions.reply(held, by=around["steward"], text="Until June.")
    actions.report(around.own, by=around["stranger"], reason="Spam")
    mailed()
    doors = [
        address(name, one.exchange_id, *([one.pk] if name == "exchange:talk" else []))
        for one in (own, held)
        for name in ("exchange:one", "exchange:talk", "exchange:answer", "exchange:settle", "exchange:report")
    ]
    doors += [address("exchange:conversations"), address("moderation_exchange")]
    read = 0
    for role in ROLES:
        client.force_login(around[role])
        for door in doors:
            answer = client.get(door)
            read += answer.status_code == 200
            told = answer.content.decode().replace(around[role].email, "")
            assert "@hidden.example" not in told, (role, door)
    assert read > 20
    assert len(mail.outbox) == 4
    for letter in mail.outbox:
        for person in around.people.values():
            if [person.email] != letter.to:
                assert person.email not in letter.message().as_string()
        assert "@hidden.example" not in letter.body


def test_writing_a_lot_is_slowed_down(client, around, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "write_on_exchange": "1/h/user"}
    client.force_login(around["stranger"])
    door = address("exchange:answer", around.own.pk)
    assert client.post(door, {"text": "One"}).status_code == 302
    assert client.post(door, {"text": "Two"}).status_code == 429


def test_who_left_leaves_a_place_without_words(client, around):
    conversation = talked(around.own, around["stranger"])
    conversation.messages.create(by=around["author"], from_people=True, text="Until May.")
    accounts.erase(around["stranger"], by=None)
    client.force_login(around["author"])
    body = page(client, "exchange:talk", around.own.pk, conversation.pk)
    assert "Deleted with the account of who wrote it" in body
    assert "former member" in body
    assert "<textarea" not in body
