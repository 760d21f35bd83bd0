"""Once a year its people are asked whether an initiative is still right: who, when, and only once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from community.members.enums import CollectiveRole
from community.models import CollectiveMembership
from initiatives import actions
from initiatives.models import Initiative, SiteCheck, UpkeepRequest
from initiatives.upkeep import ageing, asking, links
from tests.factories import CollectiveFactory, InitiativeFactory, MemberFactory

from .ageing import aged, asked_about, handed_in_by, sent

pytestmark = pytest.mark.django_db


def facilitated(*members, **values):
    """A collective that these members run."""
    collective = CollectiveFactory(territory__parent=None, **values)
    for member in members:
        CollectiveMembership.objects.create(
            member=member, collective=collective, role=CollectiveRole.FACILITATOR
        )
    return collective


def is_due(initiative: Initiative) -> bool:
    """Whether its people would be asked."""
    return asking.due(timezone.now()).filter(pk=initiative.pk).exists()


def test_what_is_old_is_due_and_any_sign_of_its_people_ends_it(bakery, cast):
    assert not is_due(bakery)
    assert is_due(aged(bakery))
    actions.revise(bakery, by=None, values={"summary": "From a source."})
    assert is_due(bakery)
    actions.revise(bakery, by=cast["facilitator"], values={"summary": "By hand."})
    assert not is_due(bakery)
    assert is_due(aged(bakery))
    actions.confirm(bakery, by=None)
    assert not is_due(bakery)
    assert is_due(aged(bakery))
    assert not is_due(aged(bakery, timedelta(days=300)))


def test_age_on_a_page_says_the_same_as_the_adjective(bakery):
    assert ageing.stale_since(bakery) is None
    aged(bakery)
    assert ageing.stale_since(bakery) == bakery.created_at
    assert Initiative.objects.unconfirmed_since(ageing.threshold()).contains(bakery)
    actions.confirm(bakery, by=None)
    bakery.refresh_from_db()
    assert ageing.stale_since(bakery) is None
    assert not Initiative.objects.unconfirmed_since(ageing.threshold()).contains(bakery)


def test_only_published_ones_that_are_not_made_up_are_due(bakery):
    draft, demo = InitiativeFactory(), InitiativeFactory(tags=["demo"], published=True)
    assert [is_due(aged(one)) for one in (bakery, draft, demo)] == [True, False, False]


def test_whoever_handed_it_in_is_asked_once_in_their_language(bakery):
    handed_in_by(aged(bakery), language="de")
    assert (asking.ask(), sent()) == (1, 1)
    (letter,) = mail.outbox
    assert letter.to == ["ana@demo.example"]
    asked = UpkeepRequest.objects.get()
    assert f"/de/initiatives/still/{links.token_of(asked)}/" in letter.body
    assert bakery.name in letter.subject
    # The same task again, the next night, and after a rest.
    assert (sent(), asking.ask()) == (0, 0)
    UpkeepRequest.objects.update(asked_at=timezone.now() - timedelta(days=89))
    assert asking.ask() == 0
    UpkeepRequest.objects.update(asked_at=timezone.now() - timedelta(days=91))
    assert asking.ask() == 1


def test_an_address_that_is_not_confirmed_is_not_asked(bakery):
    handed_in_by(aged(bakery), confirmed_at=None)
    assert asking.ask() == 0


def test_facilitators_are_asked_where_no_address_is_known(bakery):
    ana, bea, gone = MemberFactory(language="es"), MemberFactory(), MemberFactory(is_active=False)
    bakery.collective = facilitated(ana, bea, gone)
    bakery.save()
    aged(bakery)
    assert (asking.ask(), sent()) == (2, 2)
    assert {letter.to[0] for letter in mail.outbox} == {ana.email, bea.email}
    assert "/es/" in next(letter for letter in mail.outbox if letter.to == [ana.email]).body


def test_one_mail_lists_what_one_person_answers_for_and_not_more_than_fifty(rhone):
    collective = facilitated(MemberFactory(language="en"))
    for _number in range(asking.MOST_IN_MAIL + 3):
        aged(InitiativeFactory(collective=collective, published=True))
    for _number in range(2):
        handed_in_by(aged(InitiativeFactory(published=True)), email="Ana@demo.example")
    assert (asking.ask(), sent()) == (2, 2)
    assert sorted(letter.body.count("/still/") for letter in mail.outbox) == [2, asking.MOST_IN_MAIL]
    # What is left waits for another week.
    assert asking.ask() == 0
    UpkeepRequest.objects.update(asked_at=timezone.now() - timedelta(days=8))
    assert (asking.ask(), sent()) == (1, 1)
    assert mail.outbox[-1].body.count("/still/") == 3


def test_a_night_asks_about_no_more_than_its_batch(rhone, settings):
    settings.CONFIRM_BATCH = 2
    for number in range(3):
        handed_in_by(aged(InitiativeFactory(published=True)), email=f"one{number}@demo.example")
    assert [asking.ask() for _night in range(3)] == [2, 1, 0]
    settings.CONFIRM_BATCH = 0
    assert asking.ask() == 0


def test_what_was_taken_off_before_the_mail_left_is_not_asked_about(bakery):
    handed_in_by(aged(bakery))
    asking.ask()
    actions.archive(bakery, by=None)
    assert sent() == 0


def test_a_silent_website_is_named_and_line_breaks_stay_in_their_line(bakery):
    now = timezone.now()
    Initiative.objects.update(website="https://gone.example/", name="A\nBcc: b@demo.example")
    SiteCheck.objects.create(
        initiative=bakery,
        website="https://gone.example/",
        checked_at=now,
        failures=3,
        failing_since=now - timedelta(days=20),
    )
    handed_in_by(aged(bakery))
    asking.ask()
    assert sent() == 1
    assert "Its website has not answered since" in mail.outbox[0].body
    assert "\n" not in mail.outbox[0].subject
    assert "– A Bcc: b@demo.example" in mail.outbox[0].body


def test_a_question_goes_to_a_member_or_a_submission(bakery):
    handed_in_by(bakery)
    with pytest.raises(Exception, match="upkeep_request_to_one"):
        asked_about(bakery, member=MemberFactory(), submission=bakery.submission)


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_once(bakery):
    handed_in_by(aged(bakery))

    def alone(work, *given) -> int:
        try:
            return work(*given)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(alone, [asking.ask] * 2)) == 1
        asked = UpkeepRequest.objects.get()
        assert sum(pool.map(alone, [asking.send] * 2, [[asked.pk]] * 2)) == 1
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_who_finds_another_at_it_leaves_it_to_them(bakery):
    handed_in_by(aged(bakery))
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [asking.turns.ASKING])
            assert asking.ask() == 0
            cursor.execute("SELECT pg_advisory_unlock(%s)", [asking.turns.ASKING])
    finally:
        other.close()
    assert asking.ask() == 1
