"""The page of a group, the page where initiatives name theirs, and the list for programs."""

import pytest

from community.models import Group
from initiatives.groups import actions
from tests.factories import CollectiveFactory, GroupFactory, InitiativeFactory
from tests.initiatives.pages import address, minimap, page

pytestmark = pytest.mark.django_db


# ── Naming on pages ─────────────────────────────────────────────────────────────────────────────
def test_its_people_name_a_group_of_theirs_and_take_it_out_again(client, cast, bakery, ovens, secret):
    client.force_login(cast["facilitator"])
    here = address("initiative_groups", bakery.slug)
    assert here in page(client, "initiative", bakery.slug)
    assert "Shared ovens" in page(client, "initiative_groups", bakery.slug)
    for group in (ovens, secret):
        assert client.post(here, {"group": group.slug}).url == here
    assert set(bakery.group_links.values_list("by", flat=True)) == {cast["facilitator"].pk}
    # What was done is told once.
    page(client, "initiative_groups", bakery.slug)
    shown = page(client, "initiative", bakery.slug)
    assert ">Shared ovens</a>" in shown
    # Its page is the same for everyone, so it is silent to members too.
    assert "Quietly" not in shown
    assert "Quietly" in page(client, "initiative_groups", bakery.slug)
    assert client.post(here, {"unname": "ovens"}).url == here
    assert [link.group for link in bakery.group_links.all()] == [secret]


def test_others_who_edit_see_no_private_group(client, cast, bakery, secret):
    actions.name_group(bakery, group=secret, by=cast["facilitator"])
    client.force_login(cast["steward"])
    assert "Quietly" not in page(client, "initiative_groups", bakery.slug)
    here = address("initiative_groups", bakery.slug)
    # As one that is not there.
    for name in ("quietly", "nothing"):
        assert client.post(here, {"unname": name}).status_code == 404
        refused = client.post(here, {"group": name})
        assert refused.status_code == 400
        assert "Quietly" not in refused.content.decode()


@pytest.mark.parametrize("sent", [{}, {"group": ""}, {"group": "a" * 9_999}, {"group": "é'"}, {"unname": ""}])
def test_what_cannot_be_named_is_refused(client, cast, bakery, ovens, sent):
    client.force_login(cast["facilitator"])
    assert client.post(address("initiative_groups", bakery.slug), sent).status_code in (400, 404)
    assert not bakery.group_links.exists()


def test_who_may_not_edit_names_nothing(client, cast, bakery, ovens):
    draft = InitiativeFactory(name="Draft")
    for role, published, hidden in (("visitor", 403, 404), ("moderator", 200, 200)):
        client.force_login(cast[role])
        assert client.get(address("initiative_groups", bakery.slug)).status_code == published
        assert client.get(address("initiative_groups", draft.slug)).status_code == hidden


def test_naming_without_end_is_stopped(client, cast, bakery, ovens, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "name_group": "1/h/user"}
    client.force_login(cast["facilitator"])
    here = address("initiative_groups", bakery.slug)
    assert client.post(here, {"group": "ovens"}).status_code == 302
    assert client.post(here, {"unname": "ovens"}).status_code == 429
    assert bakery.group_links.exists()


def test_the_page_for_naming_stays_within_its_budget(client, cast, bakery, django_assert_max_num_queries):
    for _number in range(20):
        group = GroupFactory(members=[cast["facilitator"]])
        actions.name_group(bakery, group=group, by=None)
        GroupFactory(members=[cast["facilitator"]])
    client.force_login(cast["facilitator"])
    with django_assert_max_num_queries(14):
        client.get(address("initiative_groups", bakery.slug))


# ── The page of a group ─────────────────────────────────────────────────────────────────────────
def test_a_group_shows_what_it_is_and_holds(client, cast, bakery, ovens, rhone):
    Group.objects.update(territory=rhone)
    actions.name_group(bakery, group=ovens, by=None)
    actions.name_group(InitiativeFactory(name="Not yet"), group=ovens, by=None)
    body = page(client, "group", "ovens")
    assert body.count("<h1") == 1
    for said in (
        "What we do together.",
        "Rhône",
        "Open to everyone",
        bakery.name,
        f"{address('map')}?group=ovens",
    ):
        assert said in body
    assert "Not yet" not in body
    assert "1 member</a>" in body
    assert len(minimap(body)["marks"]) == 1
    assert '"@type": "Organization"' in body


def test_a_group_of_a_hidden_collective_does_not_name_it(client, ovens, rhone):
    hidden = CollectiveFactory(name="Behind the door", status="draft", territory=rhone)
    Group.objects.update(collective=hidden)
    assert "Behind the door" not in page(client, "group", "ovens")
    assert client.get("/api/groups/ovens/").json()["collective"] is None


def test_an_empty_group_and_an_archived_one_say_so(client, bakery, ovens):
    assert "No initiative has named this group so far." in page(client, "group", "ovens")
    Group.objects.update(archived_at=bakery.created_at)
    assert "Archived on" in page(client, "group", "ovens")


@pytest.mark.parametrize("number", [1, 8])
def test_the_page_of_a_group_stays_within_its_budget(
    client, cast, ovens, number, django_assert_max_num_queries
):
    for place in range(number):
        actions.name_group(InitiativeFactory(name=f"Oven {place}", published=True), group=ovens, by=None)
    with django_assert_max_num_queries(12):
        client.get(address("group", "ovens"))
    client.force_login(cast["facilitator"])
    with django_assert_max_num_queries(18):
        client.get(address("group", "ovens"))


def test_a_private_group_is_there_for_its_members_alone(client, cast, bakery, secret):
    actions.name_group(bakery, group=secret, by=None)
    unknown = client.get(address("group", "nothing"))
    for role in (None, "visitor", "steward", "facilitator", "moderator"):
        if role:
            client.force_login(cast[role])
        answer = client.get(address("group", "quietly"))
        if role in ("facilitator", "moderator"):
            body = answer.content.decode()
            assert bakery.name in body
            # Only what happened in it, which nobody else reads either.
            assert body.count("?group=") == body.count("/activity/?group=") == 1
            assert "ld+json" not in body
            assert "private" in answer.headers["Cache-Control"]
        else:
            assert answer.status_code == unknown.status_code == 404


def test_cards_collectives_and_territories_lead_to_their_groups(client, bakery, ovens, secret, rhone):
    collective = CollectiveFactory(territory=rhone, slug="tables")
    for group in (ovens, secret):
        actions.name_group(bakery, group=group, by=None)
    GroupFactory(name="Of the Rhône", territory=rhone)
    GroupFactory(name="Of the tables", collective=collective)
    GroupFactory(name="Unseen", territory=rhone, kind="private")
    GroupFactory(name="Unseen too", collective=collective, kind="private")
    card = page(client, "initiative_card", bakery.slug)
    assert "Shared ovens" in card
    assert "Quietly" not in card
    territory, tables = page(client, "territory", "FR-69"), page(client, "collective", "tables")
    assert "Of the Rhône" in territory
    assert "Of the tables" in tables
    assert "Unseen" not in territory + tables


# ── The list for programs, and search engines ───────────────────────────────────────────────────
def test_programs_read_the_groups_that_everyone_may_know(client, cast, bakery, ovens, secret):
    actions.name_group(bakery, group=ovens, by=None)
    actions.name_group(InitiativeFactory(), group=ovens, by=None)
    client.force_login(cast["facilitator"])
    (told,) = client.get("/api/groups/").json()["results"]
    assert told == client.get("/api/groups/ovens/").json()
    assert (told["members"], told["initiatives"], told["kind"]) == (1, 1, "open")
    assert client.get("/api/groups/quietly/").json() == client.get("/api/groups/nothing/").json()
    sitemap = client.get("/sitemap-groups.xml").content.decode()
    assert "/groups/ovens/" in sitemap
    assert "quietly" not in sitemap
