"""What members agreed to is kept step by step; what is old is deleted by one table."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone, translation

from community import retention, tasks
from community.members import actions
from community.members.belongings import registered
from community.members.models import PROFILE
from community.models import (
    Activity,
    ConsentChange,
    GroupInvitation,
    Invitation,
    MemberReport,
    RelayedMessage,
    RetentionRun,
)
from tests.factories import CollectiveFactory, GroupFactory, MemberFactory
from tests.initiatives.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    """Someone who is signed in and has agreed to two things."""
    member = MemberFactory()
    client.force_login(member)
    agreed = {"is_listed": True, "skills_seen_by": "members", "skills": ["bees"]}
    return actions.revise_profile(member, by=member, values=agreed)


def test_each_step_is_kept_and_nothing_else(member):
    actions.revise_profile(member, by=member, values={"is_listed": True, "locality": "Bron"})
    actions.revise_profile(member, by=member, values={"is_listed": False, "accepts_messages": False})
    kept = ConsentChange.objects.order_by("pk").values_list("what", "before", "after")
    assert list(kept) == [
        ("is_listed", "no", "yes"),
        ("skills_seen_by", "nobody", "members"),
        ("is_listed", "yes", "no"),
        ("accepts_messages", "yes", "no"),
    ]


def test_the_form_of_the_profile_writes_it(client, member):
    levels = {f"{name}_seen_by": "everyone" for name in (*PROFILE, "ledger")}
    client.post("/en/accounts/profile/", {**levels, "is_listed": "on"})
    assert member.consent_changes.count() == 2 + len(levels) + 1


def test_members_read_what_they_agreed_to(client, member, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        body = page(client, "account_data")
    assert "In the directory of members" in body
    assert "<td>no</td><td>yes</td>" in body
    assert "<td>Skills</td><td>Only me</td><td>Members</td>" in body
    assert len(registered()[0].given(member)["consents"]) == 2
    client.force_login(MemberFactory())
    assert "Nothing so far" in page(client, "account_data")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE community_consentchange SET after = 'no'",
        "UPDATE community_consentchange SET at = now()",
        "UPDATE community_consentchange SET member_id = %(other)s",
        "UPDATE community_consentchange SET member_id = NULL, what = 'x'",
        "DELETE FROM community_consentchange",
    ],
)
def test_no_step_is_changed_afterwards(member, statement):
    other = MemberFactory()
    with (
        pytest.raises(ProgrammingError, match="pgtrigger: Cannot"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, {"other": other.pk})
    assert member.consent_changes.count() == 2


def test_they_go_with_the_account_and_only_its_own(member):
    other = MemberFactory()
    actions.revise_profile(other, by=other, values={"is_listed": True})
    actions.erase(member, by=member)
    assert ConsentChange.objects.get().member == other


def test_a_night_deletes_what_is_over_and_says_how_many():
    now = timezone.now()
    one, two = MemberFactory(), MemberFactory()
    old, new = now - timedelta(days=400), now - timedelta(days=1)
    for at in (old, new):
        RelayedMessage.objects.create(sender=one, receiver=two, at=at, done_at=at)
        MemberReport.objects.create(about=one, by=two, reason="x", made_at=old, closed_at=at)
        RetentionRun.objects.create(what="messages", deleted=0, at=at)
        Activity.objects.create(kind="topic", room="topics", key=str(at), at=at - timedelta(days=365))
        Invitation.objects.create(
            collective=CollectiveFactory(),
            email="a@demo.example",
            language="fr",
            expires_at=at + timedelta(days=2),
        )
        GroupInvitation.objects.create(
            group=GroupFactory(),
            email="a@demo.example",
            language="fr",
            expires_at=at + timedelta(days=2),
        )
    MemberReport.objects.create(about=one, by=two, reason="open", made_at=old)
    tasks.forget_what_is_over(0)
    runs = dict(RetentionRun.objects.filter(at__gte=now).values_list("what", "deleted"))
    assert runs == {
        "invitations": 1,
        "group_invitations": 1,
        "space_invitations": 0,
        "claims": 0,
        "messages": 1,
        "unsent_messages": 0,
        "member_reports": 1,
        "activities": 1,
        "retention_runs": 1,
        "unconfirmed_initiatives": 0,
        "addresses": 0,
        "report_addresses": 0,
        "views": 0,
        "exchange_conversations": 0,
        "exchange_photos": 0,
        "exchange_reports": 0,
        "ended_exchanges": 0,
        "ballot_networks": 0,
        "ballot_codes": 0,
        "campaign_visits": 0,
    }
    assert set(runs) == {kept.what for kept in retention.table()}
    assert MemberReport.objects.count() == 2


def test_the_legal_page_says_the_same_table(client):
    body = page(client, "legal")
    with translation.override("en"):
        for kept in retention.table():
            assert f"<td>{kept.how_long}</td><td>{kept.why}</td>" in body


def test_what_fails_leaves_the_others_to_be_deleted(monkeypatch):
    def broken() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        return 0

    RetentionRun.objects.create(what="messages", deleted=1, at=timezone.now() - timedelta(days=400))
    first, *others = retention.table()
    monkeypatch.setattr(retention, "table", lambda: [first._replace(delete=broken), *others])
    with pytest.raises(ExceptionGroup) as told:
        retention.run()
    assert [one.__notes__ for one in told.value.exceptions] == [["While deleting invitations."]]
    assert set(RetentionRun.objects.values_list("what", flat=True)) == {kept.what for kept in others}
