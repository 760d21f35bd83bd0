"""A second factor: an application that shows numbers, codes on paper, and who must have one."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse

from community.models import Member
from geoportal import tasks
from tests.factories import MemberFactory
from tests.initiatives.pages import address

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-1"


def number(secret: str) -> str:
    """What the application shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client, member: Member):
    """With the password alone."""
    form = {"login": member.email, "password": PASSWORD}
    return client.post(reverse("account_login"), form)


def signed_in(client) -> bool:
    """Whether the client is somebody."""
    return "_auth_user_id" in client.session


@pytest.fixture
def member(client) -> Member:
    """Someone with a password, who typed it twice a moment ago: what protects an account asks for it again."""
    member = Member.objects.create_user("ana@demo.example", PASSWORD)
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    sign_in(client, member)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return member


@pytest.fixture
def secret(client, member) -> str:
    """The secret of an application that was set up on the page."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    (found,) = re.findall(r'id="authenticator_secret" value="([A-Z2-7]+)"', page)
    answer = client.post(reverse("mfa_activate_totp"), {"code": number(found)})
    assert answer.status_code == 302, answer.content.decode()
    return found


def test_who_set_one_up_signs_in_with_both(client, member, secret):
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    client.logout()
    cache.clear()
    assert sign_in(client, member).url.startswith(reverse("mfa_authenticate"))
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": number(secret)})
    assert signed_in(client)


def test_a_code_on_paper_opens_once(client, member, secret):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    for expected in (True, False):
        client.logout()
        cache.clear()
        sign_in(client, member)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert signed_in(client) is expected


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "usersessions_list"])
@pytest.mark.parametrize("language", ["fr", "en", "es", "de", "it"])
def test_its_pages_are_there_in_each_language(client, member, name, language):
    assert client.get(address(name, language=language)).status_code == 200


def test_its_further_pages_are_there(client, member, secret):
    for name in (
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
    ):
        assert client.get(reverse(name)).status_code == 200, name


@pytest.mark.parametrize(
    ("values", "needs"),
    [
        ({"roles": ["moderator"]}, True),
        ({"is_staff": True}, True),
        ({"is_superuser": True}, True),
        ({"roles": ["treasurer"]}, False),
        ({}, False),
    ],
)
def test_who_decides_for_others_needs_one_and_goes_on_reading(client, settings, values, needs):
    settings.REVIEWERS_NEED_SECOND_FACTOR = True
    member = MemberFactory(**values)
    client.force_login(member)
    assert client.get(reverse("initiatives")).status_code == 200
    assert client.get(reverse("mfa_index")).status_code == 200
    assert (
        client.post("/api/initiatives/", "{}", content_type="application/json").status_code == 403
    ) is needs
    led = client.post(reverse("access_tokens"), {"name": "x"})
    assert (led.status_code == 302 and led.url == reverse("mfa_index")) is needs
    if member.is_staff:
        assert client.get(reverse("admin:index")).status_code == 302
        Authenticator.objects.create(user=member, type="totp", data={})
        assert client.get(reverse("admin:index")).status_code == 200


def test_sessions_elsewhere_can_be_ended(client, member):
    elsewhere = type(client)()
    sign_in(elsewhere, member)
    assert signed_in(elsewhere)
    client.post(reverse("usersessions_list"))
    assert not signed_in(elsewhere)
    assert signed_in(client)


def test_where_somebody_was_signed_in_is_forgotten_with_the_session(client, member):
    assert UserSession.objects.get().ip == "127.0.0.1"
    Session.objects.all().delete()
    tasks.clear_sessions(0)
    assert not UserSession.objects.exists()
