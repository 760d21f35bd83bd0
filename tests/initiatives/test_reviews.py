"""The rights and scopes of reviewers, taking on, deciding one by one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from community.members.enums import Role
from initiatives import actions
from initiatives.enums import Status, Verb
from initiatives.models import Initiative, ReviewClaim, ReviewScope, StatusChange
from initiatives.reviews import actions as reviews
from initiatives.reviews import describing
from initiatives.reviews.queue import Queue
from initiatives.rules import RIGHTS
from initiatives.workflow import TransitionRefusedError
from tests.conftest import BERLIN, LYON
from tests.factories import CollectiveFactory, InitiativeFactory, MemberFactory, NetworkFactory
from tests.initiatives.test_rights import MEMBERS, REVIEWERS, ROLES, member

REVIEW_VERBS = [Verb.PUBLISH, Verb.ASK_CHANGES, Verb.REJECT, Verb.RESTORE]


def pending(**values) -> Initiative:
    """One that awaits review."""
    return actions.submit(InitiativeFactory(**values), by=None)


@pytest.fixture
def places(cast, bakery):
    """Four that wait: in the Rhône, in Berlin for a collective, in Berlin for a network, and nowhere."""
    return {
        "rhone": pending(name="Rhône", position=LYON),
        "collective": pending(name="Collective", position=BERLIN, collective=CollectiveFactory(slug="c")),
        "network": pending(name="Network", position=BERLIN, networks=[NetworkFactory(slug="n")]),
        "nowhere": pending(name="Nowhere", position=None, has_no_position=True),
    }


SCOPES = [
    ([], {"rhone", "collective", "network", "nowhere"}),
    (["territory"], {"rhone"}),
    (["collective"], {"collective"}),
    (["network"], {"network"}),
    (["territory", "network"], {"rhone", "network"}),
    (["territory", "collective", "network"], {"rhone", "collective", "network"}),
]


def limited(places, rhone, kinds) -> object:
    """A moderator limited to things of these kinds."""
    things = {
        "territory": rhone,
        "collective": places["collective"].collective,
        "network": places["network"].networks.get(),
    }
    moderator = MemberFactory(roles=[Role.MODERATOR])
    for kind in kinds:
        ReviewScope.objects.create(member=moderator, **{kind: things[kind]})
    return moderator


@pytest.mark.parametrize(("kinds", "allowed"), SCOPES)
def test_a_scope_leaves_what_lies_in_it_and_the_queue_shows_just_that(places, rhone, kinds, allowed):
    moderator = limited(places, rhone, kinds)
    shown = set(Queue.of(moderator, {}).rows)
    assert shown == {places[name] for name in allowed}
    for name, initiative in places.items():
        for verb in REVIEW_VERBS:
            assert moderator.has_perm(f"initiatives.{verb}", initiative) is (name in allowed), (name, verb)
        assert moderator.has_perm("initiatives.read_exact_position", initiative) is (name in allowed)


def test_a_limited_moderator_has_no_right_on_all(places, rhone):
    moderator = limited(places, rhone, ["territory"])
    assert not moderator.has_perm("initiatives.review")
    assert moderator.has_perm("initiatives.open_reviews")


def test_a_scope_without_the_role_gives_nothing(places, rhone):
    moderator = limited(places, rhone, ["territory"])
    moderator.roles = []
    assert not moderator.has_perm("initiatives.publish", places["rhone"])
    assert not Initiative.objects.reviewable_by(moderator).exists()


def test_a_membership_that_ended_is_out_of_scope(places, rhone):
    moderator = limited(places, rhone, ["network"])
    places["network"].memberships.update(until=timezone.localdate())
    assert not moderator.has_perm("initiatives.publish", places["network"])
    assert not Initiative.objects.reviewable_by(moderator).exists()


@pytest.mark.parametrize("kinds", [[], ["territory"], ["network", "collective"]])
def test_the_adjective_and_the_rule_agree_for_everybody(places, rhone, cast, kinds):
    everyone = [*cast.values(), limited(places, rhone, kinds), AnonymousUser()]
    off = MemberFactory(roles=[Role.MODERATOR], is_active=False)
    for who in [*everyone, off, MemberFactory(is_superuser=True, is_active=False)]:
        allowed = set(Initiative.objects.reviewable_by(who))
        ruled = {one for one in Initiative.objects.all() if who.has_perm("initiatives.review", one)}
        assert allowed == ruled, who
        decided = {one for one in Initiative.objects.all() if RIGHTS[Verb.PUBLISH].test(who, one)}
        assert allowed == decided, who


@pytest.mark.parametrize("role", ROLES)
def test_pages_are_open_to_reviewers_alone(client, cast, places, role):
    who = member(cast, role)
    if who.is_authenticated:
        client.force_login(who)
    one = f"/en/moderation/{places['rhone'].uuid}/"
    for address in ("/en/moderation/", one, "/en/moderation/together/"):
        answer = client.get(address)
        if role == "nobody":
            assert answer.status_code == 302
            assert "/accounts/login/" in answer.url
        elif role in REVIEWERS:
            assert answer.status_code in (200, 302)
        else:
            assert answer.status_code == 403
    for address in (f"{one}decide/", f"{one}claim/", "/en/moderation/together/"):
        client.post(address, {"verb": "publish", "chosen": "x"})
    assert Initiative.objects.get(pk=places["rhone"].pk).status == Status.PENDING
    menu = client.get("/en/about/").content.decode()
    assert ('href="/en/moderation/"' in menu) is (role in REVIEWERS)


def test_to_a_limited_moderator_the_others_are_not_there(client, places, rhone):
    client.force_login(limited(places, rhone, ["territory"]))
    assert client.get(f"/en/moderation/{places['rhone'].uuid}/").status_code == 200
    assert client.get(f"/en/moderation/{places['network'].uuid}/").status_code == 404
    assert client.post(f"/en/moderation/{places['network'].uuid}/claim/").status_code == 404


@pytest.mark.parametrize("role", sorted(MEMBERS - REVIEWERS))
def test_the_verbs_of_a_review_are_not_for_others(cast, places, role):
    one = places["rhone"]
    for verb in (reviews.claim, reviews.release):
        with pytest.raises(PermissionDenied), transaction.atomic():
            verb(one, by=cast[role])
    with pytest.raises(PermissionDenied), transaction.atomic():
        reviews.decide(one, by=cast[role], verb=Verb.PUBLISH, seen=one.updated_at)
    assert not ReviewClaim.objects.exists()


# ── Taking on ───────────────────────────────────────────────────────────────────────────────────


def test_who_has_taken_on_keeps_it_until_its_time_is_over_or_another_takes_over(cast, places, settings):
    settings.REVIEW_CLAIM_MINUTES = 5
    one, first, second = places["rhone"], cast["moderator"], cast["admin"]
    held = reviews.claim(one, by=first)
    assert timedelta(minutes=4) < held.until - timezone.now() <= timedelta(minutes=5)
    with pytest.raises(reviews.ClaimedError) as refused, transaction.atomic():
        reviews.claim(one, by=second)
    assert refused.value.claim.member == first
    with pytest.raises(reviews.ClaimedError), transaction.atomic():
        reviews.decide(one, by=second, verb=Verb.PUBLISH, seen=one.updated_at)
    with pytest.raises(reviews.ClaimedError), transaction.atomic():
        reviews.claim(one, by=second, over=second.pk)
    assert reviews.claim(one, by=second, over=first.pk).member == second
    ReviewClaim.objects.update(until=timezone.now())
    assert reviews.claim(one, by=first).member == first
    reviews.release(one, by=second)
    assert ReviewClaim.objects.get().member == first
    reviews.release(one, by=first)
    assert not ReviewClaim.objects.exists()


@pytest.mark.parametrize("door", [actions.publish, actions.reject])
def test_a_decision_ends_the_claim_through_whichever_door(cast, places, door):
    reviews.claim(places["rhone"], by=cast["moderator"])
    door(places["rhone"], by=cast["admin"], reason="x")
    assert not ReviewClaim.objects.exists()


def test_an_edit_leaves_the_claim(cast, places):
    reviews.claim(places["rhone"], by=cast["moderator"])
    actions.revise(places["rhone"], by=None, values={"summary": "Du pain"})
    assert ReviewClaim.objects.exists()


def at_once(*calls) -> list:
    """Results or errors of calls, each on a connection of its own."""

    def run(call):
        try:
            return call()
        except (reviews.ClaimedError, reviews.ChangedError, TransitionRefusedError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_on_at_once_one_has_it(words):
    one = pending()
    people = [MemberFactory(roles=[Role.MODERATOR]) for _ in range(2)]
    for _round in range(5):
        ReviewClaim.objects.all().delete()
        got = at_once(*[lambda who=who: reviews.claim(one, by=who) for who in people])
        (won,) = [result for result in got if isinstance(result, ReviewClaim)]
        assert ReviewClaim.objects.get().member == won.member
        (lost,) = [result for result in got if isinstance(result, reviews.ClaimedError)]
        assert lost.claim.member == won.member


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_decides(words):
    one = pending()
    people = [MemberFactory(roles=[Role.MODERATOR]) for _ in range(2)]

    def decide(who, verb):
        return lambda: reviews.decide(one, by=who, verb=verb, seen=one.updated_at, reason="x")

    got = at_once(decide(people[0], Verb.PUBLISH), decide(people[1], Verb.REJECT))
    assert sum(isinstance(result, Initiative) for result in got) == 1
    assert StatusChange.objects.filter(initiative=one, verb__in=["publish", "reject"]).count() == 1


# ── Deciding ────────────────────────────────────────────────────────────────────────────────────


def test_what_changed_since_it_was_read_is_not_decided(cast, places):
    one = places["rhone"]
    seen = one.updated_at
    actions.revise(one, by=None, values={"summary": "Du pain"})
    with pytest.raises(reviews.ChangedError), transaction.atomic():
        reviews.decide(one, by=cast["moderator"], verb=Verb.PUBLISH, seen=seen)
    assert Initiative.objects.get(pk=one.pk).status == Status.PENDING


@pytest.mark.parametrize("verb", [Verb.ASK_CHANGES, Verb.REJECT])
def test_some_decisions_need_a_reason(cast, places, verb):
    one = places["rhone"]
    with pytest.raises(ValidationError), transaction.atomic():
        reviews.decide(one, by=cast["moderator"], verb=verb, seen=one.updated_at, reason="  ")
    assert reviews.decide(one, by=cast["moderator"], verb=verb, seen=one.updated_at, reason="No").status


def test_only_decisions_pass_through_a_review(cast, places):
    one = places["rhone"]
    with pytest.raises(PermissionDenied), transaction.atomic():
        reviews.decide(one, by=cast["moderator"], verb=Verb.CLOSE, seen=one.updated_at)


def test_similar_ones_are_near_published_and_named_alike(db, bakery):
    here = pending(name="Fournil des deux rives", position=LYON)
    InitiativeFactory(name="Le Fournil des Deux Rives", position=BERLIN, published=True)
    InitiativeFactory(name="Radio Passerelle", position=LYON, published=True)
    pending(name="Le Fournil des Deux Rives", position=LYON)
    (found,) = describing.alike(here)
    assert found == bakery
    assert found.distance.m < 1


def test_similar_ones_of_one_without_a_place_have_none_either(db, bakery):
    nowhere = {"position": None, "has_no_position": True}
    other = InitiativeFactory(name="Le fournil des 2 rives", published=True, **nowhere)
    assert list(describing.alike(pending(name="Fournil des deux rives", **nowhere))) == [other]


def test_similar_ones_are_found_across_the_antimeridian_and_at_the_edge(db):
    for lon, lat, east in [(179.999, -16.5, -179.999), (20.0, 85.0, 20.01)]:
        other = InitiativeFactory(name=f"Bakery {lat}", position=f"POINT({east} {lat})", published=True)
        here = pending(name=f"Bakery {lat}", position=f"POINT({lon} {lat})")
        assert list(describing.alike(here)) == [other]


def test_what_is_missing_is_told_what_is_needed_first(db):
    bare = pending(primary_theme=None)
    lacks = describing.lacks(Initiative.objects.for_page().get(pk=bare.pk))
    assert [lack.is_needed for lack in lacks] == [True, False, False, False, False, False]
