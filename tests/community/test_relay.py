"""Members write to each other, and nobody learns an address that its owner does not share."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.members.enums import Visibility
from community.models import Member, RelayedMessage
from community.relay import actions, letters, links
from tests.factories import MemberFactory
from tests.initiatives.pages import address, page

from .relaying import TEXT, delivered, listed, reply_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client) -> Member:
    """Someone who is signed in, and whom nobody finds."""
    writer = MemberFactory(email="writer@demo.example", public_name="Wanda Writer", language="en")
    client.force_login(writer)
    return writer


def send(client, to: Member, **more):
    """Fill in the form."""
    return client.post(address("member_write", to.uuid), {"text": TEXT, **more})


def test_a_message_reaches_its_member_without_an_address(client, writer):
    other = listed(email="other@demo.example")
    answer = send(client, other)
    assert answer.url == address("member", other.uuid)
    (letter,) = delivered()
    assert letter.to == ["other@demo.example"]
    assert letter.reply_to == []
    assert "Wanda Writer writes to you" in letter.subject
    assert "> Bees at noon?\n" in letter.body
    # Nobody writes as if they were the site.
    assert "\n> -- \n" in letter.body or "\n> --\n" in letter.body
    said = letter.message().as_string()
    assert "writer@" not in said
    assert "other@demo.example" not in letter.body
    assert "other@demo.example" not in page(client, "member", other.uuid)


def test_who_shares_their_address_is_answered_by_mail(client, writer):
    send(client, listed(), shares_address="on")
    (letter,) = delivered()
    assert letter.reply_to == ["writer@demo.example"]
    assert letter.message()["Reply-To"] == "writer@demo.example"


def test_nothing_of_the_text_stays(client, writer):
    send(client, listed())
    stored = RelayedMessage.objects.get()
    assert stored.text == TEXT
    assert len(delivered()) == 1
    stored.refresh_from_db()
    assert (stored.text, stored.done_at is None) == ("", False)
    # Twice asked, once sent.
    assert not letters.tell(stored.pk)
    with pytest.raises(IntegrityError, match="message_text_goes_when_sent"), transaction.atomic():
        RelayedMessage.objects.update(text="again")


def test_what_the_mail_server_refuses_is_tried_again(client, writer, monkeypatch):
    send(client, listed())
    with monkeypatch.context() as broken:
        broken.setattr(letters, "send", lambda *_args: (_ for _ in ()).throw(OSError("away")))
        with pytest.raises(OSError, match="away"):
            delivered()
    assert RelayedMessage.objects.get().text == TEXT
    assert len(delivered()) == 1


def test_the_link_of_the_mail_answers_and_so_on(client, writer):
    other = listed(email="other@demo.example", public_name="Otto Other")
    send(client, other)
    (letter,) = delivered()
    client.logout()
    link = reply_link(letter)
    assert "Answer Wanda Writer" in client.get(link).content.decode()
    assert client.post(link, {"text": "Yes"}).url == link
    (back,) = delivered()
    assert back.to == ["writer@demo.example"]
    assert "Otto Other answers you" in back.subject
    assert "other@" not in back.message().as_string()
    # The writer is in no directory, and may be answered all the same.
    client.post(reply_link(back), {"text": "Fine", "shares_address": "on"})
    (third,) = delivered()
    assert (third.to, third.reply_to) == (["other@demo.example"], ["writer@demo.example"])


@pytest.mark.parametrize("token", ["x", "1", "1.forged", "%00", "999999999999999999999.x"])
def test_a_forged_link_answers_nothing(client, writer, token):
    send(client, listed())
    found = client.get(f"/en/members/reply/{token}/")
    assert found.status_code in (400, 404)


def test_a_link_ends_with_its_time_or_with_an_account(client, writer):
    other = listed()
    send(client, other)
    link = reply_link(delivered()[0])
    RelayedMessage.objects.update(at=timezone.now() - timedelta(days=91))
    assert client.get(link).status_code == 404
    RelayedMessage.objects.update(at=timezone.now())
    Member.objects.filter(pk=writer.pk).update(is_active=False)
    client.logout()
    assert client.post(link, {"text": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("but", "status"),
    [
        ({}, 200),
        ({"public_name_seen_by": Visibility.EVERYONE}, 200),
        ({"accepts_messages": False}, 404),
        ({"is_listed": False}, 404),
        ({"public_name_seen_by": Visibility.NOBODY}, 404),
        ({"public_name": ""}, 404),
        ({"is_active": False}, 404),
    ],
)
def test_only_who_wants_messages_is_written_to(client, writer, but, status):
    other = listed(**but)
    assert client.get(address("member_write", other.uuid)).status_code == status
    assert send(client, other).status_code == (302 if status == 200 else status)
    assert RelayedMessage.objects.exists() is (status == 200)
    if other.is_active:
        offers = address("member_write", other.uuid) in page(client, "member", other.uuid)
        assert offers is (status == 200)


def test_nobody_writes_to_themselves_or_without_an_account(client, writer):
    Member.objects.filter(pk=writer.pk).update(is_listed=True, public_name_seen_by=Visibility.EVERYONE)
    assert client.get(address("member_write", writer.uuid)).status_code == 404
    client.logout()
    assert client.get(address("member_write", listed().uuid)).status_code == 302


def test_who_has_no_name_chooses_one_first(client, writer):
    Member.objects.filter(pk=writer.pk).update(public_name="")
    answer = send(client, listed())
    assert answer.status_code == 400
    assert "Choose a public name" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 4001, "a\x00b"])
def test_what_cannot_be_sent_is_told_beside_the_field(client, writer, text):
    answer = send(client, listed(), text=text)
    assert answer.status_code == 400
    body = answer.content.decode()
    assert 'id="id_text_error"' in body
    assert "@demo.example" not in body.split("<main", 1)[-1]


def test_a_name_with_a_line_break_makes_no_header(client, writer):
    Member.objects.filter(pk=writer.pk).update(public_name="Eve\r\nBcc: all@demo.example")
    send(client, listed())
    (letter,) = delivered()
    assert letter.message()["Bcc"] is None
    assert "\n" not in letter.subject


def test_three_a_day_to_the_same_member(client, writer):
    other = listed()
    for _time in range(3):
        assert send(client, other).status_code == 302
    answer = send(client, other)
    assert answer.status_code == 429
    assert TEXT.splitlines()[0] in answer.content.decode()
    assert send(client, listed()).status_code == 302
    RelayedMessage.objects.update(at=timezone.now() - timedelta(days=2))
    assert send(client, other).status_code == 302


def test_twenty_a_day_to_all(client, writer):
    for _time in range(20):
        assert send(client, listed()).status_code == 302
    assert send(client, listed()).status_code == 429


def test_who_is_blocked_sees_nothing_else_than_others(client, writer):
    other, free = listed(public_name="Same"), listed(public_name="Same")
    actions.block(writer, by=other)
    said = []
    for one in (other, free):
        pages = [client.get(address("member_write", one.uuid)), send(client, one)]
        pages.append(client.get(address("member", one.uuid)))
        for _time in range(3):
            pages.append(send(client, one))
        said.append([(answer.status_code, _bare(answer, one)) for answer in pages])
    assert said[0] == said[1]
    assert {tuple(letter.to) for letter in delivered()} == {(free.email,)}
    assert not RelayedMessage.objects.exclude(text="").exists()


def _bare(answer, member: Member) -> str:
    """A page without what names its member or changes each time."""
    body = answer.content.decode().split("<main", 1)[-1].replace(str(member.uuid), "")
    return "".join(line for line in body.splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_link_of_before_does_not_go_round_a_block(client, writer):
    other = listed()
    send(client, other)
    link = reply_link(delivered()[0])
    actions.block(other, by=writer)
    client.logout()
    assert client.post(link, {"text": "x"}).status_code == 302
    assert delivered() == []


def test_what_is_old_or_stuck_is_forgotten(client, writer):
    now = timezone.now()
    other = listed()
    for days, done in ((91, now), (89, now), (4, None), (2, None)):
        RelayedMessage.objects.create(
            sender=writer, receiver=other, at=now - timedelta(days=days), done_at=done
        )
    assert actions.forget_unsent() == 1
    assert actions.forget_messages() == 1
    assert RelayedMessage.objects.count() == 2


def test_a_token_is_of_the_site_alone(writer):
    made = actions.write(listed(), by=writer, text="x", shares_address=False)
    token = links.address_of(made).rstrip("/").rpartition("/")[2]
    assert links.message_of(token) == made
    assert links.message_of(f"{made.pk + 1}.{token.partition('.')[2]}") is None
    assert mail.outbox == []
