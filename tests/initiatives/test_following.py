"""Following: who may, what is refused, in which words it is shown."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from community.members import actions as members
from community.members import belongings
from geo.errors import InvalidParameterError
from initiatives.following import actions, words
from initiatives.models import Follow
from tests.factories import InitiativeFactory, MemberFactory

pytestmark = pytest.mark.django_db
ROLES = ["visitor", "facilitator", "moderator", "steward", "animator", "treasurer", "admin"]
QUERY = "theme=co-housing&territory=FR-69"


@pytest.fixture
def ana(client):
    """Somebody who is signed in."""
    member = MemberFactory()
    client.force_login(member)
    return member


# ── Verbs ───────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("role", ROLES)
def test_every_member_follows_and_changes_only_what_is_theirs(cast, bakery, role):
    member, other = cast[role], MemberFactory()
    for what in ({"query": QUERY}, {"initiative": bakery}):
        own = actions.follow(by=member, **what)
        assert actions.set_frequency(own, by=member, frequency="daily").frequency == "daily"
        theirs = actions.follow(by=other, **what)
        for verb, more in ((actions.set_frequency, {"frequency": "daily"}), (actions.unfollow, {})):
            with pytest.raises(PermissionDenied):
                verb(theirs, by=member, **more)
        actions.unfollow(own, by=member)
        assert [follow.member for follow in Follow.objects.filter(pk__in=[own.pk, theirs.pk])] == [other]


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_published_is_followed_by_nobody(cast, role):
    with pytest.raises(PermissionDenied):
        actions.follow(by=cast[role], initiative=InitiativeFactory())
    assert not Follow.objects.exists()


def test_who_has_no_account_any_more_follows_nothing(bakery):
    gone = MemberFactory(is_active=False)
    with pytest.raises(PermissionDenied):
        actions.follow(by=gone, initiative=bakery)


def test_following_twice_is_once_with_the_last_rhythm(ana, rhone):
    one = actions.follow(by=ana, query="territory=FR-69&theme=co-housing")
    assert one.query == QUERY
    assert actions.follow(by=ana, query=QUERY, frequency="daily").pk == one.pk
    assert Follow.objects.get().frequency == "daily"
    actions.unfollow(one, by=ana)
    actions.unfollow(one, by=ana)
    assert not Follow.objects.exists()


def test_all_of_the_map_and_what_has_no_place_are_selections_too(ana):
    assert actions.follow(by=ana).query == ""
    assert actions.follow(by=ana, query="located=any").query == "located=any"
    assert Follow.objects.count() == 2


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("theme=nothing-like-it", "theme"),
        ("colour=red", "colour"),
        ("bbox=1,2", "bbox"),
        ("q=a%00b", "q"),
        ("group=quietly", "group"),
        ("since=1900&since=1901", "since"),
    ],
)
def test_a_query_that_the_grammar_refuses_is_not_followed(ana, secret, query, parameter):
    with pytest.raises(InvalidParameterError) as refused:
        actions.follow(by=ana, query=query)
    assert refused.value.parameter == parameter


def test_no_more_than_fifty_things_and_no_endless_query(ana, rhone):
    for number in range(actions.MOST):
        actions.follow(by=ana, query=f"q=word{number}")
    with translation.override("en"), pytest.raises(ValidationError, match="50 things"):
        actions.follow(by=ana, query="q=onemore")
    # What is followed already may get another rhythm.
    assert actions.follow(by=ana, query="q=word1", frequency="daily")
    with translation.override("en"), pytest.raises(ValidationError, match="too many filters"):
        actions.normal("&".join("theme=" + "co-housing," * 9 for _number in range(30)))


def test_an_unknown_rhythm_is_refused(ana):
    with pytest.raises(ValidationError):
        actions.follow(by=ana, frequency="each")
    with pytest.raises(ValidationError):
        actions.set_frequency(actions.follow(by=ana), by=ana, frequency="never")


# ── Words ───────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "All initiatives of the map"),
        ("q=bread", "“bread”"),
        ("territory=FR-69&located=any", "Rhône · With or without a position"),
        (
            "theme=co-housing%2Crepair-cafes&since=1990",
            "Co-housing and housing co-ops · Repair cafés and workshops · Founded since 1990",
        ),
        ("group=ovens", "Shared ovens"),
        ("group=ovens%2Cquietly", ""),
        ("network=nobody", ""),
        ("language=de&bbox=1,2,3,4", "Language: de · In a box"),
    ],
)
def test_a_selection_is_told_in_words(rhone, ovens, secret, query, told):
    with translation.override("en"):
        assert words.of_query(query) == told


# ── Belongings ──────────────────────────────────────────────────────────────────────────────────
def test_what_one_follows_is_given_and_forgotten(ana, bakery):
    actions.follow(by=ana, initiative=bakery)
    actions.follow(by=ana, query="q=bread", frequency="daily")
    given = belongings.registered()[1].given(ana)["follows"]
    assert {(row["query"], row["initiative__uuid"], row["frequency"]) for row in given} == {
        ("", bakery.uuid, "weekly"),
        ("q=bread", None, "daily"),
    }
    members.erase(ana, by=None)
    assert not Follow.objects.exists()
