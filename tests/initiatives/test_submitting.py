"""Handing in an initiative without an account: from the form to the map."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from initiatives import actions
from initiatives.enums import Precision, Status, Verb
from initiatives.models import Initiative, Submission
from initiatives.submitting import actions as submitting
from initiatives.submitting import links
from tests.factories import MemberFactory, PlaceFactory
from vocabulary.models import Theme

from .handing_in import confirm, fields, link_in, send

pytestmark = pytest.mark.django_db


# ── The way ─────────────────────────────────────────────────────────────────────────────────────
def test_from_the_form_to_review(client, handed_in):
    initiative = handed_in.initiative
    assert (initiative.status, initiative.name) == (Status.DRAFT, "Café des Réparations")
    assert handed_in.language == "fr"
    assert not handed_in.is_confirmed
    (sent,) = mail.outbox
    assert sent.to == ["someone@demo.example"]
    assert "Café des Réparations" in sent.subject
    page = client.get(link_in(sent))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    # Following the link alone, as programs do, confirms nothing.
    initiative.refresh_from_db()
    assert initiative.status == Status.DRAFT
    assert confirm(client, handed_in).status_code == 302
    initiative.refresh_from_db()
    assert initiative.status == Status.PENDING
    assert confirm(client, handed_in).status_code == 302
    assert initiative.status_changes.filter(verb=Verb.SUBMIT).count() == 1


def test_a_member_needs_no_mail(client, rhone):
    member = MemberFactory()
    client.force_login(member)
    answer = send(client, submitter_email=None)
    submission = Submission.objects.get()
    assert answer.url == reverse("submission", args=[links.token_of(submission)])
    assert submission.initiative.status == Status.PENDING
    assert submission.email == member.email
    created = submission.initiative.status_changes.get(verb=Verb.CREATE)
    assert created.by == member
    assert not mail.outbox


def test_pressed_twice_it_is_one(client, rhone):
    key = str(uuid.uuid4())
    assert send(client, key=key).url == send(client, key=key).url
    assert Initiative.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_are_one():
    theme = Theme.objects.get(slug="repair-cafes")
    values = {"uuid": uuid.uuid4(), "name": "Garage", "primary_theme": theme, "has_no_position": True}
    together = Barrier(2)

    def press(_turn: int) -> int:
        together.wait()
        try:
            return submitting.hand_in(by=None, values=values, email="a@demo.example", language="fr").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        assert len(set(hands.map(press, range(2)))) == 1
    assert Initiative.objects.count() == 1


def test_with_the_identifier_of_anothers_it_is_refused(client, handed_in, bakery):
    client.force_login(MemberFactory())
    for taken in (handed_in.initiative.uuid, bakery.uuid):
        answer = send(client, key=str(taken), submitter_email=None)
        assert answer.status_code == 400
        assert links.token_of(handed_in) not in answer.content.decode()
    assert Initiative.objects.count() == 2


def test_changes_are_asked_for_and_made(client, handed_in, django_capture_on_commit_callbacks):
    confirm(client, handed_in)
    initiative = Initiative.objects.get()
    actions.ask_changes(initiative, by=None, reason="Which day?")
    token = links.token_of(handed_in)
    address = reverse("submission_correct", args=[token])
    page = client.get(address).content.decode()
    assert "Which day?" in page
    assert "Café des Réparations" in page
    answer = client.post(address, fields(name="Café du samedi", submitter_email=None, consent=None))
    assert answer.url == reverse("submission", args=[token])
    initiative.refresh_from_db()
    assert (initiative.status, initiative.name) == (Status.PENDING, "Café du samedi")
    assert initiative.uuid == handed_in.initiative.uuid
    # In review it is no longer theirs to change.
    assert client.get(address).status_code == 409
    assert client.post(address, fields(name="Other")).status_code == 409


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.REJECTED, Status.ARCHIVED])
def test_what_is_decided_is_not_changed_by_the_link(client, handed_in, status):
    confirm(client, handed_in)
    Initiative.objects.update(status=status)
    address = reverse("submission_correct", args=[links.token_of(handed_in)])
    assert client.post(address, fields(name="Other")).status_code == 409
    with pytest.raises(submitting.ClosedError):
        submitting.correct(handed_in, values={"name": "Other"})
    assert Initiative.objects.get().name == "Café des Réparations"


# ── Links ───────────────────────────────────────────────────────────────────────────────────────
def test_forged_links_lead_nowhere(client, handed_in):
    token = links.token_of(handed_in)
    for wrong in (
        links.waiting_token_of(handed_in)[:-1],
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        str(handed_in.initiative.uuid),
        "x",
        "." * 40,
    ):
        for route in ("submission", "submission_correct"):
            assert client.get(reverse(route, args=[wrong])).status_code == 404
        assert client.post(reverse("submission_confirm", args=[wrong])).status_code == 404


def test_a_link_expires_and_the_draft_is_forgotten(client, handed_in):
    Submission.objects.update(handed_in_at=timezone.now() - links.CONFIRM_WITHIN - links.CONFIRM_WITHIN / 100)
    assert client.get(reverse("submission", args=[links.token_of(handed_in)])).status_code == 200
    assert confirm(client, handed_in).status_code == 410
    assert Initiative.objects.get().status == Status.DRAFT
    assert submitting.forget_unconfirmed() == 1
    assert not Initiative.objects.exists()
    assert not Submission.objects.exists()


def test_what_is_confirmed_is_not_forgotten(client, handed_in):
    confirm(client, handed_in)
    Submission.objects.update(handed_in_at=timezone.now() - 2 * links.CONFIRM_WITHIN)
    assert submitting.forget_unconfirmed() == 0


# ── Place ───────────────────────────────────────────────────────────────────────────────────────
def test_a_town_is_enough_and_says_no_more_than_the_town(client, rhone):
    PlaceFactory(name="Lyon", country="FR", search_names="|lyon|lugdunum")
    send(client, lat="", lon="", locality="LYON", country="FR")
    made = Initiative.objects.get()
    assert made.precision == Precision.LOCALITY
    assert made.position.x == pytest.approx(4.8357)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"lat": "", "lon": ""}, "locality"),
        ({"lat": "", "lon": "", "locality": "Lyon"}, "country"),
        ({"lat": "", "lon": "", "locality": "Nowhere", "country": "FR"}, "locality"),
        ({"lat": "45"}, None),
        ({"lat": "45", "lon": ""}, "lon"),
        ({"lat": "45,764", "lon": "4,8357"}, None),
        ({"lat": "4,5,7", "lon": "4"}, "lat"),
        ({"lat": "nan", "lon": "4"}, "lat"),
        ({"lat": "95", "lon": "4"}, "lat"),
        ({"name": "n" * 500}, "name"),
        ({"name": ""}, "name"),
        ({"primary_theme": "0"}, "primary_theme"),
        ({"submitter_email": "a@demo.example\nBcc: b@demo.example"}, "submitter_email"),
        ({"consent": None}, "consent"),
        ({"homepage": "buy"}, "homepage"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"phone": "abc"}, "phone"),
        ({"key": "x"}, "key"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, rhone, changes, wrong):
    answer = send(client, **changes)
    if wrong is None:
        assert answer.status_code == 302
        return
    assert answer.status_code == 400
    assert wrong in answer.context["form"].errors
    assert not Initiative.objects.exists()


def test_the_sea_is_asked_about_and_not_refused(client, rhone):
    answer = send(client, lat="40", lon="-30")
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == ["sure"]
    assert send(client, lat="40", lon="-30", sure="on").status_code == 302


def test_names_of_any_script(client, rhone):
    for name in ("مقهى الإصلاح", "🌻 Garten", "קפה"):
        assert send(client, name=name).status_code == 302
    assert Initiative.objects.count() == 3


# ── Too much ────────────────────────────────────────────────────────────────────────────────────
def test_one_address_hands_in_so_many_an_hour(client, rhone, settings):
    settings.ACCOUNT_RATE_LIMITS = {"submit_initiative": "2/h/ip"}
    assert [send(client).status_code for _try in range(3)] == [302, 302, 429]
    assert Initiative.objects.count() == 2
