"""Pages of following: what they refuse, what they show, and the way out by the link of a letter."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from initiatives import actions as steps
from initiatives.following import actions
from initiatives.following.links import way_out
from initiatives.models import Follow
from tests.factories import GroupFactory, InitiativeFactory, MemberFactory, TerritoryFactory
from tests.initiatives.pages import address, page

pytestmark = pytest.mark.django_db
QUERY = "theme=co-housing&territory=FR-69"


@pytest.fixture
def ana(client):
    """Somebody who is signed in."""
    member = MemberFactory()
    client.force_login(member)
    return member


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
        pytest.param("q=" + "x" * 3000, id="long"),
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


@pytest.mark.parametrize("frequency", ["", "each", "\0", pytest.param("x" * 10_000, id="long")])
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
    with translation.override("en"):
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
