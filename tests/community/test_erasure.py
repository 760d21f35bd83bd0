"""What is left when members delete their account."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from community.members import actions, belongings
from community.members.enums import CollectiveRole
from community.members.models import PROFILE
from community.models import CollectiveMembership, Member
from importers.models import ImportRun
from initiatives import actions as steps
from initiatives.enums import ContactKind, Verb, Visibility
from initiatives.models import Contact, Proposal, StatusChange, Submission
from tests.factories import InitiativeFactory
from tests.initiatives.pages import address, page

from .conftest import OTHER, PASSWORD

pytestmark = pytest.mark.django_db
# What points to members, and what becomes of it: a new one is added here after its room has decided.
FORGOTTEN = {
    "account.EmailAddress.user",
    "campaigns.Ballot.member",
    "campaigns.Nomination.by",
    "community.AccessToken.member",
    "community.Activity.by",
    "community.Block.blocked",
    "community.Block.by",
    "community.CollectiveClaim.member",
    "community.CollectiveMembership.member",
    "community.GroupInvitation.by",
    "community.GroupMembership.member",
    "community.GroupRequest.member",
    "community.ConsentChange.member",
    "community.Contribution.member",
    "community.Invitation.by",
    "community.MemberReport.about",
    "community.MemberReport.by",
    "community.Member_groups.member",
    "community.Mention.member",
    "community.Post.author",
    "community.PostReport.by",
    "community.SpaceInvitation.by",
    "community.SpaceMembership.member",
    "community.SpaceResource.by",
    "community.Topic.author",
    "community.Member_user_permissions.member",
    "community.RelayedMessage.receiver",
    "community.RelayedMessage.sender",
    "importers.ImportSource_people.member",
    "initiatives.ConversationMessage.by",
    "initiatives.Exchange.author",
    "initiatives.ExchangeReport.by",
    "initiatives.Follow.member",
    "initiatives.Network_stewards.member",
    "initiatives.Proposal.by",
    "initiatives.Report.by",
    "initiatives.ReviewClaim.member",
    "initiatives.ReviewScope.member",
    "initiatives.UpkeepRequest.member",
    "initiatives.Vouch.member",
    "mfa.Authenticator.user",
    "usersessions.UserSession.user",
}
KEPT = {
    "admin.LogEntry.user",
    "campaigns.CampaignChange.by",
    "campaigns.Juror.member",
    "campaigns.LikeFlag.first_by",
    "campaigns.LikeFlag.second_by",
    "campaigns.Nomination.answered_by",
    "community.CollectiveClaim.decided_by",
    # It says of the group that it was begun, and of a former member nothing.
    "community.Group.created_by",
    "community.Post.hidden_by",
    "community.PostReport.closed_by",
    "community.MemberReport.closed_by",
    "importers.BoundaryRun.started_by",
    "importers.ImportRun.started_by",
    # Where somebody answered them, what they wrote is gone and that they did stays, as for any former member.
    "initiatives.Conversation.member",
    "initiatives.DistinctPair.by",
    "initiatives.ExchangeReport.closed_by",
    "initiatives.InitiativeGroup.by",
    "initiatives.Merge.by",
    "initiatives.Merge.undone_by",
    "initiatives.Proposal.decided_by",
    "initiatives.Report.settled_by",
    "initiatives.StatusChange.by",
}


def erase(client, captured, **form):
    """Send the form, and let happen what comes after the transaction."""
    with captured(execute=True):
        return client.post(address("account_erase"), form or {"password": PASSWORD})


def test_every_table_that_points_to_members_was_thought_of():
    pointing = {
        f"{relation.field.model._meta.label}.{relation.field.name}"
        for relation in Member._meta.get_fields(include_hidden=True)
        # Views of others on versions hold nothing; a list of many has a table of its own.
        if relation.auto_created
        and (relation.one_to_many or relation.one_to_one)
        and relation.field.model._meta.db_table != "pghistory_events"
    }
    assert pointing == FORGOTTEN | KEPT


def test_no_answer_goes_to_the_address_any_more(client, ana, django_capture_on_commit_callbacks):
    Submission.objects.create(initiative=InitiativeFactory(), email=ana.email.title(), language="fr")
    Submission.objects.create(initiative=InitiativeFactory(), email=OTHER, language="fr")
    # Beside what was sent in with the account.
    given = belongings.registered()[1].given(ana)["submissions"]
    assert [row["email"].lower() for row in given] == [ana.email, ana.email]
    erase(client, django_capture_on_commit_callbacks)
    assert [row.email for row in Submission.objects.all()] == [OTHER]


def test_proposals_stay_without_who_made_them(ana):
    bakery = InitiativeFactory(published=True)
    kept = {"initiative": bakery, "of": bakery.updated_at, "language": "fr", "message": "Closed on Mondays"}
    for more in ({"by": ana}, {"email": ana.email.title()}, {"email": OTHER}):
        Proposal.objects.create(**kept, **more)
    assert len(belongings.registered()[1].given(ana)["proposals"]) == 2
    actions.erase(ana, by=ana)
    assert sorted(Proposal.objects.values_list("by", "email"), key=str) == [
        (None, ""),
        (None, ""),
        (None, OTHER),
    ]


def test_nothing_tells_any_more_whose_account_it_was(client, ana, bea, django_capture_on_commit_callbacks):
    before = ana.uuid
    answer = erase(client, django_capture_on_commit_callbacks)
    assert answer.url == address("map")
    row = Member.objects.get(pk=ana.pk)
    kept = " ".join(str(value) for value in Member.objects.values().get(pk=ana.pk).values())
    for personal in ("ana", "Ana", "Lopes", "Bron", "bicycles", "pt", "moderator", str(before)):
        assert personal not in kept
    assert not row.is_active
    assert not row.is_staff
    assert not row.has_usable_password()
    assert row.last_login is None
    assert row.date_joined.timetuple().tm_yday == 1
    assert [getattr(row, name) for name in PROFILE] == ["", [], [], [], None, "", ""]
    for relation in ("access_tokens", "collective_memberships", "stewarded_networks", "emailaddress_set"):
        assert not getattr(row, relation).exists(), relation
    for model in (Authenticator, UserSession):
        assert not model.objects.filter(user=row).exists()
    assert Member.objects.get(pk=bea.pk).email == OTHER
    assert EmailAddress.objects.filter(user=bea).exists()


def test_what_they_did_stays_without_their_name(client, ana, django_capture_on_commit_callbacks):
    erase(client, django_capture_on_commit_callbacks)
    done = StatusChange.objects.filter(by=ana)
    assert {step.verb for step in done} == {Verb.CREATE, Verb.SUBMIT}
    with translation.override("en"):
        assert {str(step.by) for step in done} == {"former member"}
    assert ImportRun.objects.get().started_by == ana


def test_who_deletes_is_signed_out_everywhere_and_told_so(client, ana, django_capture_on_commit_callbacks):
    elsewhere = type(client)()
    elsewhere.force_login(ana)
    mail.outbox.clear()
    erase(client, django_capture_on_commit_callbacks)
    for one in (client, elsewhere):
        assert one.get(address("account_data")).status_code == 302
    assert not Session.objects.filter(session_key=client.session.session_key).exists()
    (sent,) = mail.outbox
    assert sent.to == ["ana@demo.example"]
    assert sent.from_email
    assert "Social Planet" in sent.body


def test_the_address_may_begin_anew(client, ana, django_capture_on_commit_callbacks):
    erase(client, django_capture_on_commit_callbacks)
    anew = Member.objects.create_user("ana@demo.example", PASSWORD)
    assert anew.pk != ana.pk
    assert not StatusChange.objects.filter(by=anew).exists()


@pytest.mark.parametrize("form", [{"password": "wrong"}, {"password": ""}, {"word": "DELETE"}])
def test_without_the_password_nothing_is_deleted(client, ana, form, django_capture_on_commit_callbacks):
    answer = erase(client, django_capture_on_commit_callbacks, **form)
    assert answer.status_code == 400
    assert 'id="id_password_error"' in answer.content.decode()
    assert Member.objects.get(pk=ana.pk).is_active
    assert mail.outbox == []


def test_passwords_are_not_guessed_here(client, ana, django_capture_on_commit_callbacks):
    for _time in range(5):
        assert erase(client, django_capture_on_commit_callbacks, password="wrong").status_code == 400
    assert erase(client, django_capture_on_commit_callbacks).status_code == 429
    assert Member.objects.get(pk=ana.pk).is_active


@pytest.mark.parametrize(("word", "gone"), [("DELETE", True), ("delete", True), ("", False), ("no", False)])
def test_an_account_without_password_asks_for_a_word(client, word, gone, django_capture_on_commit_callbacks):
    member = Member.objects.create_user("a@demo.example")
    client.force_login(member)
    assert "Type DELETE" in page(client, "account_erase")
    answer = erase(client, django_capture_on_commit_callbacks, word=word)
    assert answer.status_code == (302 if gone else 400)
    assert Member.objects.get(pk=member.pk).is_active is not gone


def test_nobody_deletes_the_account_of_another(cast):
    for name in ("visitor", "facilitator", "moderator", "steward"):
        with pytest.raises(PermissionDenied):
            actions.erase(cast["animator"], by=cast[name])
    assert Member.objects.get(pk=cast["animator"].pk).is_active
    assert actions.erase(cast["animator"], by=cast["admin"]).erased_at
    assert actions.erase(cast["visitor"], by=None).erased_at


def test_deleting_twice_changes_nothing(ana):
    first = actions.erase(ana, by=ana)
    again = actions.erase(ana, by=None)
    assert (again.erased_at, again.uuid) == (first.erased_at, first.uuid)


def test_an_empty_row_stays_empty(ana):
    actions.erase(ana, by=ana)
    for change in ({"public_name": "Ana"}, {"is_active": True}, {"email": "ana@demo.example"}):
        with pytest.raises(IntegrityError, match="member_erased_is_empty"), transaction.atomic():
            Member.objects.filter(pk=ana.pk).update(**change)


def test_a_deletion_that_fails_changes_nothing(ana, monkeypatch):
    def broken(member, known):
        raise RuntimeError("The disk is full.")

    one = belongings.Belonging("broken.json", lambda member: {}, broken, lambda member: [])
    monkeypatch.setitem(belongings._registered, "broken.json", one)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.erase(ana, by=ana)
    assert ana.access_tokens.exists()
    assert Member.objects.get(pk=ana.pk).is_active


def test_who_runs_something_alone_is_told(client, ana):
    InitiativeFactory(name="Bakery", contacts={ContactKind.EMAIL: ("ANA@demo.example", Visibility.EVERYONE)})
    body = page(client, "account_erase")
    assert "Les Tables is left without facilitation" in body
    assert "Grain Commun is left without a steward" in body
    assert "Bakery goes on giving your address" in body


def test_who_does_not_run_it_alone_is_not_frightened(client, ana, bea):
    membership = ana.collective_memberships.get()
    CollectiveMembership.objects.create(
        member=bea, collective=membership.collective, role=CollectiveRole.FACILITATOR
    )
    ana.stewarded_networks.get().stewards.add(bea)
    assert "is left without" not in page(client, "account_erase")
    bea.is_active = False
    bea.save()
    assert "Les Tables is left without" in page(client, "account_erase")


def test_former_versions_of_contacts_no_longer_tell_the_address(ana):
    initiative = InitiativeFactory(
        contacts={ContactKind.EMAIL: ("Ana.Lopes@demo.example", Visibility.NOBODY)}
    )
    for email in ("hello@demo.example", "bread@demo.example"):
        contacts = {ContactKind.EMAIL: (email, Visibility.EVERYONE)}
        steps.revise(initiative, by=None, values={"contacts": contacts})
    versions = Contact.pgh_event_model.objects
    assert versions.count() == 2
    actions.erase(ana, by=ana)
    assert [version.value for version in versions.all()] == ["hello@demo.example"]
    assert Contact.objects.get().value == "bread@demo.example"


def test_a_deleted_member_has_no_page(client, ana):
    before = ana.uuid
    after = actions.erase(ana, by=ana).uuid
    client.logout()
    for one in (before, after):
        assert client.get(address("member", one)).status_code == 404
