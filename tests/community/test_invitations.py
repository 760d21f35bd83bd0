"""Invitations to collectives: accepted once, in time, by whoever has the link; taken back, forgotten."""

import re

import pytest
from django.utils import timezone

from community.collectives import actions
from community.models import CollectiveMembership, Invitation, Member
from tests.factories import MemberFactory
from tests.initiatives.pages import address, page

from .collective import sent

pytestmark = pytest.mark.django_db


def invited(client, cast, own, **form) -> str:
    """The link that a mail brought to somebody."""
    client.force_login(cast["facilitator"])
    given = {"email": "Zoe@Demo.example", "role": "member", "language": "en", **form}
    assert client.post(address("collective_people", own.slug), given).status_code == 302
    (letter,) = sent()
    assert letter.to == ["zoe@demo.example"]
    client.logout()
    return re.search(r"http://testserver(/en/invitations/\S+)", letter.body)[1]


def test_an_invitation_is_accepted_once_with_any_account(client, cast, own):
    link = invited(client, cast, own, role="facilitator")
    body = client.get(link).content.decode()
    assert own.name in body
    assert "Make an account" in body
    assert client.post(link).status_code == 403
    client.force_login(cast["visitor"])
    assert client.post(link).status_code == 302
    assert own.memberships.get(member=cast["visitor"]).role == "facilitator"
    assert Invitation.objects.get().email == ""
    answer = client.post(link)
    assert answer.status_code == 410
    assert "was used already" in answer.content.decode()
    assert own.memberships.count() == 2


def test_who_makes_an_account_comes_back_to_the_invitation(client, cast, own):
    link = invited(client, cast, own)
    client.get(link)
    visitor = Member.objects.create_user("zoe@demo.example", "a-long-password-1")
    visitor.emailaddress_set.create(email=visitor.email, verified=True, primary=True)
    answer = client.post(address("account_login"), {"login": visitor.email, "password": "a-long-password-1"})
    assert answer.url == link


def test_a_link_that_is_forged_former_or_late_opens_nothing(client, cast, own):
    link = invited(client, cast, own)
    client.force_login(cast["visitor"])
    for wrong in (link[:-3] + "x/", address("invitation", "1-1.x"), address("invitation", "x")):
        answer = client.post(wrong)
        assert answer.status_code == 404
        assert "opens nothing" in answer.content.decode()
    actions.invite_again(Invitation.objects.get(), by=cast["facilitator"])
    assert client.post(link).status_code == 404
    again = re.search(r"http://testserver(/en/invitations/\S+)", sent()[0].body)[1]
    Invitation.objects.update(expires_at=timezone.now())
    assert client.post(again).status_code == 410
    assert actions.forget_invitations() == 1
    assert client.post(again).status_code == 404
    assert not own.memberships.filter(member=cast["visitor"]).exists()


def test_an_invitation_taken_back_is_gone_with_its_address(client, cast, own):
    link = invited(client, cast, own)
    client.force_login(cast["other_facilitator"])
    one = Invitation.objects.get()
    assert client.post(address("collective_invitation", own.slug, one.pk), {"revoke": 1}).status_code == 403
    client.force_login(cast["facilitator"])
    assert "zoe@demo.example" in page(client, "collective_people", own.slug)
    client.post(address("collective_invitation", own.slug, one.pk), {"revoke": 1})
    assert not Invitation.objects.exists()
    assert client.get(link).status_code == 404


def test_nobody_is_invited_twice_nor_when_there_already(client, cast, own):
    invited(client, cast, own)
    client.force_login(cast["facilitator"])
    for email in (
        "zoe@demo.example",
        cast["facilitator"].email,
        "no address",
        "a@b.example\nBcc: c@d.example",
    ):
        given = {"email": email, "role": "member", "language": "en"}
        answer = client.post(address("collective_people", own.slug), given)
        assert answer.status_code == 400
        assert 'id="id_email_error"' in answer.content.decode()
    Invitation.objects.update(expires_at=timezone.now())
    assert client.post(address("collective_people", own.slug), given | {"email": "zoe@demo.example"}).url


def test_twenty_mails_a_day_are_enough(client, cast, own):
    client.force_login(cast["facilitator"])
    for number in range(20):
        actions.invite(
            own, by=cast["facilitator"], email=f"a{number}@demo.example", role="member", language="en"
        )
        client.post(address("collective_invitation", own.slug, Invitation.objects.first().pk))
    given = {"email": "one.more@demo.example", "role": "member", "language": "en"}
    assert client.post(address("collective_people", own.slug), given).status_code == 429


def test_the_list_of_people_asks_as_much_for_many(client, cast, own, django_assert_max_num_queries):
    for number in range(8):
        CollectiveMembership.objects.create(member=MemberFactory(), collective=own)
        Invitation.objects.create(collective=own, email=f"a{number}@demo.example", language="en")
    client.force_login(cast["facilitator"])
    with django_assert_max_num_queries(7):
        page(client, "collective_people", own.slug)
