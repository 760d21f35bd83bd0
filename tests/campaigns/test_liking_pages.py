"""The button of a like: as a plain form, and for the script that presses it."""

import pytest
from django.conf import settings as site

from campaigns.likes import actions
from campaigns.models import Campaign, Like
from tests.initiatives.pages import address

from .campaign import campaign_of, nominee, voter

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def campaign() -> Campaign:
    return campaign_of(2)


def button(nomination, verb: str = "like") -> str:
    return address(f"campaigns:{verb}", nomination.campaign.slug, nomination.pk)


def test_the_form_brings_one_back_to_where_the_nominee_stands(client, campaign):
    zoe, one = voter(), campaign.nominations.first()
    client.force_login(zoe)
    answer = client.post(button(one))
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/en/campaigns/{campaign.slug}/#nominee-{one.pk}"
    assert Like.objects.get().ballot.member == zoe
    client.post(button(one, "unlike"))
    assert not Like.objects.exists()


def test_a_refusal_is_told_on_the_page(client, campaign):
    Campaign.objects.update(likes_each=1)
    one, two = campaign.nominations.all()
    client.force_login(voter())
    client.post(button(one))
    answer = client.post(button(two), follow=True)
    assert "You have given your like." in answer.content.decode()


def test_the_script_is_told_whether_it_is_liked_and_no_sealed_number(client, campaign):
    one = campaign.nominations.first()
    client.force_login(voter())
    assert client.post(button(one), headers=JSON).json() == {"liked": True, "likes": None}
    assert client.post(button(one), headers=JSON).json() == {"liked": True, "likes": None}
    assert client.post(button(one, "unlike"), headers=JSON).json() == {"liked": False, "likes": None}


def test_open_totals_come_with_the_answer(client, campaign):
    Campaign.objects.update(totals="open")
    one = campaign.nominations.first()
    actions.like(one, by=voter())
    client.force_login(voter())
    assert client.post(button(one), headers=JSON).json() == {"liked": True, "likes": 2}
    assert client.post(button(one, "unlike"), headers=JSON).json() == {"liked": False, "likes": 1}


def test_a_refusal_tells_the_script_why(client, campaign):
    one = campaign.nominations.first()
    Campaign.objects.update(phase="counting")
    client.force_login(voter())
    answer = client.post(button(one), headers=JSON)
    assert answer.status_code == 409
    assert answer.json() == {"detail": "Likes are closed."}


def test_whoever_has_no_account_signs_in_and_comes_back(client, campaign):
    one = campaign.nominations.first()
    answer = client.post(button(one))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/en/accounts/login/?next=%2Fen%2Fcampaigns%2F")
    told = client.post(button(one), headers=JSON)
    assert told.status_code == 401
    assert told.json()["page"] == answer.headers["Location"]


def test_a_like_is_asked_for_by_post_alone(client, campaign):
    client.force_login(voter())
    assert client.get(button(campaign.nominations.first())).status_code == 405
    assert not Like.objects.exists()


@pytest.mark.parametrize("number", [0, 10**17, 10**40])
def test_an_address_that_leads_nowhere_is_not_found(client, campaign, number):
    client.force_login(voter())
    assert client.post(f"/en/campaigns/{campaign.slug}/{number}/like/").status_code == 404
    assert client.post(f"/en/campaigns/another/{campaign.nominations.first().pk}/like/").status_code == 404


def test_a_campaign_in_preparation_is_not_there(client, campaign):
    Campaign.objects.update(phase="draft")
    client.force_login(voter())
    assert client.post(button(campaign.nominations.first())).status_code == 404


def test_a_selection_that_is_not_published_is_not_told(client, campaign):
    Campaign.objects.update(phase="selection")
    client.force_login(voter())
    waiting = nominee(campaign, state="accepted")
    said = [client.post(button(one), headers=JSON).json() for one in (campaign.nominations.first(), waiting)]
    assert said[0] == said[1]


def test_too_many_presses_are_refused_for_a_minute(client, campaign, settings):
    settings.ACCOUNT_RATE_LIMITS = {**site.ACCOUNT_RATE_LIMITS, "like": "3/m/key"}
    one = campaign.nominations.first()
    client.force_login(voter())
    for _press in range(3):
        assert client.post(button(one), headers=JSON).status_code == 200
    assert client.post(button(one, "unlike"), headers=JSON).status_code == 429
    assert Like.objects.exists()
    # Of one voter, not of all.
    client.force_login(voter())
    assert client.post(button(one), headers=JSON).status_code == 200


def test_ones_own_is_refused_with_its_reason(client, campaign):
    one = campaign.nominations.first()
    zoe = voter()
    one.initiative.status_changes.filter(verb="create").update(by=zoe)
    client.force_login(zoe)
    answer = client.post(button(one), headers=JSON)
    assert answer.status_code == 403
    assert "of your own" in answer.json()["detail"]
