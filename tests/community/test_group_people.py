"""Who asks to join a group, what letters go out, and what is shown of its people."""

import pytest
from django.core.exceptions import ValidationError

from community.groups import actions, showing
from community.members.enums import Visibility
from community.models import GroupRequest
from tests.factories import MemberFactory
from tests.initiatives.pages import address, page

from .groups import ANIMATOR, group_of, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client):
    """Someone who is signed in."""
    ana = MemberFactory(public_name="Ana", language="en")
    client.force_login(ana)
    return ana


# ── Who asks ────────────────────────────────────────────────────────────────────────────────────


def test_who_asks_is_told_and_asks_once(client, ana):
    animator = MemberFactory(language="en")
    sleeping = MemberFactory(is_active=False)
    group = group_of("public", animator, MemberFactory())
    group.memberships.create(member=sleeping, role=ANIMATOR)
    for _press in range(2):
        client.post(address("group_join", group.slug), {"message": "I bake."})
    assert GroupRequest.objects.get().message == "I bake."
    (letter,) = sent()
    assert letter.to == [animator.email]
    assert "Ana asks to join" in letter.body
    assert "I bake." in letter.body
    assert address("group_people", group.slug) in letter.body
    assert "You asked on" in page(client, "group_join", group.slug)
    asked = GroupRequest.objects.get()
    client.force_login(animator)
    where = address("group_request", group.slug, asked.pk)
    assert "Say why" in client.post(where, {"refuse": 1, "reason": " "}, follow=True).content.decode()
    long = client.post(where, {"refuse": 1, "reason": "x" * 2_001}, follow=True)
    assert "At most 2000" in long.content.decode()
    client.post(where, {"refuse": 1, "reason": "We are full."})
    assert not GroupRequest.objects.exists()
    (letter,) = sent()
    assert letter.to == [ana.email]
    assert "We are full." in letter.body
    again = client.post(where, {}, follow=True)
    assert "decided or withdrawn already" in again.content.decode()


def test_who_is_let_in_is_told_in_their_language(client, ana):
    group = group_of("public", ana)
    zoe = MemberFactory(language="de")
    asked = actions.ask(group, by=zoe)
    sent()
    client.post(address("group_request", group.slug, asked.pk), {})
    assert group.memberships.filter(member=zoe).exists()
    (letter,) = sent()
    assert letter.to == [zoe.email]
    assert address("group", group.slug, language="de") in letter.body
    with pytest.raises(actions.ClosedError):
        actions.ask(group, by=zoe)


def test_roles_and_removals_are_told_to_whom_they_concern(ana):
    group = group_of("open", ana, bea := MemberFactory(language="en"))
    theirs = group.memberships.get(member=bea)
    for role in ("animator", "animator", "member"):
        actions.change_role(theirs, by=ana, role=role)
    # Each says how it is when it is sent.
    assert [letter.body.count("no longer run it") for letter in sent()] == [1, 1]
    actions.remove(theirs, by=ana)
    (letter,) = sent()
    assert letter.to == [bea.email]
    assert "do not belong" in letter.body
    with pytest.raises(actions.ClosedError):
        actions.remove(theirs, by=ana)
    with pytest.raises(ValidationError):
        actions.change_role(group.memberships.get(), by=ana, role="owner")


def test_no_letter_goes_to_who_is_gone_or_no_longer_concerned(ana):
    group = group_of("public", ana)
    zoe = MemberFactory()
    actions.ask(group, by=zoe)
    actions.withdraw_request(group, by=zoe)
    assert sent() == []
    asked = actions.ask(group, by=zoe)
    sent()
    actions.accept_request(asked, by=ana)
    type(zoe).objects.filter(pk=zoe.pk).update(is_active=False)
    assert sent() == []


def test_twenty_requests_a_day_are_enough(client, ana):
    for number in range(21):
        group = group_of("public", MemberFactory())
        status = client.post(address("group_join", group.slug), {"message": ""}).status_code
        assert status == (429 if number == 20 else 302)


# ── What is shown of its people ─────────────────────────────────────────────────────────────────


def test_members_see_all_and_others_who_show_their_name(client, ana):
    shy = MemberFactory(public_name="Shy Probe")
    half = MemberFactory(public_name="Half Probe", public_name_seen_by=Visibility.MEMBERS)
    plain = MemberFactory(public_name="Plain Probe", public_name_seen_by=Visibility.EVERYONE)
    group = group_of("open", ana, shy, half, plain)
    everyone = page(client, "group_members", group.slug)
    assert all(one in everyone for one in ("Shy Probe", "Half Probe", "Plain Probe", "Ana"))
    for reader in (None, MemberFactory()):
        client.logout()
        if reader:
            client.force_login(reader)
        body = page(client, "group_members", group.slug)
        assert "Plain Probe" in body
        assert "4 members" in body
        assert "and 3 members who do not show" in body
        assert not any(one in body for one in ("Shy Probe", "Half Probe", str(shy.uuid)))


def test_the_aside_says_how_the_reader_stands_to_the_group(ana):
    public, opened = group_of("public", ana), group_of("open", ana)
    zoe = MemberFactory(public_name="Zoe", public_name_seen_by=Visibility.EVERYONE)
    told = showing.aside(public, zoe)
    assert (told["members"], told["animators"], told["more"]) == (1, [], 1)
    assert (told["may_ask"], told["may_join"], told["may_run"], told["may_leave"]) == (
        True,
        False,
        False,
        False,
    )
    assert showing.aside(opened, zoe)["may_join"]
    asked = actions.ask(public, by=zoe)
    told = showing.aside(public, zoe)
    assert (told["waiting"], told["may_ask"]) == (asked, False)
    assert showing.aside(public, ana)["asking"] == 1
    actions.change_role(actions.accept_request(asked, by=ana), by=ana, role="animator")
    told = showing.aside(public, zoe)
    assert (told["animators"], told["may_run"], told["own"].role) == ([zoe], True, "animator")
    assert told["frequency"]
