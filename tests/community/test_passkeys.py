"""Passkeys as a second factor: added, shown after the password, renamed, taken away; what is none is refused."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from community.members import actions, belongings
from community.members.factors import has_second_factor
from community.models import Member
from tests.community.passkeys import ORIGIN, Key, asked
from tests.factories import MemberFactory
from tests.initiatives.pages import address

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-1"
REFUSED = "This passkey was not accepted. Try again."
HOSTILE = [
    "",
    "null",
    "{",
    "[]",
    "1",
    '"x"',
    "{}",
    '{"id": "YQ"}',
    '{"id": 1, "rawId": 1, "response": {}}',
    '{"rawId": "YQ", "response": null}',
    '{"rawId": "YQ", "response": [1]}',
    '{"rawId": "YQ", "type": {}, "response": {"clientDataJSON": "YQ", "attestationObject": "YQ"}}',
    '{"rawId": "YQ", "response": {"clientDataJSON": "W10", "attestationObject": "oA"}}',
    '{"rawId": "YQ", "response": {"clientDataJSON": "e30", "authenticatorData": "YQ", "signature": "YQ"}}',
    '{"rawId": "\\u0000", "response": {"clientDataJSON": "\\ud800", "attestationObject": "gYGBgYE"}}',
    "[" * 100_000,
    "9" * 5_000,
]


def page(name: str, *args) -> str:
    """Address of a page in English."""
    with translation.override("en"):
        return reverse(name, args=args)


def sign_in(client, member: Member):
    """With the password alone."""
    cache.clear()
    return client.post(page("account_login"), {"login": member.email, "password": PASSWORD})


def signed_in(client) -> bool:
    """Whether the client is somebody."""
    return "_auth_user_id" in client.session


def confirm(client) -> None:
    """Type the password once more, as what protects an account asks for it."""
    client.post(page("account_reauthenticate"), {"password": PASSWORD})


def add(client, key: Key, name: str = "My phone", **extra):
    """Add a passkey on its page."""
    made = {**key.made(asked(client.get(page("mfa_add_webauthn")))), **extra}
    return client.post(page("mfa_add_webauthn"), {"name": name, "credential": json.dumps(made)})


def show(client, key: Key, where: str = "mfa_authenticate"):
    """Show a passkey on a page that asks for it."""
    shown = key.shown(asked(client.get(page(where))))
    return client.post(page(where), {"credential": json.dumps(shown)})


@pytest.fixture
def member(client) -> Member:
    """Someone who typed the password twice a moment ago."""
    member = Member.objects.create_user("ana@demo.example", PASSWORD)
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    sign_in(client, member)
    confirm(client)
    return member


@pytest.fixture
def key(client, member) -> Key:
    """A passkey that the member has added."""
    key = Key()
    answer = add(client, key)
    assert (answer.status_code, answer.url) == (302, page("mfa_view_recovery_codes"))
    return key


@pytest.fixture
def row(key) -> Authenticator:
    """Its row."""
    return Authenticator.objects.get(type="webauthn")


def test_who_has_one_signs_in_with_both(client, member, key, row):
    client.logout()
    assert sign_in(client, member).url.startswith(page("mfa_authenticate"))
    assert not signed_in(client)
    show(client, key)
    assert signed_in(client)
    row.refresh_from_db()
    assert row.last_used_at


def test_a_code_on_paper_opens_where_it_is_lost(client, member, key):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    client.logout()
    sign_in(client, member)
    client.post(page("mfa_authenticate"), {"code": codes[0]})
    assert signed_in(client)


def test_it_opens_nothing_without_the_password(client, key):
    client.logout()
    for name in ("mfa_login_webauthn", "mfa_signup_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.get(page("mfa_authenticate")).url == page("account_login")


def test_of_somebody_else_or_made_elsewhere_it_is_refused(client, member, key):
    stranger, elsewhere, plain = Key(), Key(host="false.example"), Key(origin="http://testserver")
    for one in (elsewhere, plain):
        one.private, one.id = key.private, key.id
    forged = Key()
    forged.id = key.id
    client.logout()
    sign_in(client, member)
    for one in (stranger, elsewhere, plain, forged):
        cache.clear()
        assert REFUSED in show(client, one).content.decode()
        assert not signed_in(client)


def test_an_answer_is_good_once(client, member, key):
    client.logout()
    sign_in(client, member)
    answer = json.dumps(key.shown(asked(client.get(page("mfa_authenticate")))))
    client.get(page("mfa_authenticate"))
    assert REFUSED in client.post(page("mfa_authenticate"), {"credential": answer}).content.decode()
    assert not signed_in(client)


def test_guessing_is_limited(client, member, key):
    client.logout()
    sign_in(client, member)
    told = [show(client, Key()).content.decode() for _ in range(12)]
    assert REFUSED in told[0]
    assert REFUSED not in told[-1]
    assert "Too many failed login attempts" in told[-1]


@pytest.mark.parametrize("sent", HOSTILE)
def test_what_is_no_passkey_is_refused_on_the_page(client, member, key, sent):
    expected = "No passkey came" if sent in ("", "null", "[]", "{}") else REFUSED
    for name in ("mfa_add_webauthn", "mfa_reauthenticate_webauthn"):
        answer = client.post(page(name), {"name": "x", "credential": sent})
        assert answer.status_code == 200, name
        assert expected in answer.content.decode(), name
    client.logout()
    sign_in(client, member)
    answer = client.post(page("mfa_authenticate"), {"credential": sent})
    assert answer.status_code == 200
    assert expected in answer.content.decode()
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_only_what_is_read_again_is_kept(client, member):
    answer = add(client, Key(), clientExtensionResults={"x": "\0" * 9}, more="\0")
    assert answer.status_code == 302
    kept = Authenticator.objects.get(type="webauthn").data["credential"]
    assert set(kept) == {"id", "rawId", "type", "response"}
    assert not {"more", "x"} & set(kept["response"])


def test_its_name_is_short_and_made_up_where_none_was_given(client, member):
    answer = client.post(page("mfa_add_webauthn"), {"name": "x" * 61, "credential": "{}"})
    assert "at most 60 characters" in answer.content.decode()
    add(client, Key(), name="")
    add(client, Key(), name=" ")
    names = {one.wrap().name for one in Authenticator.objects.filter(type="webauthn")}
    assert names == {"Passkey 1", "Passkey 2"}


def test_it_is_shown_renamed_and_taken_away(client, member, row):
    shown = client.get(page("mfa_index")).content.decode()
    assert "My phone" in shown
    assert "Not used yet." in shown
    edit, remove = (page(f"mfa_{verb}_webauthn", row.pk) for verb in ("edit", "remove"))
    assert client.post(edit, {"name": " "}).status_code == 200
    client.post(edit, {"name": "<b>Blue</b>"})
    shown = client.get(page("mfa_list_webauthn"), follow=True).content.decode()
    assert "&lt;b&gt;Blue" in shown
    assert "&lt;b&gt;Blue" in client.get(remove).content.decode()
    assert Authenticator.objects.count() == 2
    client.post(remove)
    assert not Authenticator.objects.exists()
    assert not has_second_factor(member)
    assert "Passkey taken away." in client.get(page("mfa_index")).content.decode()


def test_that_of_others_is_not_there(client, row):
    other = type(client)()
    ben = Member.objects.create_user("ben@demo.example", PASSWORD)
    ben.emailaddress_set.create(email=ben.email, verified=True, primary=True)
    sign_in(other, ben)
    confirm(other)
    for verb in ("edit", "remove"):
        assert other.get(page(f"mfa_{verb}_webauthn", row.pk)).status_code == 404
        assert other.post(page(f"mfa_{verb}_webauthn", row.pk), {"name": "x"}).status_code == 404
    row.refresh_from_db()
    assert row.wrap().name == "My phone"


def test_changing_it_asks_for_the_password_or_for_it(client, member, key, row):
    client.logout()
    sign_in(client, member)
    show(client, key)
    for name, args in (
        ("mfa_add_webauthn", ()),
        ("mfa_edit_webauthn", (row.pk,)),
        ("mfa_remove_webauthn", (row.pk,)),
    ):
        answer = client.get(page(name, *args))
        assert answer.url.startswith(page("account_reauthenticate")), name
    assert "Use a passkey" in client.get(page("account_reauthenticate")).content.decode()
    assert REFUSED in show(client, Key(), "mfa_reauthenticate_webauthn").content.decode()
    show(client, key, "mfa_reauthenticate_webauthn")
    assert client.get(page("mfa_add_webauthn")).status_code == 200


@pytest.mark.parametrize("language", ["fr", "en", "es", "de", "it"])
def test_its_pages_are_there_in_each_language(client, member, key, row, language):
    for name in ("mfa_index", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"):
        assert client.get(address(name, language=language)).status_code == 200
    for verb in ("edit", "remove"):
        path = address(f"mfa_{verb}_webauthn", row.pk, language=language)
        assert client.get(path).status_code == 200
    client.logout()
    sign_in(client, member)
    assert client.get(address("mfa_authenticate", language=language)).status_code == 200


def test_who_has_none_is_not_asked_for_one(client, member):
    Authenticator.objects.create(user=member, type="totp", data={"secret": "SEVENTY"})
    client.logout()
    sign_in(client, member)
    assert "Use a passkey" not in client.get(page("mfa_authenticate")).content.decode()


@pytest.mark.parametrize(("kind", "counts"), [("webauthn", True), ("totp", True), ("recovery_codes", False)])
def test_one_alone_counts_for_who_decides_for_others(client, settings, kind, counts):
    settings.REVIEWERS_NEED_SECOND_FACTOR = True
    member = MemberFactory(is_staff=True, is_superuser=True)
    Authenticator.objects.create(user=member, type=kind, data={"name": "x"})
    client.force_login(member)
    assert (client.get(reverse("admin:index")).status_code == 200) is counts


@pytest.mark.parametrize("host", ["map.example.org", "map.example.org:8443"])
def test_it_belongs_to_the_host_that_was_asked(client, member, settings, host):
    settings.ALLOWED_HOSTS = ["map.example.org"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    behind = {"HTTP_HOST": host, "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_HOST": "false.example"}
    options = asked(client.get(page("mfa_add_webauthn"), **behind))
    assert options["rp"] == {"id": "map.example.org", "name": "Social Planet"}
    assert options["user"]["name"] == member.email
    for origin, good in (("http://map.example.org", False), (ORIGIN, False), (f"https://{host}", True)):
        key = Key("map.example.org", origin)
        made = json.dumps(key.made(asked(client.get(page("mfa_add_webauthn"), **behind))))
        client.post(page("mfa_add_webauthn"), {"name": "x", "credential": made}, **behind)
        assert Authenticator.objects.filter(type="webauthn").exists() is good, origin


def test_it_is_given_to_take_away_by_its_name_and_goes_with_the_account(member, key):
    told = {one["type"]: one["name"] for one in belongings.given(member)["second_factors"]}
    assert told == {"webauthn": "My phone", "recovery_codes": None}
    actions.erase(member, by=member)
    assert not Authenticator.objects.exists()
