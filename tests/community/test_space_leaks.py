"""A private space and its groups are nowhere: not in lists, doors, feeds, sitemaps, pages of what they work on."""

import pytest

from community.members.enums import Visibility
from community.topics import actions as topics
from initiatives.groups import actions as naming
from tests.factories import MemberFactory
from tests.initiatives.pages import address

from .groups import group_of
from .spaces import space_of

pytestmark = pytest.mark.django_db
SPACE, GROUP, TOPIC = "Verborgen-Raum", "Verborgen-Gruppe", "Verborgen-Thema"
SLUGS = ("verborgen-5d1e", "gruppe-8c2f")


@pytest.fixture
def hidden(cast, bakery):
    """A private space whose group a published initiative belongs to, and who runs both."""
    bakery.refresh_from_db()
    ana = MemberFactory(public_name="Ana", public_name_seen_by=Visibility.EVERYONE, is_listed=True)
    space = space_of("private", ana, name=SPACE, slug=SLUGS[0])
    group = group_of(
        "private", ana, space=space, name=GROUP, slug=SLUGS[1], territory=bakery.collective.territory
    )
    naming.name_group(bakery, group=group, by=None)
    topics.begin(group, by=ana, title=TOPIC, text="Who is in?")
    return {"space": space, "group": group, "ana": ana, "bakery": bakery}


def doors(hidden) -> list[str]:
    """All that could tell of it without naming it."""
    bakery = hidden["bakery"]
    return [
        address("spaces"),
        address("groups"),
        f"{address('groups')}?q=Verborgen",
        "/api/groups/",
        "/sitemap-spaces.xml",
        "/sitemap-groups.xml",
        "/api/initiatives/?located=any",
        "/exports/initiatives.geojson",
        "/exports/initiatives.csv",
        "/feeds/initiatives.atom",
        "/api/changes/",
        f"/api/initiatives/{bakery.uuid}/",
        address("initiative", bakery.slug),
        address("initiative_card", bakery.slug),
        address("initiative_history", bakery.slug),
        address("territory", bakery.collective.territory.code),
        address("collective", bakery.collective.slug),
        address("member", hidden["ana"].uuid),
        address("members"),
        address("contributions"),
        address("map"),
    ]


def said(client, where: str) -> str:
    """All that an answer says, its headers included."""
    answer = client.get(where)
    assert answer.status_code == 200, where
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return text.decode() + str(answer.headers)


@pytest.mark.parametrize("role", ["nobody", "other"])
def test_it_is_told_of_nowhere(client, hidden, role):
    if role == "other":
        client.force_login(MemberFactory())
    told = [
        (where, secret)
        for where in doors(hidden)
        for secret in (SPACE, GROUP, TOPIC, *SLUGS)
        if secret in said(client, where)
    ]
    assert told == []


def test_these_doors_would_tell_of_a_public_one(client, hidden):
    ana = hidden["ana"]
    space = space_of("public", ana, name="Open place", slug="open-place")
    group_of("open", ana, space=space, name="Open ovens", slug="open-ovens")
    assert "Open place" in said(client, address("spaces"))
    assert "/spaces/open-place/" in said(client, "/sitemap-spaces.xml")
    assert "open-ovens" in said(client, "/api/groups/")
    assert "Open place" in said(client, address("group", "open-ovens"))


@pytest.mark.parametrize("name", ["group", "group_members", "topics", "topics_feed", "group_join"])
def test_no_page_of_its_group_answers_a_stranger(client, hidden, name):
    client.force_login(MemberFactory())
    assert client.get(address(name, hidden["group"].slug)).status_code == 404


def test_a_member_of_the_space_who_is_not_in_the_group_does_not_see_it(client, hidden):
    bea = MemberFactory()
    hidden["space"].memberships.create(member=bea)
    client.force_login(bea)
    assert GROUP not in said(client, address("space", SLUGS[0]))
    assert client.get(address("group", SLUGS[1])).status_code == 404


def test_its_group_is_unknown_to_every_selection(client, hidden):
    for where in (
        "/api/count",
        "/api/initiatives/",
        "/exports/initiatives.geojson",
        "/feeds/initiatives.atom",
    ):
        told = [client.get(where, {"group": slug}) for slug in (SLUGS[1], "nowhere-8c2f")]
        texts = [one.content.decode().replace(SLUGS[1], "nowhere-8c2f") for one in told]
        assert (told[0].status_code, texts[0]) == (told[1].status_code, texts[1]), where
        assert told[0].status_code == 400


def test_who_looks_after_groups_learns_nothing_of_the_space(client, hidden, cast):
    client.force_login(cast["moderator"])
    body = said(client, address("group", SLUGS[1]))
    assert GROUP in body
    assert SPACE not in body
