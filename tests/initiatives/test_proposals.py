"""Deciding on proposals: rights, fields, conflicts, two at the same time, the answer."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from community.members.enums import Role
from initiatives import actions as verbs
from initiatives.enums import ContactKind, Visibility
from initiatives.models import Proposal, StatusChange
from initiatives.proposals import actions, reading
from initiatives.telling import digest, posting
from tests.conftest import BERLIN
from tests.factories import InitiativeFactory, MemberFactory
from tests.initiatives.proposing import proposal, stored
from tests.initiatives.test_rights import ITS_PEOPLE, REVIEWERS, ROLES, member
from tests.worker import waiting

LIST = "/en/moderation/proposals/"


@pytest.fixture
def moderator(client, rhone):
    """A moderator of everything, signed in."""
    made = MemberFactory(public_name="Maud", roles=[Role.MODERATOR])
    client.force_login(made)
    return made


def decide(client, one, decision, names=(), **more):
    """Send the form of the page of one."""
    given = {"decision": decision, "names": list(names), **more}
    return client.post(f"{LIST}{one.pk}/decide/", given)


@pytest.mark.parametrize("role", ROLES)
def test_its_people_and_reviewers_alone_see_and_decide(client, cast, bakery, role):
    one = proposal(bakery, {"summary": "New"})
    who = member(cast, role)
    if who.is_authenticated:
        client.force_login(who)
    may = role in REVIEWERS | ITS_PEOPLE
    closed = 302 if role == "nobody" else 404
    # The queue of the whole site is for those who moderate.
    assert client.get(LIST).status_code == (200 if role in REVIEWERS else 302 if role == "nobody" else 403)
    expected = 200 if may else closed
    for page in (f"{LIST}{one.pk}/", f"/en/initiatives/{bakery.slug}/proposals/"):
        assert client.get(page).status_code == expected
    assert who.has_perm("initiatives.decide_proposal", one) is may
    assert reading.decidable_by(who).filter(pk=one.pk).exists() is may
    assert decide(client, one, "accept", ["summary"]).status_code == (302 if may else expected)
    assert (stored(bakery).summary == "New") is may
    if who.is_authenticated and not may:
        with pytest.raises(PermissionDenied), transaction.atomic():
            actions.refuse(one, by=who, reason="No")


def test_a_limited_moderator_sees_those_in_scope(client, moderator, rhone, bakery):
    there = InitiativeFactory(name="Far", position=BERLIN, published=True)
    inside, outside = proposal(bakery, message="x"), proposal(there, message="x")
    assert {row.pk for row in client.get(LIST).context["page"]} == {inside.pk, outside.pk}
    moderator.review_scopes.create(territory=rhone)
    assert [row.pk for row in client.get(LIST).context["page"]] == [inside.pk]
    assert client.get("/en/moderation/").context["reviews"].counts["proposals"] == 1
    assert client.get(f"{LIST}{outside.pk}/").status_code == 404
    assert decide(client, outside, "refuse", reason="No").status_code == 404
    with pytest.raises(PermissionDenied), transaction.atomic():
        actions.accept(outside, by=moderator, names=[])


def test_what_is_ticked_is_taken_over_and_history_names_the_proposal(client, moderator, bakery):
    one = proposal(bakery, {"summary": "New", "founded": 1999})
    shown = client.get(f"{LIST}{one.pk}/")
    assert [row.name for row in shown.context["rows"]] == ["summary", "founded"]
    assert shown.content.decode().count('name="names"') == 2
    assert decide(client, one, "accept", ["summary"]).url == LIST
    after = stored(bakery)
    assert (after.summary, after.founded) == ("New", None)
    one.refresh_from_db()
    assert (one.state, one.taken, one.decided_by) == ("accepted", ["summary"], moderator)
    step = StatusChange.objects.filter(initiative=bakery).first()
    assert (step.by, step.reason) == (moderator, f"Proposal {one.pk}")
    assert not client.get(LIST).context["page"].object_list


def test_private_contacts_stay_when_public_ones_are_accepted(moderator, bakery):
    given = {ContactKind.EMAIL: ("secret@demo.example", Visibility.NOBODY)}
    verbs.revise(bakery, by=None, values={"contacts": given})
    one = proposal(bakery, {"contacts": {"phone": ["+33478111111", "everyone"]}})
    actions.accept(one, by=moderator, names=["contacts"])
    assert {row.value for row in bakery.contacts.all()} == {"secret@demo.example", "+33478111111"}


def test_a_place_is_taken_as_a_whole(moderator, bakery):
    one = proposal(bakery, {"position": None, "has_no_position": True, "summary": "x"})
    actions.accept(one, by=moderator, names=["has_no_position"])
    after = stored(bakery)
    assert (after.position, after.has_no_position, after.summary) == (None, True, "")


def test_what_changed_meanwhile_is_shown_before_it_is_replaced(client, moderator, bakery):
    verbs.revise(bakery, by=None, values={"summary": "Former"})
    one = proposal(bakery, {"summary": "Proposed", "founded": 1999})
    verbs.revise(bakery, by=None, values={"summary": "Present"})
    answer = decide(client, one, "accept", ["summary", "founded"])
    assert answer.status_code == 409
    body = answer.content.decode()
    assert all(text in body for text in ("Former", "Present", "Proposed", "Changed since"))
    assert (stored(bakery).summary, stored(bakery).founded) == ("Present", None)
    seen = answer.context["seen"]
    # Again something else: who accepts has not read that.
    verbs.revise(bakery, by=None, values={"summary": "Later"})
    again = decide(client, one, "accept", ["summary"], seen=seen)
    assert (again.status_code, stored(bakery).summary) == (409, "Later")
    assert decide(client, one, "accept", ["summary"], seen=again.context["seen"]).status_code == 302
    assert stored(bakery).summary == "Proposed"


def test_what_changed_elsewhere_is_no_conflict(moderator, bakery):
    one = proposal(bakery, {"summary": "Proposed"})
    verbs.revise(bakery, by=None, values={"founded": 2001})
    actions.accept(one, by=moderator, names=["summary"])
    assert (stored(bakery).summary, stored(bakery).founded) == ("Proposed", 2001)


def test_what_stands_already_is_accepted_without_a_new_version(client, moderator, bakery):
    one = proposal(bakery, {"summary": "Same"})
    verbs.revise(bakery, by=None, values={"summary": "Same"})
    steps = StatusChange.objects.count()
    assert "stands on the page already" in client.get(f"{LIST}{one.pk}/").content.decode()
    assert decide(client, one, "accept", ["summary"]).status_code == 302
    assert StatusChange.objects.count() == steps


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"decision": "accept"}, "Tick what you accept."),
        ({"decision": "accept", "names": ["status", "slug"]}, "Tick what you accept."),
        ({"decision": "refuse", "reason": "  "}, "Say why, so that nobody is left without an answer."),
        ({"decision": "publish"}, "publish"),
        ({}, "Choose a decision."),
        ({"decision": "accept", "names": ["summary"], "seen": "2020"}, "This form is damaged"),
        ({"decision": "refuse", "reason": "x" * 2001}, "2000"),
    ],
)
def test_a_form_that_cannot_be_used_decides_nothing(client, moderator, bakery, given, told):
    one = proposal(bakery, {"summary": "New"})
    answer = client.post(f"{LIST}{one.pk}/decide/", given)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    one.refresh_from_db()
    assert one.is_open


def test_nobody_decides_twice(client, moderator, bakery):
    one = proposal(bakery, {"summary": "New"})
    actions.refuse(one, by=moderator, reason="It is not so.")
    answer = decide(client, one, "accept", ["summary"])
    assert answer.status_code == 409
    assert "It is not so." in answer.content.decode()
    assert stored(bakery).summary == ""


def test_a_value_that_nobody_may_store_is_told_to_the_moderator(client, moderator, bakery):
    one = proposal(bakery, {"founded": 12})
    assert decide(client, one, "accept", ["founded"]).status_code == 400
    with pytest.raises(ValidationError), transaction.atomic():
        actions.accept(one, by=moderator, names=["founded"])


def test_the_answer_goes_out_once_in_the_language_of_who_asked(moderator, bakery):
    one = proposal(bakery, {"summary": "New"}, email="me@demo.example", language="de")
    other = proposal(bakery, message="x")
    actions.confirm_address(one)
    actions.accept(one, by=moderator, names=["summary"], reason="Danke\nschön")
    actions.refuse(other, by=moderator, reason="No")
    assert (waiting(posting.TASK).count(), mail.outbox) == (1, [])
    assert [digest.tell(one.letterbox_id) for _time in range(2)] == [1, 0]
    (sent,) = mail.outbox
    assert sent.to == ["me@demo.example"]
    assert "Danke\nschön" in sent.body
    assert f"/de/initiatives/{bakery.slug}/" in sent.body


def test_nothing_is_told_where_the_decision_was_not_taken(moderator, bakery):
    one = proposal(bakery, {"founded": 12}, email="me@demo.example")
    with pytest.raises(ValidationError), transaction.atomic():
        actions.accept(one, by=moderator, names=["founded"])
    assert not waiting(posting.TASK)


def test_pages_stay_within_their_budget(client, moderator, bakery, django_assert_max_num_queries):
    made = [proposal(bakery, {"summary": f"New {n}", "founded": 1999}, by=MemberFactory()) for n in range(35)]
    client.get(LIST)
    with django_assert_max_num_queries(8):
        answer = client.get(LIST)
    assert len(answer.context["page"]) == 30
    with django_assert_max_num_queries(30):
        client.get(f"{LIST}{made[0].pk}/")


def test_an_empty_list_says_so(client, moderator):
    assert "Nothing waits for you" in client.get(LIST).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_time_lose_nothing(bakery):
    people = [MemberFactory(roles=[Role.MODERATOR]) for _number in range(2)]
    of = stored(bakery).updated_at
    texts = ["First", "Second"]
    made = [proposal(bakery, {"summary": text, "name": f"Fournil {text}"}, of=of) for text in texts]
    apart = proposal(bakery, {"founded": 1999}, of=of)

    def accept(one, who):
        try:
            actions.accept(one, by=who, names=list(one.values))
        except actions.ConflictError:
            return "conflict"
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(accept, [*made, apart], [*people, people[0]]))
    assert sorted(told[:2]) == ["accepted", "conflict"]
    assert told[2] == "accepted"
    after = stored(bakery)
    winner = texts[told.index("accepted")]
    assert (after.summary, after.name, after.founded) == (winner, f"Fournil {winner}", 1999)
    assert Proposal.objects.open().count() == 1
