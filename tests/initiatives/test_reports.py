"""Settling reports: rights, order, steps, several at once, two at the same time, the answer, the addresses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from community.members.enums import Role
from initiatives import actions as verbs
from initiatives.models import Report, StatusChange
from initiatives.reports import actions, letters
from tests.conftest import BERLIN
from tests.factories import InitiativeFactory, MemberFactory
from tests.initiatives.pages import address
from tests.initiatives.proposing import proposal, stored
from tests.initiatives.reporting import LIST, reported, settle
from tests.initiatives.test_rights import REVIEWERS, ROLES, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client, rhone):
    """A moderator of everything, signed in."""
    made = MemberFactory(public_name="Maud", roles=[Role.MODERATOR])
    client.force_login(made)
    return made


def groups(client) -> list[list[int]]:
    """Keys of the reports of the list, by initiative."""
    return [[row.pk for row in group["reports"]] for group in client.get(LIST).context["page"]]


@pytest.mark.parametrize("role", ROLES)
def test_reviewers_alone_see_and_settle(client, cast, bakery, role):
    one = reported(bakery)
    who = member(cast, role)
    if who.is_authenticated:
        client.force_login(who)
    may = role in REVIEWERS
    expected = 200 if may else 302 if role == "nobody" else 403
    for page in (LIST, f"{LIST}{one.pk}/"):
        assert client.get(page).status_code == expected
    assert settle(client, one, "close").status_code == (302 if may else expected)
    assert (stored(bakery).status == "closed") is may
    if who.is_authenticated and not may:
        with pytest.raises(PermissionDenied), transaction.atomic():
            actions.settle(one, by=who, state="done")


def test_a_limited_moderator_sees_those_in_scope(client, moderator, rhone, bakery):
    there = InitiativeFactory(name="Far", position=BERLIN, published=True)
    inside, outside = reported(bakery), reported(there)
    assert groups(client) == [[inside.pk], [outside.pk]]
    moderator.review_scopes.create(territory=rhone)
    assert groups(client) == [[inside.pk]]
    assert client.get(f"{LIST}{outside.pk}/").status_code == 404
    assert settle(client, outside, "done").status_code == 404
    # Nor by the way of one that is in scope.
    assert settle(client, inside, "done", also=[outside.pk]).status_code == 302
    outside.refresh_from_db()
    assert outside.is_open
    with pytest.raises(PermissionDenied), transaction.atomic():
        actions.settle(outside, by=moderator, state="done")


def test_abuse_comes_first_then_the_oldest_and_one_initiative_stands_once(client, moderator, bakery):
    others = [InitiativeFactory(published=True) for _number in range(2)]
    first, second = reported(others[0]), reported(bakery)
    third = reported(others[0], "wrong")
    assert groups(client) == [[first.pk, third.pk], [second.pk]]
    abuse = reported(others[1], "abuse")
    late = reported(bakery, "abuse")
    assert groups(client) == [[abuse.pk], [late.pk, second.pk], [first.pk, third.pk]]
    for number in range(6):
        reported(bakery, message=f"{number}")
    body = client.get(LIST).content.decode()
    assert "and 3 more" in body


def test_menu_and_tabs_count_what_awaits_the_member(client, moderator, rhone, bakery):
    there = InitiativeFactory(position=BERLIN, published=True)
    for initiative in (bakery, there):
        reported(initiative)
        reported(initiative, "wrong")
        proposal(initiative, message="x")
        verbs.submit(InitiativeFactory(position=initiative.position), by=None)
    for page in (LIST, "/en/moderation/", "/en/moderation/proposals/"):
        shown = client.get(page)
        counts = {
            "initiatives": 2,
            "proposals": 2,
            "reports": 4,
            "collectives": 0,
            "members": 0,
            "exchange": 0,
        }
        assert shown.context["reviews"].counts == counts
        assert 'num">8<span class="hide"> waiting' in shown.content.decode()
        assert 'Reports <span class="num">4</span>' in shown.content.decode()
    moderator.review_scopes.create(territory=rhone)
    counts = {"initiatives": 1, "proposals": 1, "reports": 2, "collectives": 0, "members": 0, "exchange": 0}
    assert client.get(LIST).context["reviews"].counts == counts


@pytest.mark.parametrize(
    ("decision", "status", "state"),
    [
        ("close", "closed", "done"),
        ("archive", "archived", "done"),
        ("done", "published", "done"),
        ("nothing", "published", "nothing"),
    ],
)
def test_each_way_settles_and_its_step_is_taken(client, moderator, bakery, decision, status, state):
    one = reported(bakery)
    steps = StatusChange.objects.count()
    assert settle(client, one, decision, answer=" Looked at it ").url == LIST
    one.refresh_from_db()
    assert (one.state, one.answer, one.settled_by) == (state, "Looked at it", moderator)
    assert stored(bakery).status == status
    if status != "published":
        step = StatusChange.objects.filter(initiative=bakery).first()
        assert (step.by, step.reason) == (moderator, f"Report {one.pk}")
    else:
        assert StatusChange.objects.count() == steps
    assert groups(client) == []
    assert "Looked at it" in client.get(f"{LIST}{one.pk}/").content.decode()


@pytest.mark.parametrize(
    ("kind", "first"), [("gone", "close"), ("abuse", "archive"), ("moved", "done"), ("wrong", "done")]
)
def test_what_mostly_comes_of_it_is_offered_first(client, moderator, bakery, kind, first):
    ways = [value for value, _words in client.get(f"{LIST}{reported(bakery, kind).pk}/").context["ways"]]
    assert (ways[0], ways[-1]) == (first, "nothing")
    assert sorted(ways) == ["archive", "close", "done", "nothing"]


def test_what_is_ticked_is_settled_together(client, moderator, bakery):
    one, same, wrong = reported(bakery), reported(bakery, message="Shut"), reported(bakery, "wrong")
    elsewhere = reported(InitiativeFactory(published=True))
    assert client.get(f"{LIST}{one.pk}/").context["ticked"] == {same.pk}
    settle(client, one, "close", also=[same.pk, elsewhere.pk, "x", 10**30])
    assert set(Report.objects.open()) == {wrong, elsewhere}
    # What is closed cannot be closed again, but what was said of it can be answered.
    assert settle(client, wrong, "close").status_code == 409
    ways = [value for value, _words in client.get(f"{LIST}{wrong.pk}/").context["ways"]]
    assert ways == ["done", "nothing"]
    assert settle(client, wrong, "done").status_code == 302


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"decision": "nothing", "answer": "  "}, "Say why, so that nobody is left without an answer."),
        ({"decision": "publish"}, "publish"),
        ({"decision": "open"}, "open"),
        ({}, "Choose a decision."),
        ({"decision": "done", "answer": "x" * 2001}, "2000"),
    ],
)
def test_a_form_that_cannot_be_used_settles_nothing(client, moderator, bakery, given, told):
    one = reported(bakery)
    answer = client.post(f"{LIST}{one.pk}/settle/", given)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    one.refresh_from_db()
    assert one.is_open


def test_nobody_settles_twice(client, moderator, bakery):
    one = reported(bakery)
    actions.settle(one, by=moderator, state="nothing", answer="It is open.")
    answer = settle(client, one, "close")
    assert answer.status_code == 409
    assert "It is open." in answer.content.decode()
    assert stored(bakery).status == "published"


def test_both_stand_side_by_side_as_long_as_the_other_may_be_read(client, moderator, rhone, bakery):
    other = InitiativeFactory(name=bakery.name.upper(), summary="Also bread", published=True)
    one = reported(bakery, "duplicate", other=other)
    page = f"{LIST}{one.pk}/"
    rows = {row.label: row for row in client.get(page).context["compared"]}
    assert rows["name"].is_same
    assert rows["summary"].that == "Also bread"
    merging = address("moderation_merge", bakery.uuid, other.uuid)
    assert merging in client.get(page).content.decode()
    moderator.review_scopes.create(territory=rhone)
    verbs.revise(other, by=None, values={"position": BERLIN})
    body = client.get(page).content.decode()
    assert "Also bread" in body
    assert merging not in body
    verbs.archive(other, by=None)
    body = client.get(page).content.decode()
    assert "Also bread" not in body
    assert "no longer on the map" in body
    other.delete()
    assert client.get(page).status_code == 200


def waiting() -> int:
    """Tasks of the worker that will tell someone."""
    return ProcrastinateJob.objects.filter(task_name=letters.TASK, status="todo").count()


def test_the_answer_goes_out_once_in_the_language_of_who_asked(moderator, bakery):
    one = reported(bakery, email="me@demo.example", language="de")
    silent = reported(bakery, "wrong")
    mail.outbox.clear()
    actions.settle(one, by=moderator, state="nothing", answer="Offen\nam Abend", also=[silent.pk])
    assert (waiting(), mail.outbox) == (1, [])
    assert [letters.tell(one.pk), letters.tell(one.pk), letters.tell(silent.pk)] == [True, False, False]
    (sent,) = mail.outbox
    assert sent.to == ["me@demo.example"]
    assert "Offen\nam Abend" in sent.body
    assert f"/de/initiatives/{bakery.slug}/" in sent.body
    # Nobody sends words of theirs to another by this way.
    assert "Seen from the street" not in sent.body


def test_nothing_is_told_where_the_step_was_not_taken(client, moderator, bakery):
    one = reported(bakery, email="me@demo.example")
    verbs.close(bakery, by=None)
    assert settle(client, one, "archive").status_code == 409
    assert waiting() == 0


def test_addresses_are_forgotten_ninety_days_after_the_answer(moderator, bakery):
    kept = [reported(bakery, kind, email=f"{kind}@demo.example") for kind in ("gone", "wrong", "moved")]
    for one, days in zip(kept[:2], (91, 89)):
        actions.settle(one, by=moderator, state="done")
        Report.objects.filter(pk=one.pk).update(settled_at=timezone.now() - timedelta(days=days))
    Report.objects.filter(pk=kept[2].pk).update(made_at=timezone.now() - timedelta(days=400))
    assert actions.forget_addresses() == 1
    left = Report.objects.order_by("pk").values_list("email", flat=True)
    assert list(left) == ["", "wrong@demo.example", "moved@demo.example"]


def test_pages_stay_within_their_budget(client, moderator, bakery, django_assert_max_num_queries):
    made = [
        reported(initiative, message=f"{number}", by=MemberFactory())
        for number, initiative in enumerate([bakery] * 3 + InitiativeFactory.create_batch(35, published=True))
    ]
    client.get(LIST)
    # Session and member, scopes and how many (list, rows, menu, collectives of it), the list, its rows.
    with django_assert_max_num_queries(9):
        assert len(client.get(LIST).context["page"]) == 30
    with django_assert_max_num_queries(15):
        client.get(f"{LIST}{made[0].pk}/")


def test_an_empty_list_says_so(client, moderator):
    assert "Nothing waits for you" in client.get(LIST).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_time_settle_once(bakery):
    people = [MemberFactory(roles=[Role.MODERATOR]) for _number in range(2)]
    made = [reported(bakery), reported(bakery, message="Shut")]

    def close(one, who):
        try:
            actions.settle(one, by=who, state="done", verb="close", also=[row.pk for row in made])
        except actions.SettledError:
            return "too late"
        finally:
            connection.close()
        return "settled"

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(close, made, people))
    assert sorted(told) == ["settled", "too late"]
    assert StatusChange.objects.filter(initiative=bakery, verb="close").count() == 1
