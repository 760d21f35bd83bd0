"""The mail that confirms an address goes through the worker, comes again when asked for, and tells no one else."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from community.letters import boxes
from community.models import Letterbox
from initiatives import actions
from initiatives.enums import Status
from initiatives.models import Initiative, Submission
from initiatives.submitting import letters, links
from initiatives.telling import digest, posting
from tests.worker import waiting, work

from .handing_in import confirm, fields, link_in, send

pytestmark = pytest.mark.django_db


def page_of(submission: Submission, name: str = "submission") -> str:
    """The page that waits for the mail, in English."""
    return reverse(name, args=[links.waiting_token_of(submission)]).replace("/fr/", "/en/")


def later(submission: Submission, by: timedelta) -> None:
    """As if the last mail had been asked for so long ago."""
    Submission.objects.filter(pk=submission.pk).update(asked_at=timezone.now() - by)


def test_a_mail_server_that_is_away_is_no_error_for_who_hands_in(client, rhone, monkeypatch):
    def refuses(*_given):
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refuses)
        answer = send(client)
        assert answer.status_code == 302
        with pytest.raises(ConnectionRefusedError):
            letters.ask_to_confirm(Submission.objects.get().pk)
    assert "is on its way" in client.get(answer.url.replace("/fr/", "/en/")).text
    assert mail.outbox == []
    assert work() == [letters.CONFIRM]
    assert len(mail.outbox) == 1


def test_it_is_sent_again_when_asked_for_but_not_at_once(client, handed_in):
    again = page_of(handed_in, "submission_again")
    answer = client.post(again)
    assert answer.status_code == 429
    assert "just written to this address" in answer.text
    later(handed_in, letters.AGAIN)
    assert client.post(again).url == page_of(handed_in)
    assert work() == [letters.CONFIRM]
    assert [message.to for message in mail.outbox] == [["someone@demo.example"]] * 2
    assert link_in(mail.outbox[0]) == link_in(mail.outbox[1])
    confirm(client, handed_in)
    assert client.post(again).status_code == 409
    later(handed_in, letters.AGAIN)
    letters.ask_to_confirm(handed_in.pk)
    assert len(mail.outbox) == 2


def test_pressing_the_form_again_sends_it_again(client, rhone):
    given = fields()
    assert client.post(reverse("submit"), given).status_code == 302
    submission = Submission.objects.get()
    later(submission, letters.AGAIN)
    work()
    assert client.post(reverse("submit"), given).status_code == 302
    assert work() == [letters.CONFIRM]
    assert len(mail.outbox) == 2
    # And again at once: nothing more, and no error.
    assert client.post(reverse("submit"), given).status_code == 302
    assert work() == []


def test_while_one_waits_no_second_one_is_added(client, rhone):
    send(client)
    later(Submission.objects.get(), letters.AGAIN)
    client.post(page_of(Submission.objects.get(), "submission_again"))
    assert waiting(letters.CONFIRM).count() == 1


def test_one_address_is_not_written_to_for_ever(client, rhone):
    answers = [
        send(client, submitter_email=email) for email in ["Some@demo.example", "some@demo.example"] * 3
    ]
    assert [one.status_code for one in answers] == [302] * letters.MOST_IN_A_WHILE + [429]
    assert "submitter_email" in answers[-1].context["form"].errors
    assert Initiative.objects.count() == letters.MOST_IN_A_WHILE
    assert send(client, submitter_email="else@demo.example").status_code == 302


def test_the_page_that_waits_opens_nothing_else(client, handed_in):
    token = links.waiting_token_of(handed_in)
    assert client.get(page_of(handed_in)).status_code == 200
    assert links.token_of(handed_in) not in client.get(page_of(handed_in)).text
    assert client.post(reverse("submission_confirm", args=[token])).status_code == 404
    assert client.get(reverse("submission_correct", args=[token])).status_code == 404
    assert client.post(reverse("submission_again", args=[links.token_of(handed_in)])).status_code == 404
    assert Initiative.objects.get().status == Status.DRAFT
    confirm(client, handed_in)
    actions.ask_changes(Initiative.objects.get(), by=None, reason="Which day?")
    assert "Which day?" not in client.get(page_of(handed_in)).text
    assert "Your address is confirmed" in client.get(page_of(handed_in)).text


def test_an_expired_one_offers_nothing(client, handed_in):
    Submission.objects.update(handed_in_at=timezone.now() - links.CONFIRM_WITHIN - timedelta(hours=1))
    assert "has expired" in client.get(page_of(handed_in)).text
    later(handed_in, letters.AGAIN)
    assert client.post(page_of(handed_in, "submission_again")).status_code == 409


def test_letters_are_in_the_language_of_the_form(client, rhone):
    client.post(reverse("submit").replace("/fr/", "/de/"), fields())
    work()
    submission = Submission.objects.get()
    assert submission.language == "de"
    assert "/de/initiatives/status/" in mail.outbox[0].body
    confirm(client, submission)
    actions.publish(Initiative.objects.get(), by=None)
    digest.tell(submission.letterbox_id)
    assert "/de/initiatives/" in mail.outbox[-1].body


def test_nobody_is_told_who_has_not_confirmed(handed_in):
    actions.reject(actions.submit(handed_in.initiative, by=None), by=None, reason="Spam.")
    assert not waiting(posting.TASK)
    assert digest.tell(handed_in.letterbox_id) == 0


def test_line_breaks_in_a_name_stay_out_of_the_subject(handed_in):
    Initiative.objects.update(name="A\nBcc: b@demo.example\r\x85\u2028C")
    letters.ask_to_confirm(handed_in.pk)
    assert mail.outbox[-1].subject.endswith(": A Bcc: b@demo.example C")


def test_a_member_is_told_through_whichever_door(cast):
    made = actions.create(by=cast["visitor"], values={"name": "Verger commun"})
    actions.submit(made, by=cast["visitor"])
    assert waiting(posting.TASK).count() == 1
    assert digest.tell(made.submission.letterbox_id) == 1
    assert mail.outbox[-1].to == [cast["visitor"].email]
    # Who sends it on for others is not told in their place.
    actions.ask_changes(made, by=None, reason="Where?")
    actions.submit(made, by=cast["moderator"])
    assert Submission.objects.get().email == cast["visitor"].email


def test_the_letterbox_follows_the_address(handed_in):
    before = handed_in.letterbox
    handed_in.email = "SOMEONE@demo.example"
    handed_in.save()
    assert handed_in.letterbox == before
    handed_in.email = "new@demo.example"
    handed_in.save(update_fields=["email"])
    handed_in.refresh_from_db()
    assert handed_in.letterbox == boxes.of("new@demo.example")
    assert Letterbox.objects.count() == 2
