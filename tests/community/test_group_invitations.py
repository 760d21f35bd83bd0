"""Invitations to groups: accepted once, in time, by whoever has the last link; taken back, forgotten."""

import re

import pytest
from django.utils import timezone

from community.groups import actions, letters
from community.models import GroupInvitation, Member
from community.tasks import forget_what_is_over
from tests.factories import MemberFactory
from tests.initiatives.pages import address, page

from .groups import group_of, invitation, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    """Who runs the group."""
    return MemberFactory(language="en")


@pytest.fixture
def group(ana):
    """A private group."""
    return group_of("private", ana, name="Shared ovens")


def invited(client, group, ana, **form) -> str:
    """The link that a mail brought to somebody."""
    client.force_login(ana)
    given = {"email": "Zoe@Demo.example", "role": "member", "language": "en", **form}
    assert client.post(address("group_people", group.slug), given).status_code == 302
    client.logout()
    return link_of(sent())


def link_of(letters: list) -> str:
    """The one link of the one mail."""
    (letter,) = letters
    assert letter.to == ["zoe@demo.example"]
    return re.search(r"http://testserver(/\w\w/groups/invitation/\S+)", letter.body)[1]


def test_an_invitation_is_accepted_once_with_any_account(client, group, ana):
    link = invited(client, group, ana, role="animator")
    body = client.get(link).content.decode()
    assert "Shared ovens" in body
    assert "Make an account" in body
    assert client.post(link).status_code == 403
    zoe = MemberFactory()
    client.force_login(zoe)
    # A second press of the button leads to the group as the first.
    for _press in range(2):
        assert client.post(link).url == address("group", group.slug)
    assert group.memberships.get(member=zoe).role == "animator"
    assert GroupInvitation.objects.get().email == ""
    client.force_login(MemberFactory())
    answer = client.post(link)
    assert answer.status_code == 410
    assert "was used already" in answer.content.decode()
    assert group.memberships.count() == 2


def test_who_makes_an_account_comes_back_to_the_invitation(client, group, ana):
    link = invited(client, group, ana)
    client.get(link)
    zoe = Member.objects.create_user("zoe@demo.example", "a-long-password-1")
    zoe.emailaddress_set.create(email=zoe.email, verified=True, primary=True)
    answer = client.post(address("account_login"), {"login": zoe.email, "password": "a-long-password-1"})
    assert answer.url == link


def test_a_link_that_is_forged_former_or_late_opens_nothing(client, group, ana):
    link = invited(client, group, ana)
    client.force_login(MemberFactory())
    for wrong in (link[:-3] + "x/", address("group_invited", "1-1.x"), address("group_invited", "x")):
        answer = client.post(wrong)
        assert answer.status_code == 404
        assert "opens nothing" in answer.content.decode()
    actions.invite_again(GroupInvitation.objects.get(), by=ana)
    assert client.post(link).status_code == 404
    again = link_of(sent())
    GroupInvitation.objects.update(expires_at=timezone.now())
    assert client.post(again).status_code == 410
    forget_what_is_over(0)
    assert not GroupInvitation.objects.exists()
    assert client.post(again).status_code == 404
    assert group.memberships.count() == 1


def test_an_archived_group_lets_nobody_in(client, group, ana):
    link = invited(client, group, ana)
    one = GroupInvitation.objects.get()
    actions.archive(group, by=ana)
    client.force_login(zoe := MemberFactory())
    assert client.post(link).status_code == 404
    with pytest.raises(actions.ClosedError):
        actions.accept(one, by=zoe)


def test_an_invitation_taken_back_is_gone_with_its_address(client, group, ana):
    link = invited(client, group, ana)
    client.force_login(ana)
    one = GroupInvitation.objects.get()
    assert "zoe@demo.example" in page(client, "group_people", group.slug)
    for _press in range(2):
        client.post(address("group_invitation", group.slug, one.pk), {"revoke": 1})
    assert not GroupInvitation.objects.exists()
    assert client.get(link).status_code == 404
    with pytest.raises(actions.ClosedError):
        actions.revoke(one, by=ana)


def test_nobody_is_invited_twice_nor_when_there_already(client, group, ana):
    invited(client, group, ana)
    client.force_login(ana)
    ana.emailaddress_set.create(email="ana.too@demo.example", verified=True)
    wrong = [
        "ZOE@demo.example",
        ana.email,
        "ana.too@demo.example",
        "no address",
        "a@b.example\nBcc: c@d.example",
    ]
    for email in wrong:
        given = {"email": email, "role": "member", "language": "en"}
        answer = client.post(address("group_people", group.slug), given)
        assert answer.status_code == 400
        assert 'id="id_email_error"' in answer.content.decode()
    for form in ({"role": "owner"}, {"language": "xx"}):
        given = {"email": "new@demo.example", "role": "member", "language": "en"} | form
        assert client.post(address("group_people", group.slug), given).status_code == 400
    GroupInvitation.objects.update(expires_at=timezone.now())
    given = {"email": "zoe@demo.example", "role": "member", "language": "en"}
    assert client.post(address("group_people", group.slug), given).status_code == 302


def test_twenty_mails_a_day_are_enough(client, group, ana):
    client.force_login(ana)
    one = invitation(group)
    for _mail in range(20):
        client.post(address("group_invitation", group.slug, one.pk))
    one.refresh_from_db()
    assert one.mails == 21
    client.post(address("group_invitation", group.slug, one.pk))
    one.refresh_from_db()
    assert one.mails == 21
    given = {"email": "more@demo.example", "role": "member", "language": "en"}
    assert client.post(address("group_people", group.slug), given).status_code == 429


def test_no_mail_goes_out_for_what_was_taken_back_or_is_late(group):
    one = invitation(group)
    letters.announce("invite", one.pk)
    GroupInvitation.objects.update(expires_at=timezone.now())
    assert sent() == []
    letters.announce("invite", one.pk)
    one.delete()
    assert sent() == []


def test_whoever_asked_and_is_invited_asks_no_more(client, ana):
    group = group_of("public", ana)
    zoe = MemberFactory()
    actions.ask(group, by=zoe)
    actions.accept(invitation(group), by=zoe)
    assert not group.requests.exists()
    assert group.memberships.filter(member=zoe).count() == 1
