"""Liking without an account: an address, a code by mail, one ballot."""

import re
import smtplib
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.core import mail
from django.utils import timezone

from campaigns.likes import actions, codes, digests, errors
from campaigns.models import Ballot, BallotCode, Campaign, Like
from initiatives.models import Submission
from tests.factories import MemberFactory
from tests.initiatives.pages import address

from .campaign import campaign_of, standing, voter

pytestmark = pytest.mark.django_db
EMAIL = "nina@demo.example"


@pytest.fixture
def campaign() -> Campaign:
    return campaign_of(2, by_code=True)


def mailed() -> str:
    return re.search(r"^(\d{6})$", mail.outbox[-1].body, re.M)[1]


def proved(campaign, email: str = EMAIL) -> Ballot:
    kept = codes.ask(campaign, email=email, language="en")
    return codes.prove(campaign, address=kept, code=mailed(), network="n")


def test_whoever_has_no_account_likes_by_a_code(client, campaign):
    one = campaign.nominations.first()
    button = address("campaigns:like", campaign.slug, one.pk)
    asking = client.post(button).headers["Location"]
    assert asking == f"/en/campaigns/{campaign.slug}/code/?nominee={one.pk}"
    assert client.get(asking).status_code == 200
    entering = client.post(asking, {"email": EMAIL}).headers["Location"]
    assert client.get(entering).status_code == 200
    code = mailed()
    back = client.post(entering, {"code": f"{code[:3]} {code[3:]}"})
    assert back.headers["Location"] == f"/en/campaigns/{campaign.slug}/#nominee-{one.pk}"
    client.post(button)
    ballot = Ballot.objects.get()
    assert (ballot.member, ballot.likes.count()) == (None, 1)
    assert re.fullmatch("[0-9a-f]{64}", ballot.network)
    assert EMAIL not in str([*Ballot.objects.values(), *BallotCode.objects.values()])


def test_the_same_address_has_the_same_ballot_however_it_is_written(campaign):
    one = campaign.nominations.first()
    ballots = [proved(campaign, email) for email in (EMAIL, EMAIL.upper(), "nina+2@demo.example")]
    for ballot in ballots:
        actions.like(one, by=ballot)
    assert Ballot.objects.count() == Like.objects.count() == 1
    assert proved(campaign_of(1, by_code=True)).address != ballots[0].address


def test_a_new_key_of_the_site_makes_no_new_voter(campaign, settings):
    proved(campaign)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    proved(campaign)
    assert Ballot.objects.count() == 1


def test_a_wrong_code_may_be_tried_five_times(campaign):
    kept = codes.ask(campaign, email=EMAIL, language="en")
    wrong = f"{(int(mailed()) + 1) % 10**6:06}"
    for _try in range(5):
        assert codes.prove(campaign, address=kept, code=wrong, network="") is None
    with pytest.raises(codes.CodeGoneError):
        codes.prove(campaign, address=kept, code=mailed(), network="")
    assert not Ballot.objects.exists()


def test_a_code_is_good_once_and_for_a_quarter_of_an_hour(campaign):
    kept = codes.ask(campaign, email=EMAIL, language="en")
    assert codes.prove(campaign, address=kept, code=mailed(), network="")
    with pytest.raises(codes.CodeGoneError):
        codes.prove(campaign, address=kept, code=mailed(), network="")
    codes.ask(campaign, email=EMAIL, language="en")
    BallotCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(codes.CodeGoneError):
        codes.prove(campaign, address=kept, code=mailed(), network="")
    assert codes.forget_old() == 1


def test_of_two_codes_the_last_one_is_good(campaign):
    kept = codes.ask(campaign, email=EMAIL, language="en")
    former = mailed()
    codes.ask(campaign, email=EMAIL, language="en")
    if former != mailed():
        assert codes.prove(campaign, address=kept, code=former, network="") is None
    assert codes.prove(campaign, address=kept, code=mailed(), network="")


def test_an_address_with_an_account_is_told_to_sign_in_by_mail_alone(client, campaign):
    MemberFactory(email=EMAIL)
    page = address("campaigns:code", campaign.slug)
    known = client.post(page, {"email": EMAIL})
    other = client.post(page, {"email": "else@demo.example"})
    assert known.headers["Location"] == other.headers["Location"]
    assert "sign in" in mail.outbox[0].body
    assert "/accounts/login/" in mail.outbox[0].body
    assert not re.search(r"^\d{6}$", mail.outbox[0].body, re.M)
    assert BallotCode.objects.count() == 1


def test_a_ballot_goes_over_to_the_account_that_is_made_later(campaign):
    one, two = campaign.nominations.all()
    actions.like(one, by=proved(campaign))
    nina = voter(email=EMAIL)
    assert actions.like(one, by=nina) is False
    actions.like(two, by=nina)
    assert Ballot.objects.get().member == nina
    assert len(standing(campaign)) == 2


def test_whoever_handed_an_initiative_in_does_not_like_it(campaign):
    one = campaign.nominations.first()
    Submission.objects.create(initiative=one.initiative, email=EMAIL.title(), language="en")
    with pytest.raises(errors.OwnError):
        actions.like(one, by=proved(campaign))
    assert actions.like(one, by=proved(campaign, "else@demo.example")) is True


def test_a_throw_away_address_is_noted(campaign):
    assert proved(campaign, "x@yopmail.com").is_disposable
    assert not proved(campaign).is_disposable


def test_where_no_code_is_for_there_is_no_page_for_one(client):
    closed = campaign_of(1)
    for name in ("campaigns:code", "campaigns:code_enter"):
        assert client.get(address(name, closed.slug)).status_code == 404


def test_before_and_after_likes_no_code_is_mailed(client, campaign):
    for phase in ("selection", "counting"):
        Campaign.objects.update(phase=phase)
        client.post(address("campaigns:code", campaign.slug), {"email": EMAIL})
    assert not mail.outbox


def test_a_mail_server_that_is_away_is_told(client, campaign, monkeypatch):
    def away(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected("away")

    monkeypatch.setattr("campaigns.likes.codes.send", away)
    answer = client.post(address("campaigns:code", campaign.slug), {"email": EMAIL})
    assert answer.status_code == 503
    assert "could not be sent" in answer.content.decode()


@pytest.mark.parametrize("email", ["", "x", "a\r\nBcc: b@demo.example", "x" * 400 + "@demo.example"])
def test_an_address_that_is_none_is_told(client, campaign, email):
    answer = client.post(address("campaigns:code", campaign.slug), {"email": email})
    assert answer.status_code == 400
    assert not mail.outbox


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "9" * 500])
def test_a_code_that_is_none_is_told(client, campaign, code):
    client.post(address("campaigns:code", campaign.slug), {"email": EMAIL})
    assert client.post(address("campaigns:code_enter", campaign.slug), {"code": code}).status_code == 400


def test_an_address_is_written_to_a_few_times_an_hour(client, campaign):
    page = address("campaigns:code", campaign.slug)
    said = [client.post(page, {"email": EMAIL}).status_code for _time in range(6)]
    assert said == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_a_network_asks_for_a_limited_number_of_codes(client, campaign, settings):
    settings.ACCOUNT_RATE_LIMITS = {**site.ACCOUNT_RATE_LIMITS, "ask_ballot_code": "5/h/key,2/h/ip"}
    page = address("campaigns:code", campaign.slug)
    said = [client.post(page, {"email": f"a{time}@demo.example"}).status_code for time in range(3)]
    assert said == [302, 302, 429]


def test_neighbours_have_one_digest_and_campaigns_do_not_share_it(rf):
    def of(address, campaign=1):
        return digests.of_network(campaign, rf.get("/", REMOTE_ADDR=address))

    assert of("192.0.2.1") == of("192.0.2.254") == of("::ffff:192.0.2.9")
    assert of("192.0.2.1") != of("192.0.3.1")
    assert of("2001:db8:1:2::1") == of("2001:db8:1:3::9")
    assert of("2001:db8:1::1") != of("2001:db8:2::1")
    assert of("192.0.2.1") != of("192.0.2.1", campaign=2)
