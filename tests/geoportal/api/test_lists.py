"""The lists of the API: what everyone may see, in pages that stay right."""

import pytest

from community.members.enums import Visibility
from tests.campaigns.making import campaign_in, nominated
from tests.factories import (
    CollectiveFactory,
    ExchangeFactory,
    GroupFactory,
    MemberFactory,
    NetworkFactory,
    TerritoryFactory,
)
from vocabulary.models import Theme

LISTS = ["themes", "territories", "collectives", "networks", "groups", "campaigns", "members", "offers"]


def all_of(client, name: str, limit: int = 2) -> list[dict]:
    """Every row of a list, page by page."""
    found, address = [], f"/api/{name}/?limit={limit}"
    while address:
        page = client.get(address).json()
        assert len(page["results"]) <= limit
        found += page["results"]
        address = page["next"]
    return found


@pytest.fixture
def public(db):
    """A member who shows a name and a skill to everyone, a town to members."""
    return MemberFactory(
        public_name="Ada",
        is_listed=True,
        status=["retired"],
        territory=TerritoryFactory(code="XX-1"),
        skills=["baking"],
        locality="Lyon",
        introduction="Not for all",
        public_name_seen_by=Visibility.EVERYONE,
        skills_seen_by=Visibility.EVERYONE,
        territory_seen_by=Visibility.EVERYONE,
        locality_seen_by=Visibility.MEMBERS,
    )


def test_themes_with_names_codes_and_what_they_belong_to(client, db):
    found = {row["slug"]: row for row in all_of(client, "themes", 7)}
    assert len(found) == Theme.objects.count()
    one = found["co-housing"]
    assert found[one["parent"]]["parent"] is None
    assert set(one["names"]) >= {"fr", "en", "de", "es", "it"}
    assert set(one["codes"]) == {"essglobal", "osm", "osm_weak", "nace"}
    assert client.get("/api/themes/co-housing/").json() == one


def test_what_holds_initiatives_says_how_many(client, full):
    territories = {row["code"]: row for row in all_of(client, "territories", 1)}
    assert territories["FR-69"]["parent"] == "FR"
    assert territories["FR-69"]["initiative_count"] == 4
    (network,) = all_of(client, "networks")
    assert network["slug"] == "grain-commun"
    assert network["licence"] == "CC-BY-4.0"
    assert network["descriptions"]["fr"] == "Fermes et fournils."
    assert network["initiative_count"] == 4
    assert client.get("/api/networks/grain-commun/").json() == network
    (collective,) = all_of(client, "collectives")
    assert (collective["territory"], collective["initiative_count"]) == ("FR-69", 4)
    assert client.get("/api/collectives/tables/").json() == collective


def test_a_collective_that_is_not_published_is_not_there(client, db):
    hidden = CollectiveFactory(status="draft")
    assert all_of(client, "collectives") == []
    assert client.get(f"/api/collectives/{hidden.slug}/").status_code == 404


@pytest.mark.parametrize("reader", [None, "visitor", "moderator", "admin"])
def test_members_show_what_they_show_to_everyone_whoever_asks(client, cast, public, reader):
    if reader:
        client.force_login(cast[reader])
    (one,) = all_of(client, "members")
    assert one["public_name"] == "Ada"
    assert one["skills"] == ["baking"]
    assert one["locality"] is one["introduction"] is None
    assert one["languages"] == one["status"] == []
    assert one["territory"] == "XX-1"
    assert client.get(f"/api/members/{public.uuid}/").json() == one
    assert client.get(f"/api/members/{cast['visitor'].uuid}/").status_code == 404
    assert "@" not in client.get("/api/members/").content.decode()


def test_only_who_asked_for_it_and_shows_their_name_is_listed(client, public):
    shown = {"is_listed": True, "public_name_seen_by": Visibility.EVERYONE}
    for but in (
        {"public_name": ""},
        {"is_active": False},
        {"is_listed": False},
        {"public_name_seen_by": Visibility.MEMBERS, "skills": ["a"], "skills_seen_by": Visibility.EVERYONE},
    ):
        hidden = MemberFactory(**{**shown, **but})
        assert client.get(f"/api/members/{hidden.uuid}/").status_code == 404
    for _number in range(5):
        MemberFactory(**shown)
    found = [row["id"] for row in all_of(client, "members")]
    assert len(found) == len(set(found)) == 6
    assert found == sorted(found)


@pytest.mark.parametrize("name", LISTS)
def test_each_list_has_a_budget_and_a_tag(client, full, public, name, django_assert_max_num_queries):
    for _number in range(4):
        NetworkFactory()
        CollectiveFactory()
        GroupFactory()
        ExchangeFactory()
        nominated(campaign_in("results"), state="laureate")
    with django_assert_max_num_queries(3):
        answer = client.get(f"/api/{name}/")
    assert answer.json()["results"]
    again = client.get(f"/api/{name}/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("query", "parameter"),
    [("colour=red", "colour"), ("limit=0", "limit"), ("cursor=x", "cursor"), ("limit=1&limit=2", "limit")],
)
def test_what_a_list_does_not_know_is_refused(client, db, name, query, parameter):
    answer = client.get(f"/api/{name}/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["parameter"] == parameter


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_written_here(client, db, name):
    assert client.post(f"/api/{name}/", {}).status_code == 405
