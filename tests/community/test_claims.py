"""Collectives claimed by an address of their website, or by asking."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from community.collectives import actions, links
from community.collectives.claims import actions as claims
from community.collectives.domains import domain_of, is_at
from community.collectives.models import CONFIRM_WITHIN
from community.members import actions as members
from community.members import belongings
from community.models import CollectiveClaim, Invitation
from territories.models import Collective
from tests.factories import CollectiveFactory
from tests.initiatives.pages import address, page

from .collective import sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.tables.example/x", "tables.example"),
        ("https://Société.example", "xn--socit-esab.example"),
        ("https://lyon.tables.example", "lyon.tables.example"),
        ("https://tables.wordpress.com", ""),
        ("https://www.facebook.com/tables", ""),
        ("https://gmail.com", ""),
        ("https://192.0.2.7/", ""),
        ("https://localhost/", ""),
        ("", ""),
        ("https://[bad/", ""),
    ],
)
def test_a_website_speaks_through_its_own_domain_alone(website, domain):
    assert domain_of(website) == domain


@pytest.mark.parametrize(
    ("email", "proves"),
    [
        ("info@lyon.tables.example", True),
        ("Info@LYON.Tables.Example", True),
        ("info@tables.example", False),
        ("info@sub.lyon.tables.example", False),
        ("info@lyon.tables.example.evil.example", False),
        ("info@evillyon.tables.example", False),
        ("", False),
    ],
)
def test_neither_above_nor_below_proves_anything(email, proves):
    assert is_at(email, "lyon.tables.example") is proves
    assert is_at(email, "") is False


@pytest.fixture
def orphan(own) -> Collective:
    """One that nobody runs."""
    own.memberships.all().delete()
    return own


def proof(member, collective) -> str:
    """The link that the mail to its domain brought."""
    claims.by_mail(collective, by=member, email="Info@tables.example")
    (letter,) = sent()
    assert letter.to == ["Info@tables.example"]
    return re.search(r"http://testserver(\S+)", letter.body)[1]


def test_an_address_of_the_website_makes_a_facilitator_at_once(client, cast, orphan):
    link = proof(cast["visitor"], orphan)
    client.force_login(cast["visitor"])
    assert "link of the mail" in page(client, "account_collectives")
    # Opening it does nothing: programs that read mails follow links.
    assert client.get(link).status_code == 200
    assert not orphan.memberships.exists()
    assert client.post(link).url == address("collective_people", orphan.slug)
    assert orphan.memberships.get().role == "facilitator"
    assert (CollectiveClaim.objects.get().state, CollectiveClaim.objects.get().email) == ("accepted", "")
    assert "you run the collective" in sent()[0].body
    assert client.post(link).status_code == 410


def test_the_link_opens_for_who_asked_alone(client, cast, orphan):
    link = proof(cast["visitor"], orphan)
    client.force_login(cast["steward"])
    answer = client.post(link)
    assert answer.status_code == 403
    assert "Another account asked" in answer.content.decode()
    with pytest.raises(PermissionDenied):
        claims.confirm(CollectiveClaim.objects.get(), by=cast["admin"])
    assert client.post(link[:-4] + "x/").status_code == 404
    assert not orphan.memberships.exists()


def test_the_link_expires_and_so_does_a_website(client, cast, orphan):
    client.force_login(cast["visitor"])
    link = proof(cast["visitor"], orphan)
    Collective.objects.update(website="https://other.example")
    assert client.post(link).status_code == 410
    Collective.objects.update(website=orphan.website)
    CollectiveClaim.objects.update(made_at=timezone.now() - CONFIRM_WITHIN - timedelta(minutes=1))
    late = address("collective_claim_confirm", orphan.slug, links.claim_token(CollectiveClaim.objects.get()))
    assert "has expired" in client.post(late).content.decode()
    # And does not stand in the way of another one.
    assert claims.by_mail(orphan, by=cast["visitor"], email="b@tables.example").pk
    CollectiveClaim.objects.update(made_at=timezone.now() - CONFIRM_WITHIN - timedelta(days=2))
    assert actions.forget_claims() == 1


def test_a_proved_address_takes_nothing_from_who_runs_it(client, cast, own):
    link = proof(cast["visitor"], own)
    client.force_login(cast["visitor"])
    client.post(link)
    assert not own.memberships.filter(member=cast["visitor"]).exists()
    (letter,) = sent()
    assert letter.to == [cast["facilitator"].email]
    assert "proved an address" in letter.body


@pytest.mark.parametrize("email", ["a@gmail.com", "a@sub.tables.example", "a@www.tables.example", "x", ""])
def test_other_addresses_prove_nothing(client, cast, orphan, email):
    client.force_login(cast["visitor"])
    answer = client.post(address("collective_claim", orphan.slug), {"mail-email": email})
    assert answer.status_code == 400
    assert 'id="id_mail-email_error"' in answer.content.decode()
    assert not CollectiveClaim.objects.exists()


def test_one_claim_at_a_time_which_can_be_withdrawn(client, cast, own):
    client.force_login(cast["visitor"])
    where = address("collective_claim", own.slug)
    assert client.post(where, {"request-message": " "}).status_code == 400
    assert client.post(where, {"request-message": "I cook there."}).status_code == 302
    assert client.post(where, {"request-message": "Again."}).status_code == 400
    one = CollectiveClaim.objects.get()
    client.force_login(cast["steward"])
    assert client.post(address("collective_claim_withdraw", own.slug, one.pk)).status_code == 404
    client.force_login(cast["visitor"])
    client.post(address("collective_claim_withdraw", own.slug, one.pk))
    assert not CollectiveClaim.objects.exists()


def test_a_draft_is_not_to_be_claimed(client, cast, own):
    draft = CollectiveFactory(status="draft", website="https://draft.example")
    client.force_login(cast["visitor"])
    assert client.get(address("collective_claim", draft.slug)).status_code == 404
    with pytest.raises(PermissionDenied):
        claims.by_mail(draft, by=cast["visitor"], email="a@draft.example")
    with pytest.raises(ValidationError, match="already"):
        claims.by_request(own, by=cast["facilitator"], message="Me")


def test_an_account_that_goes_leaves_no_address_behind(cast, own):
    ana = cast["facilitator"]
    bea = cast["visitor"]
    actions.invite(own, by=ana, email="x@demo.example", role="member", language="en")
    actions.invite(own, by=ana, email=bea.email, role="member", language="en")
    claims.by_request(own, by=bea, message="I cook there.")
    given = belongings.given(bea)
    assert [row["message"] for row in given["claims"]] == ["I cook there."]
    assert [row["email"] for row in given["invitations"]] == [bea.email]
    members.erase(bea, by=bea)
    members.erase(ana, by=ana)
    assert [(row.email, row.by) for row in Invitation.objects.all()] == [("x@demo.example", None)]
    assert not CollectiveClaim.objects.exists()
