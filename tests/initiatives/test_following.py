"""Following: who may, what is refused, in which words it is shown, and the pages."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from community.members import actions as members
from community.members import belongings
from geo.errors import InvalidParameterError
from initiatives import actions as steps
from initiatives.following import actions, words
from initiatives.following.links import way_out
from initiatives.models import Follow
from tests.factories import GroupFactory, InitiativeFactory, MemberFactory, TerritoryFactory
from tests.initiatives.pages import address, page

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
    with pytest.raises(ValidationError, match="50 things"):
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


# ── Pages ───────────────────────────────────────────────────────────────────────────────────────
def test_a_visitor_is_led_to_sign_in_and_back(client, bakery):
    for path in (f"{address('follow')}?{QUERY}", address("follow_initiative", bakery.slug)):
        answer = client.get(path)
        assert answer.status_code == 302
        assert address("account_login") in answer.url
        assert "next=" in answer.url
        assert path.partition("?")[0] in answer.url
    assert "theme%3Dco-housing" in client.get(f"{address('follow')}?{QUERY}").url


def test_a_selection_is_followed_by_its_page(client, ana, bakery):
    path = f"{address('follow')}?{QUERY}&located=any"
    body = client.get(path).content.decode()
    assert "Rhône" in body
    assert "1 initiative matches now." in body
    assert body.partition("<main")[2].count("btn--main") == 1
    answer = client.post(path, {"frequency": "daily"})
    assert answer.url == address("account_following")
    assert Follow.objects.get().query == f"{QUERY}&located=any"
    assert "You follow it already: once a day." in client.get(path).content.decode()
    client.post(path, {"frequency": "weekly"})
    assert Follow.objects.get().frequency == "weekly"


def test_an_initiative_is_followed_by_its_page(client, ana, bakery):
    path = address("follow_initiative", bakery.slug)
    assert bakery.name in client.get(path).content.decode()
    assert client.post(path, {"frequency": "weekly"}).status_code == 302
    assert Follow.objects.get().initiative == bakery
    steps.archive(bakery, by=None)
    assert client.get(path).status_code == 404
    assert "not on the map" in page(client, "account_following")


@pytest.mark.parametrize(
    "query",
    [
        "theme=nothing-like-it",
        "group=quietly",
        "theme=%2C",
        "located=x",
        f"q={'x' * 3000}",
    ],
)
@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_page_refuses_what_cannot_be_used_beside_its_name(client, ana, secret, verb, query):
    path = f"{address('follow')}?{query}"
    answer = client.get(path) if verb == "get" else client.post(path, {"frequency": "daily"})
    assert answer.status_code == 400
    assert f"<code>{query.partition('=')[0]}</code>" in answer.content.decode()
    assert secret.name not in answer.content.decode()
    assert not Follow.objects.exists()


@pytest.mark.parametrize("frequency", ["", "each", "\0", "x" * 10_000])
def test_a_form_without_a_rhythm_is_shown_again(client, ana, bakery, frequency):
    for path in (address("follow"), address("follow_initiative", bakery.slug)):
        assert client.post(path, {"frequency": frequency}).status_code == 400
    own = actions.follow(by=ana)
    client.post(address("follow_change", own.pk), {"frequency": frequency})
    assert Follow.objects.get().frequency == "weekly"


def test_rhythm_and_end_are_buttons_of_ones_own_list(client, ana, bakery):
    own = actions.follow(by=ana, initiative=bakery)
    client.post(address("follow_change", own.pk), {"frequency": "daily"})
    assert "Once a day" in page(client, "account_following")
    theirs = actions.follow(by=MemberFactory(), initiative=bakery)
    for pk in (theirs.pk, 10**30):
        assert client.post(address("follow_change", pk), {"unfollow": "1"}).status_code == 404
    client.post(address("follow_change", own.pk), {"unfollow": "1"})
    assert list(Follow.objects.all()) == [theirs]
    assert "You follow nothing yet" in page(client, "account_following")


def test_too_many_presses_are_slowed_down(client, ana, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "follow": "2/h/user"}
    path = address("follow")
    assert [client.post(path, {"frequency": "daily"}).status_code for _ in range(3)] == [302, 302, 429]


def test_a_group_that_turns_private_is_not_named_any_more(client, ana, ovens):
    actions.follow(by=ana, query="group=ovens")
    assert "Shared ovens" in page(client, "account_following")
    ovens.kind = "private"
    ovens.save()
    body = page(client, "account_following")
    assert "Shared ovens" not in body
    assert "group=ovens" not in body
    assert "A selection that is not there any more" in body


def test_fifty_follows_cost_as_much_as_a_few(client, ana, rhone, ovens, django_assert_max_num_queries):
    def look() -> int:
        with CaptureQueriesContext(connection) as made:
            page(client, "account_following")
        return len(made)

    def add(numbers) -> None:
        for number in numbers:
            code = TerritoryFactory(code=f"XX-{number}00").code
            group = GroupFactory().slug
            actions.follow(by=ana, query=f"territory={code}&group={group}&theme=co-housing&q=w{number}")
            actions.follow(by=ana, initiative=InitiativeFactory(published=True))

    add(range(3))
    look()
    few = look()
    add(range(3, 25))
    assert Follow.objects.count() == actions.MOST
    assert look() == few
    with django_assert_max_num_queries(12):
        page(client, "account_following")


@pytest.mark.parametrize("name", ["initiatives", "territory", "network", "collective", "group", "initiative"])
def test_pages_lead_to_following_them(client, cast, bakery, ovens, name):
    slugs = {
        "initiatives": [],
        "territory": ["FR-69"],
        "network": [bakery.networks.get().slug],
        "collective": [bakery.collective.slug],
        "group": [ovens.slug],
        "initiative": [bakery.slug],
    }[name]
    body = page(client, name, *slugs)
    assert "Follow this" in body
    goal = address("follow_initiative", bakery.slug) if name == "initiative" else address("follow")
    assert f'href="{goal}' in body
    if name not in ("initiatives", "initiative"):
        assert f"{goal}?{name}={slugs[0]}&amp;located=any" in body


def test_a_private_group_is_not_followed_from_its_page(client, cast, secret):
    client.force_login(cast["facilitator"])
    assert "Follow this" not in page(client, "group", secret.slug)


# ── The way out ─────────────────────────────────────────────────────────────────────────────────
def test_the_link_of_a_letter_ends_it_by_a_button_alone(client, bakery):
    own = actions.follow(by=MemberFactory(), initiative=bakery)
    path = way_out(own).removeprefix("http://testserver")
    assert bakery.name in client.get(path).content.decode()
    assert Follow.objects.exists()
    assert client.post(path).status_code == 302
    assert not Follow.objects.exists()
    assert "No mail comes." in client.get(path).content.decode()


def test_a_mail_program_ends_it_at_one_click(client, bakery):
    own = actions.follow(by=MemberFactory(), initiative=bakery)
    other = actions.follow(by=own.member, query="q=bread")
    path = way_out(own).removeprefix("http://testserver")
    for _press in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Follow.objects.all()) == [other]


@pytest.mark.parametrize("token", ["1", "1.x", "x.y"])
def test_a_forged_link_ends_nothing(client, bakery, token):
    actions.follow(by=MemberFactory(), initiative=bakery)
    path = address("follow_letters", "token").replace("token", token)
    assert client.post(path).status_code == 404
    assert Follow.objects.exists()


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
