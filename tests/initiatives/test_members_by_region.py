"""Where members live: numbers by region from three on, and nothing of those who hide it."""

import pytest

from community.members.counts import members_by, members_of
from community.members.enums import Visibility
from territories.enums import Scheme
from tests.factories import MemberFactory, TerritoryFactory
from tests.initiatives.pages import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def regions():
    """Two regions of a country, with a department in the first and a town in that."""
    france = TerritoryFactory(code="FR", scheme="country", names={"fr": "France"})
    alpes, loire = (
        TerritoryFactory(code=code, scheme="region", parent=france, names={"fr": name})
        for code, name in (("FR-ARA", "Alpes"), ("FR-PDL", "Loire"))
    )
    rhone = TerritoryFactory(code="FR-69", scheme="department", parent=alpes)
    town = TerritoryFactory(code="LYON", scheme="municipality", parent=rhone)
    return {"france": france, "alpes": alpes, "loire": loire, "rhone": rhone, "town": town}


def living(territory, number: int = 1, **more) -> None:
    """So many listed members."""
    values = {"is_listed": True, "territory_seen_by": Visibility.MEMBERS, "public_name": "Zora Quill", **more}
    for _one in range(number):
        MemberFactory(territory=territory, **values)


@pytest.mark.parametrize(("number", "told"), [(2, False), (3, True)])
def test_a_region_is_told_from_three_members_on(client, regions, number, told):
    living(regions["loire"], number)
    assert members_by(Scheme.REGION) == ({regions["loire"].pk: number} if told else {})
    body = client.get(address("members_places")).text
    assert ("Loire" in body) is told
    assert ("No region has so many yet" in body) is not told


def test_what_is_inside_a_region_counts_for_it(regions):
    for name in ("alpes", "rhone", "town"):
        living(regions[name])
    living(regions["france"], 3)
    assert members_by(Scheme.REGION) == {regions["alpes"].pk: 3}
    assert members_by(Scheme.COUNTRY) == {regions["france"].pk: 6}


@pytest.mark.parametrize(
    "but",
    [
        {"is_listed": False},
        {"is_active": False},
        {"territory_seen_by": Visibility.NOBODY},
        {"public_name": ""},
    ],
)
def test_who_hides_is_in_no_number(client, regions, but):
    living(regions["alpes"], 2)
    living(regions["alpes"], 1, **but)
    assert members_by(Scheme.REGION) == {}
    assert "Alpes" not in client.get(address("members_places")).text


def test_regions_are_told_as_on_their_own_pages(client, regions, django_assert_max_num_queries):
    living(regions["loire"], 3)
    living(regions["rhone"], 4)
    with django_assert_max_num_queries(2):
        answer = client.get(address("members_places"))
    told = [(territory.code, number, class_) for territory, number, class_ in answer.context["rows"]]
    assert told == [("FR-ARA", 4, 2), ("FR-PDL", 3, 1)]
    for territory, number, _class in answer.context["rows"]:
        assert members_of(territory) == number
    assert set(answer.context["spec"]["areas"]) == {"FR-ARA", "FR-PDL"}
    assert answer.context["spec"]["areas"]["FR-ARA"] == [2, "Alpes: 4 members"]
    assert "no-store" in answer["Cache-Control"]
    assert "Zora" not in answer.text
    assert address("members_places") in client.get(address("members")).text
