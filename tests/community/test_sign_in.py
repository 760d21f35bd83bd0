"""Signing in by e-mail, through the pages: whatever its case, and without telling who has an account."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import translation

from community.models import Member

pytestmark = pytest.mark.django_db

PASSWORD = "vurtheil-9-quapp"
SPELLINGS = ["Ana@demo.example", "ana@demo.example", "ANA@DEMO.EXAMPLE", " aNa@Demo.Example "]


@pytest.fixture
def ana() -> Member:
    """A member who confirmed an address with a capital letter."""
    member = Member.objects.create_user("Ana@demo.example", PASSWORD, public_name="Ana")
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    return member


def page(name: str) -> str:
    """Address of a page in English."""
    with translation.override("en"):
        return reverse(name)


def sign_in(client, email: str, password: str = PASSWORD):
    """Send the form."""
    return client.post(page("account_login"), {"login": email, "password": password})


def complaint(answer) -> str:
    """What the form says is wrong."""
    return " ".join(error for errors in answer.context["form"].errors.values() for error in errors)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_case_of_the_address_does_not_matter(client, ana, spelling):
    answer = sign_in(client, spelling)
    assert (answer.status_code, answer["Location"]) == (302, page("map"))
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_who_was_added_in_the_administration_can_sign_in(client, admin_client):
    form = {"email": "Zoe.Roy@Demo.Example", "language": "fr", "password1": PASSWORD, "password2": PASSWORD}
    form |= {"collective_memberships-TOTAL_FORMS": 0, "collective_memberships-INITIAL_FORMS": 0}
    assert admin_client.post("/admin/community/member/add/", form).status_code == 302
    zoe = Member.objects.get(email="zoe.roy@demo.example")
    zoe.emailaddress_set.create(email=zoe.email, verified=True, primary=True)
    assert sign_in(client, "zoe.roy@demo.example").status_code == 302
    assert client.session["_auth_user_id"] == str(zoe.pk)


@pytest.mark.parametrize("password", [PASSWORD.upper(), f"{PASSWORD} x", "", "wrong"])
def test_the_password_does(client, ana, password):
    assert sign_in(client, ana.email, password).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client, ana):
    known = complaint(sign_in(client, ana.email, "wrong-password"))
    unknown = complaint(sign_in(client, "nobody@demo.example", "wrong-password"))
    assert known == unknown != ""


def test_who_was_closed_out_cannot_sign_in(client, ana):
    Member.objects.update(is_active=False)
    sign_in(client, ana.email)
    assert "_auth_user_id" not in client.session


def test_an_address_that_was_not_confirmed_is_asked_to_be(client):
    Member.objects.create_user("ben@demo.example", PASSWORD)
    answer = sign_in(client, "ben@demo.example")
    assert answer["Location"] == page("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    assert [letter.to for letter in mail.outbox] == [["ben@demo.example"]]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_new_password_is_sent_whatever_the_case(client, ana, spelling):
    client.post(page("account_reset_password"), {"email": spelling})
    [letter] = mail.outbox
    assert letter.to[0].lower() == "ana@demo.example"
    assert re.search(r"http://testserver/\S+reset/key/", letter.body)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_signing_up_again_makes_no_second_account_and_does_not_say_so(client, ana, spelling):
    form = {"email": spelling, "password1": PASSWORD, "password2": PASSWORD}
    taken = client.post(page("account_signup"), form)
    free = client.post(page("account_signup"), {**form, "email": "free@demo.example"})
    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert Member.objects.filter(email__iexact="ana@demo.example").count() == 1


def test_the_administration_takes_any_case_too(client, ana):
    Member.objects.update(is_staff=True, is_superuser=True)
    answer = client.post("/admin/login/?next=/admin/", {"username": "ANA@demo.example", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(client, ana, elsewhere):
    form = {"login": ana.email, "password": PASSWORD, "next": elsewhere}
    answer = client.post(page("account_login"), form)
    assert "elsewhere" not in answer.get("Location", "")
    assert answer["Location"].startswith("/")


def test_signing_out_needs_a_click(client, ana):
    client.force_login(ana)
    client.get(page("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(page("account_logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)
def test_a_form_may_be_the_first_that_a_connection_is_opened_for(client, ana):
    wrappers = list(connection.execute_wrappers)
    connection.close()
    connection.execute_wrappers.clear()
    sign_in(client, "ana@demo.example")
    assert connection.execute_wrappers == wrappers
    assert client.post(page("account_logout")).status_code == 302
    assert "_auth_user_id" not in client.session
