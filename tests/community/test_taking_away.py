"""What members take away of their data: all of it, no secret, nothing of others."""

import io
import json
import zipfile

import pytest

from initiatives.models import StatusChange
from tests.initiatives.pages import address, page

from .conftest import OTHER

pytestmark = pytest.mark.django_db


def taken(client) -> dict[str, dict]:
    """The files of the archive."""
    answer = client.post(address("account_data"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="social-planet-')
    assert "no-store" in answer["Cache-Control"]
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: json.loads(packed.read(name)) for name in packed.namelist()}


def test_all_that_is_held_is_given(client, ana):
    files = taken(client)
    assert set(files) == {
        "member.json",
        "initiatives.json",
        "imports.json",
        "campaigns.json",
        "nominations.json",
    }
    told = files["member.json"]
    assert told["account"]["email"] == ana.email
    assert told["account"]["roles"] == ["moderator"]
    assert told["profile"]["skills"] == {"value": ["bicycles"], "seen_by": "everyone"}
    assert {one["email"] for one in told["email_addresses"]} == {ana.email, "ana.lopes@demo.example"}
    assert [one["collective__name"] for one in told["collectives"]] == ["Les Tables"]
    assert [one["name"] for one in told["access_tokens"]] == ["Our website"]
    assert [one["type"] for one in told["second_factors"]] == ["totp"]
    assert [one["ip"] for one in told["sessions"]] == ["127.0.0.1"]
    done = files["initiatives.json"]
    assert [(one["verb"], one["reason"]) for one in done["steps"]] == [("submit", "Ready."), ("create", "")]
    assert done["steps"][0]["initiative"] == str(StatusChange.objects.filter(by=ana).first().initiative.uuid)
    assert [one["name"] for one in done["networks"]] == ["Grain Commun"]
    assert [one["source"] for one in files["imports.json"]["runs"]] == ["a.csv"]


def test_no_secret_and_nothing_of_others_is_given(client, ana, bea):
    text = json.dumps(taken(client))
    for secret in (ana.password, ana.access_tokens.get().fingerprint, "SEVENTY", client.session.session_key):
        assert secret not in text
    for theirs in (OTHER, "Bea", str(bea.uuid)):
        assert theirs not in text


def test_data_are_taken_five_times_an_hour(client, ana):
    for _time in range(5):
        taken(client)
    answer = client.post(address("account_data"))
    assert answer.status_code == 429
    assert "several times within the hour" in answer.content.decode()


def test_data_are_given_to_their_member_alone(client):
    for name in ("account_data", "account_erase", "account_profile"):
        for answer in (client.get(address(name)), client.post(address(name))):
            assert answer.status_code == 302
            assert "/accounts/login/" in answer.url


def test_reading_the_page_gives_no_file(client, ana):
    assert "Download your data" in page(client, "account_data")
