"""Vouching: what counts, what the worker publishes and what it leaves."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.members import actions as members
from community.members import belongings
from community.models import CollectiveMembership, Member
from initiatives import actions, tasks
from initiatives.models import Initiative, ReviewClaim, Submission, Vouch
from initiatives.reviews.actions import ChangedError
from initiatives.vouching import actions as vouching
from tests.factories import CollectiveFactory, InitiativeFactory, MemberFactory, TerritoryFactory

from .vouching import earlier, neighbour, objected, vouch, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on(settings):
    """Two vouches and a week are enough."""
    settings.VOUCHES_NEEDED, settings.VOUCH_DAYS, settings.LANGUAGE_CODE = 2, 7, "en"


@pytest.fixture
def two(rhone) -> list[Member]:
    """Two neighbours."""
    return [neighbour(rhone), neighbour(rhone)]


# ── What is said ────────────────────────────────────────────────────────────────────────────────


def test_a_member_has_one_word_and_may_take_it_back(rhone):
    one, member = waiting(), neighbour(rhone)
    vouch(one, member)
    vouch(one, member)
    assert Vouch.objects.get().kind == "vouch"
    objected(one, member, " It is a shop. ")
    assert (Vouch.objects.get().kind, Vouch.objects.get().reason) == ("objection", "It is a shop.")
    vouch(one, member)
    assert (Vouch.objects.get().kind, Vouch.objects.get().reason) == ("vouch", "")
    vouching.take_back(one, by=member)
    vouching.take_back(one, by=member)
    assert not Vouch.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2_001])
def test_an_objection_says_why(rhone, reason):
    one, member = waiting(), neighbour(rhone)
    with pytest.raises(ValidationError) as caught:
        objected(one, member, reason)
    assert "reason" in caught.value.message_dict
    assert not Vouch.objects.exists()


def test_a_word_is_on_what_was_read(rhone):
    one, member = waiting(), neighbour(rhone)
    seen = one.updated_at
    actions.revise(one, by=None, values={"summary": "Buy watches here"})
    for say in (vouching.vouch, vouching.object_to):
        more = {"reason": "x"} if say is vouching.object_to else {}
        with pytest.raises(ChangedError), transaction.atomic():
            say(one, by=member, seen=seen, **more)


def test_the_database_keeps_one_word_and_its_reason(rhone):
    one, member = waiting(), neighbour(rhone)
    vouch(one, member)
    for kind, reason, by in (("vouch", "", member), ("objection", "", None), ("vouch", "x", None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Vouch.objects.create(initiative=one, member=by, kind=kind, of=one.updated_at, reason=reason)


# ── What the worker does ────────────────────────────────────────────────────────────────────────


def test_enough_vouches_publish_it(two):
    one = waiting()
    vouch(one, two[0])
    assert vouching.publish_validated() == 0
    vouch(one, two[1])
    tasks.publish_validated(0)
    one.refresh_from_db()
    assert one.status == "published"
    step = one.status_changes.latest("pk")
    assert (step.verb, step.by) == ("publish", None)
    assert step.reason == "Validated by the community: 2 members of collectives nearby vouch for it."
    assert vouching.publish_validated() == 0


def test_it_waits_its_days_since_it_was_handed_in(two):
    one = waiting(days=6)
    vouch(one, *two)
    assert vouching.publish_validated() == 0
    earlier(one, 8)
    assert vouching.publish_validated() == 1


def test_an_objection_leaves_it_to_the_moderators_until_it_is_taken_back(rhone, two):
    one, third = waiting(), neighbour(rhone)
    vouch(one, *two)
    objected(one, third)
    assert vouching.publish_validated() == 0
    vouching.take_back(one, by=third)
    assert vouching.publish_validated() == 1


def test_an_objection_holds_though_the_author_changes_it_or_the_objector_leaves(rhone, two):
    one, third = waiting(), neighbour(rhone)
    objected(one, third)
    actions.revise(one, by=None, values={"summary": "Now better"})
    earlier(one, 8)
    vouch(one, *two)
    CollectiveMembership.objects.filter(member=third).delete()
    assert vouching.publish_validated() == 0
    members.erase(third, by=third)
    assert Vouch.objects.objections().get().member is None
    assert vouching.publish_validated() == 0


def test_a_change_after_the_vouches_needs_new_ones(two):
    one = waiting()
    vouch(one, *two)
    actions.revise(one, by=None, values={"summary": "Buy watches here"})
    assert vouching.publish_validated() == 0
    vouch(one, *two)
    assert vouching.publish_validated() == 1


def test_words_before_changes_were_asked_do_not_count_afterwards(rhone, two):
    one, third = waiting(), neighbour(rhone)
    vouch(one, *two)
    objected(one, third)
    one = actions.ask_changes(one, by=None, reason="Say where")
    earlier(one, 9)
    one = actions.submit(one, by=None)
    # An objection counts by its time, a vouch by the version.
    Vouch.objects.objections().update(at=timezone.now() - timedelta(days=10))
    earlier(one, 8)
    assert vouching.publish_validated() == 0
    vouch(one, *two)
    assert vouching.publish_validated() == 1


@pytest.mark.parametrize("why", ["left", "joined", "blocked", "erased"])
def test_who_may_vouch_no_longer_does_not_count(two, why):
    carrier = CollectiveFactory(territory=TerritoryFactory())
    one = waiting(collective=carrier)
    vouch(one, *two)
    gone = two[1]
    if why == "left":
        CollectiveMembership.objects.filter(member=gone).delete()
    elif why == "joined":
        CollectiveMembership.objects.create(member=gone, collective=carrier)
    elif why == "blocked":
        Member.objects.filter(pk=gone.pk).update(is_active=False)
    else:
        members.erase(gone, by=gone)
    assert vouching.publish_validated() == 0


def test_what_a_reviewer_has_in_hand_waits_for_them(two):
    one = waiting()
    vouch(one, *two)
    held = ReviewClaim.objects.create(
        initiative=one, member=MemberFactory(), until=timezone.now() + timedelta(minutes=5)
    )
    assert vouching.publish_validated() == 0
    ReviewClaim.objects.filter(pk=held.pk).update(until=timezone.now())
    assert vouching.publish_validated() == 1


def test_what_lacks_something_stays_and_stops_no_other(two):
    lacking, other = waiting(), waiting()
    actions.revise(lacking, by=None, values={"primary_theme": None})
    earlier(lacking, 8)
    vouch(lacking, *two)
    vouch(other, *two)
    assert vouching.publish_validated() == 1
    assert [row.pk for row in Initiative.objects.published()] == [other.pk]


def test_while_it_is_off_nothing_is_published(two, settings, django_assert_num_queries):
    vouch(waiting(), *two)
    settings.VOUCHES_NEEDED = 0
    with django_assert_num_queries(0):
        tasks.publish_validated(0)
    assert not Initiative.objects.published().exists()


def test_who_handed_it_in_reads_why_in_their_language(two, settings):
    settings.LANGUAGE_CODE = "fr"
    one = waiting()
    Submission.objects.create(initiative=one, email="who@demo.example", language="en")
    vouch(one, *two)
    vouching.publish_validated()
    assert one.status_changes.latest("pk").reason.startswith("Validated by the community: 2 members")


# ── What is kept of members ─────────────────────────────────────────────────────────────────────


def test_the_words_of_a_member_are_given_and_forgotten(two):
    vouch(waiting(), *two)
    objected(waiting(), two[0], "A shop")
    given = belongings.registered()[1].given(two[0])["vouches"]
    assert {(row["kind"], row["reason"]) for row in given} == {("vouch", ""), ("objection", "A shop")}
    members.erase(two[0], by=two[0])
    kept = Vouch.objects.order_by("kind").values_list("kind", "member", "reason")
    assert list(kept) == [("objection", None, "A shop"), ("vouch", two[1].pk, "")]


def test_no_initiative_takes_the_address_of_the_page():
    assert InitiativeFactory(name="Vouching").slug == "vouching-2"
