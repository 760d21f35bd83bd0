"""Mails of new matches: each pair once, one a day, nothing lost when the worker dies, and a way out."""

import smtplib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.exchange.matching import actions, letters, links
from initiatives.models import Exchange, ExchangeMatch
from tests.factories import MemberFactory
from tests.initiatives.exchange.fitting import need, offer
from tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    """Looks for somebody who repairs bicycles, and reads English."""
    member = MemberFactory(language="en")
    need(author=member)
    return member


def tomorrow(days: int = 1):
    return timezone.now() + timedelta(days=days)


def test_a_new_pair_is_told_once_with_its_reasons_to_both_sides(member, mailoutbox):
    other = offer()
    assert letters.tell(member.pk) == 1
    assert letters.tell(other.author_id) == 1
    assert letters.tell(member.pk, tomorrow()) == 0
    (mail, _other) = mailoutbox
    assert mail.to == [member.email]
    assert "1 new match for you" in mail.subject
    for said in ("For “Réparer nos vélos”:", "Fahrradreparatur", "bicycle", f"/en/exchange/{other.pk}/"):
        assert said in mail.body
    assert other.author.email not in mail.body


def test_there_is_one_mail_a_day_with_all_of_a_member(member, mailoutbox):
    need(author=member, title="Nos vélos, encore")
    offer()
    assert letters.tell(member.pk) == 2
    assert len(mailoutbox) == 1
    offer(title="Fahrräder reparieren")
    assert letters.tell(member.pk) == 0
    assert letters.tell(member.pk, tomorrow()) == 2
    assert len(mailoutbox) == 2


def test_what_was_put_aside_is_not_told(member, mailoutbox):
    other = offer()
    actions.dismiss(Exchange.objects.get(author=member), other=other, by=member)
    assert letters.tell(member.pk) == 0
    assert mailoutbox == []


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected, SystemExit])
def test_what_could_not_be_sent_is_told_later_and_once(member, mailoutbox, monkeypatch, error):
    offer()

    def refuse(*_args):
        raise error("away")

    with monkeypatch.context() as patched:
        patched.setattr(letters, "send", refuse)
        with pytest.raises(error):
            letters.tell(member.pk)
    assert not ExchangeMatch.objects.exists()
    assert letters.tell(member.pk) == 1
    assert letters.tell(member.pk) == 0
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    "change", [{"wants_matches": False}, {"status": "withdrawn", "ended_at": timezone.now()}]
)
def test_who_does_not_want_mails_or_has_nothing_open_gets_none(member, mailoutbox, change):
    offer()
    Exchange.objects.filter(author=member).update(**change)
    assert letters.tell(member.pk) == 0
    assert mailoutbox == []


def test_the_night_reads_counts_and_has_all_told(member, mailoutbox):
    offer()
    assert letters.have_told() == 2
    work()
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        Exchange.objects.values_list("author__email", flat=True)
    )


def test_the_button_of_the_mail_program_ends_the_mails(member, mailoutbox, client):
    offer()
    letters.tell(member.pk)
    (mail,) = mailoutbox
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail.extra_headers["List-Unsubscribe"].strip("<>")
    path = "/" + link.split("/", 3)[3]
    assert client.get(path).status_code == 200
    assert Exchange.objects.get(author=member).wants_matches
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Exchange.objects.get(author=member).wants_matches


def test_a_forged_link_ends_nothing(member, client):
    assert client.get(reverse("exchange:match_letters", args=["1.forged"])).status_code == 404
    assert client.post(reverse("exchange:match_letters", args=[f"{member.pk}.x"])).status_code == 404
    assert Exchange.objects.get(author=member).wants_matches
    assert links.member_of(links.way_out(member).rstrip("/").rsplit("/", 1)[1]) == member
