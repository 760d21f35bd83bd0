"""Access tokens: told once, kept as a fingerprint, revoked by their member alone."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from community.members import actions, tokens
from community.models import AccessToken
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    """Someone who is signed in."""
    member = MemberFactory()
    client.force_login(member)
    return member


def test_a_token_is_told_once(client, member):
    page = client.post(reverse("access_tokens"), {"name": "Our website"}).content.decode()
    (token,) = re.findall(r'<code class="secret"[^>]*>(sp_[\w-]+)</code>', page)
    kept = AccessToken.objects.get()
    assert (kept.member, kept.name) == (member, "Our website")
    assert token not in str(kept.__dict__)
    assert tokens.member_of(token) == member
    kept.refresh_from_db()
    assert kept.last_used_on
    page = client.get(reverse("access_tokens")).content.decode()
    assert "Our website" in page
    assert token not in page


def test_a_token_needs_a_name(client, member):
    answer = client.post(reverse("access_tokens"), {"name": " "})
    assert answer.status_code == 400
    assert not AccessToken.objects.exists()


def test_twenty_are_enough(client, member):
    for number in range(tokens.MOST):
        tokens.issue(member, str(number))
    assert client.post(reverse("access_tokens"), {"name": "one more"}).status_code == 400
    assert AccessToken.objects.count() == tokens.MOST


def test_a_revoked_token_is_good_for_nothing(client, member):
    token = tokens.issue(member, "x")
    client.post(reverse("revoke_access_token", args=[AccessToken.objects.get().pk]))
    assert tokens.member_of(token) is None


def test_nobody_revokes_or_sees_the_token_of_another(client, member):
    tokens.issue(MemberFactory(), "of another")
    assert "of another" not in client.get(reverse("access_tokens")).content.decode()
    answer = client.post(reverse("revoke_access_token", args=[AccessToken.objects.get().pk]))
    assert answer.status_code == 404
    assert AccessToken.objects.exists()


def test_pages_of_tokens_are_not_for_everyone(client):
    assert client.get(reverse("access_tokens")).status_code == 302


def test_a_page_with_a_token_is_kept_by_nobody(client, member):
    assert "no-store" in client.get(reverse("access_tokens"))["Cache-Control"]


@pytest.mark.parametrize(
    ("roles", "had", "has", "wanted", "good"),
    [
        ([], False, False, True, True),
        (["moderator"], False, False, True, False),
        (["moderator"], True, False, True, True),
        (["moderator"], False, True, True, True),
        (["moderator"], False, False, False, True),
        (["treasurer"], False, False, True, True),
    ],
)
def test_a_token_from_before_is_as_strict_as_the_pages(
    client, bakery, settings, roles, had, has, wanted, good
):
    settings.REVIEWERS_NEED_SECOND_FACTOR = wanted
    member = MemberFactory()
    factor = Authenticator.objects.create(user=member, type="totp", data={}) if had else None
    token = tokens.issue(member, "x")
    if factor:
        factor.delete()
    if has:
        Authenticator.objects.create(user=member, type="totp", data={})
    member.roles = roles
    member.save()
    answer = client.post(
        "/api/initiatives/",
        "{}",
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    # What it says is no initiative; whether it was listened to is the question.
    assert answer.status_code == (400 if good else 403)
    if not good:
        assert "set up a second factor" in answer.json()["detail"]
    # Reading asks nobody.
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get(f"/api/initiatives/{bakery.uuid}/", headers=headers).status_code == 200


def test_a_token_of_a_deleted_account_opens_nothing(member):
    token = tokens.issue(member, "x")
    actions.erase(member, by=member)
    assert tokens.member_of(token) is None
