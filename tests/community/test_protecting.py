"""Blocking and reporting: what members do against bother, and what moderators see of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.members import actions as accounts
from community.members.belongings import registered
from community.models import Block, MemberReport, RelayedMessage
from community.relay import actions
from initiatives.telling import desk
from tests.factories import MemberFactory
from tests.initiatives.pages import address, page

from .relaying import listed

pytestmark = pytest.mark.django_db
RIGHTS = ["write_to_member", "block_member", "report_member", "moderate_members"]
ROLES = ["visitor", "facilitator", "moderator", "steward", "animator", "treasurer", "admin"]
MODERATING = {"moderator", "admin"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("right", RIGHTS)
def test_each_role_may_do_what_it_may(cast, role, right):
    allowed = role in MODERATING if right == "moderate_members" else True
    assert cast[role].has_perm(f"community.{right}", listed()) is allowed


def test_the_blocked_stand_on_the_profile_until_they_are_let_go(client, cast):
    client.force_login(cast["visitor"])
    other = listed(public_name="Otto Other")
    hidden = MemberFactory(public_name="Hidden Helga")
    for one in (other, other, hidden):
        assert client.get(address("member_block", one.uuid)).status_code == 200
        assert client.post(address("member_block", one.uuid)).url == address("account_profile")
    assert Block.objects.count() == 2
    body = page(client, "account_profile")
    assert "Otto Other" in body
    assert "Hidden Helga" not in body
    client.post(address("member_unblock", other.uuid))
    assert Block.objects.get().blocked == hidden
    client.force_login(cast["admin"])
    assert client.post(address("member_unblock", hidden.uuid)).status_code == 404


def test_nobody_blocks_or_reports_themselves(client, cast):
    client.force_login(cast["visitor"])
    for door in ("member_block", "member_report"):
        assert client.post(address(door, cast["visitor"].uuid), {"reason": "x"}).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.block(cast["visitor"], by=cast["visitor"])


def test_a_report_is_read_by_moderators_and_closed_with_a_note(client, cast):
    about = listed(public_name="Otto Other")
    client.force_login(cast["visitor"])
    for _time in range(2):
        sent = client.post(address("member_report", about.uuid), {"reason": "He wrote: <b>bees</b>"})
        assert sent.url == address("member", about.uuid)
    RelayedMessage.objects.create(sender=about, receiver=cast["visitor"], done_at=timezone.now())
    report = MemberReport.objects.get()
    door = address("moderation_member_close", report.pk)
    for role in ROLES:
        client.force_login(cast[role])
        answer = client.get(address("moderation_members"))
        assert answer.status_code == (200 if role in MODERATING else 403)
        if role not in MODERATING:
            assert client.post(door, {"note": "x"}).status_code == 403
    client.force_login(cast["moderator"])
    body = page(client, "moderation_members")
    assert "Otto Other" in body
    assert "&lt;b&gt;bees" in body
    assert "wrote to them 1 time in 90 days" in body
    assert about.email not in body
    assert cast["visitor"].email not in body
    answer = client.post(door, {"note": "  "})
    assert answer.status_code == 400
    assert f'id="note_{report.pk}_error"' in answer.content.decode()
    assert client.post(door, {"note": "Spoke to him."}).url == address("moderation_members")
    report.refresh_from_db()
    assert (report.note, report.closed_by) == ("Spoke to him.", cast["moderator"])
    client.post(door, {"note": "Again"})
    report.refresh_from_db()
    assert report.note == "Spoke to him."
    assert "Nothing waits for you" in page(client, "moderation_members")


@pytest.mark.parametrize("reason", ["", " ", "x" * 2001, "a\x00b"])
def test_a_report_without_a_reason_is_none(client, cast, reason):
    client.force_login(cast["visitor"])
    answer = client.post(address("member_report", listed().uuid), {"reason": reason})
    assert answer.status_code == 400
    assert 'id="id_reason_error"' in answer.content.decode()
    assert not MemberReport.objects.exists()


def test_nobody_closes_what_is_said_of_themselves(client, cast):
    report = actions.report(cast["moderator"], by=cast["visitor"], reason="Rude")
    client.force_login(cast["moderator"])
    assert "This is about you" in page(client, "moderation_members")
    assert client.post(address("moderation_member_close", report.pk), {"note": "x"}).status_code == 403
    assert desk.waiting(cast["moderator"], timezone.now() + desk.LONG * 2).members == 0


def test_moderators_are_told_of_what_waits(cast):
    actions.report(cast["visitor"], by=cast["steward"], reason="Rude")
    later = timezone.now() + desk.LONG * 2
    assert desk.waiting(cast["moderator"], timezone.now()).members == 0
    assert desk.waiting(cast["moderator"], later).members == 1
    assert desk.waiting(cast["steward"], later).members == 0


def test_many_reports_take_as_many_queries_as_one(client, cast, django_assert_max_num_queries):
    for _number in range(20):
        actions.report(MemberFactory(), by=MemberFactory(), reason="Rude")
    client.force_login(cast["moderator"])
    with django_assert_max_num_queries(8):
        client.get(address("moderation_members"))


def test_an_account_takes_its_traces_with_it(cast):
    one, two = cast["visitor"], listed()
    actions.write(two, by=one, text="x", shares_address=False)
    actions.block(one, by=two)
    actions.block(two, by=one)
    actions.report(one, by=two, reason="About one")
    actions.report(two, by=one, reason="By one")
    given = registered()[0].given(one)
    assert len(given["messages_written"]) == len(given["blocked"]) == len(given["members_reported"]) == 1
    assert "x" not in given["messages_written"][0].values()
    # Who blocked or reported them is for nobody.
    assert "About one" not in str(given)
    accounts.erase(one, by=one)
    assert not RelayedMessage.objects.exists()
    assert not Block.objects.exists()
    assert [(row.reason, row.by) for row in MemberReport.objects.all()] == [("By one", None)]
