"""How a letter is put together, and the way out of the yearly question."""

import pytest
from allauth.account.signals import email_changed
from django.core import mail
from django.core.mail import BadHeaderError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from community.letters import boxes, links
from community.letters.sending import Letter, send
from community.members import actions, belongings
from community.models import Letterbox
from tests.factories import MemberFactory
from tests.initiatives.pages import address, page

pytestmark = pytest.mark.django_db
ANA = "ana@demo.example"
TEMPLATE = "community/mails/erased.txt"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Bread", "Bread"),
        ("A\r\nBcc: b@demo.example", "A Bcc: b@demo.example"),
        ("A\u2028B\x85C\x00D\x0bE", "A B C D E"),
        ("  a   b ", "a b"),
        ("x" * 500, "x" * 150),
        ("مقهى 🌻", "مقهى 🌻"),
    ],
)
def test_a_subject_is_one_line(subject, expected):
    send(ANA, "en", lambda: Letter(subject, TEMPLATE))
    assert mail.outbox[0].subject == f"[Social Planet] {expected}"
    assert mail.outbox[0].message()["Subject"]


@pytest.mark.parametrize(
    "to", ["a@demo.example\nBcc: b@demo.example", "a@demo.example\r", "a@demo.example\x00"]
)
def test_an_address_of_several_lines_is_refused(to):
    with pytest.raises(BadHeaderError):
        send(to, "en", lambda: Letter("x", TEMPLATE))
    with pytest.raises(BadHeaderError):
        send(ANA, "en", lambda: Letter("x", TEMPLATE, unsubscribe=f"https://a.example/{to}"))
    assert mail.outbox == []


@pytest.mark.parametrize(("language", "active"), [("de", "de"), ("en", "en"), ("xx", "fr"), ("", "fr")])
def test_it_is_written_in_the_language_of_who_reads_it(language, active):
    seen = []

    def write():
        seen.append(translation.get_language())
        return Letter("x", TEMPLATE)

    send(ANA, language, write)
    assert seen == [active]


def test_its_foot_says_from_where_and_how_to_end_it(settings):
    settings.DEFAULT_FROM_EMAIL = "Map <map@demo.example>"
    out = "https://map.example/out/"
    send(ANA, "en", lambda: Letter("x", TEMPLATE, unsubscribe=out, is_made_up=True))
    send(ANA, "en", lambda: Letter("x", TEMPLATE))
    with_way_out, without = (message.message() for message in mail.outbox)
    assert with_way_out["From"] == "Map <map@demo.example>"
    assert with_way_out["List-Unsubscribe"] == f"<{out}>"
    assert with_way_out["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert with_way_out["Auto-Submitted"] == "auto-generated"
    foot = mail.outbox[0].body.split("\n-- \n")[1]
    assert "Social Planet – http://testserver" in foot
    assert out in foot
    assert "made up" in foot
    assert without["List-Unsubscribe"] is None
    assert "made up" not in mail.outbox[1].body


# ── Letterboxes ─────────────────────────────────────────────────────────────────────────────────
def test_an_address_is_known_again_but_not_kept():
    box = boxes.of(ANA)
    assert boxes.of(" ANA@demo.example") == box
    assert boxes.of("bea@demo.example") != box
    assert "ana" not in str(Letterbox.objects.values().get(pk=box.pk))


def test_it_is_known_again_after_the_key_of_the_site_has_changed(settings):
    boxes.silence(boxes.of(ANA).fingerprint)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert boxes.silent_among([ANA, "bea@demo.example"]) == {ANA}
    assert boxes.is_silent(boxes.of(ANA).fingerprint)
    assert Letterbox.objects.count() == 1


def way_out(language: str = "en") -> str:
    """The path of the link in a letter to Ana."""
    return links.address_of(boxes.of(ANA).fingerprint, language).removeprefix("http://testserver")


def is_silent() -> bool:
    """Whether Ana is asked no more."""
    return bool(boxes.silent_among([ANA]))


def test_reading_the_page_changes_nothing_and_a_button_does(client):
    assert "ana" not in way_out()
    answer = client.get(way_out())
    assert "Do not ask me any more" in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert not is_silent()
    assert client.post(way_out()).url == way_out()
    assert is_silent()
    assert "Ask me again" in client.get(way_out()).text
    client.post(way_out(), {"again": "1"})
    assert not is_silent()


def test_a_mail_program_needs_one_click_and_is_not_led_on():
    program = Client(enforce_csrf_checks=True)
    for _time in range(2):
        answer = program.post(way_out(), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert is_silent()


def test_forged_links_change_nothing(client):
    token = way_out().split("/")[-2]
    wrong = [token[:-1], "x", token.split(".")[0], f"{'0' * 64}.{token.split('.')[1]}"]
    # Of another kind.
    wrong.append(token.replace(".", "-desk."))
    for one in [*wrong, links._SIGNER.sign("no fingerprint")]:
        assert client.get(f"/en/letters/{one}/").status_code == 404
        assert client.post(f"/en/letters/{one}/").status_code == 404
    assert not Letterbox.objects.exclude(silent_since=None).exists()


def test_a_member_does_the_same_in_their_profile(client):
    member = MemberFactory(email=ANA)
    assert client.post(reverse("account_letters")).status_code == 302
    client.force_login(member)
    assert "Do not ask me any more" in page(client, "account_profile")
    assert client.get(reverse("account_letters")).status_code == 405
    client.post(address("account_letters"))
    assert is_silent()
    assert "Ask me again" in page(client, "account_profile")
    client.post(address("account_letters"), {"again": "1"})
    assert not is_silent()
    assert Client(enforce_csrf_checks=True).post(reverse("account_letters")).status_code == 403


def test_what_they_want_goes_with_them_to_another_address():
    member = MemberFactory(email=ANA)
    boxes.silence(boxes.of(ANA).fingerprint)
    former, new = (member.emailaddress_set.create(email=email) for email in (ANA, "ana.lopes@demo.example"))
    email_changed.send(
        sender=None, request=None, user=member, from_email_address=former, to_email_address=new
    )
    assert boxes.silent_among([new.email])


def test_it_is_given_and_forgotten_with_the_account():
    member = MemberFactory(email=ANA)
    boxes.silence(boxes.of(ANA).fingerprint)
    assert belongings.registered()[0].given(member)["wants_yearly_question"] is False
    actions.erase(member, by=None)
    assert not Letterbox.objects.exists()
