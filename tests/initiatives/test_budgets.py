"""Machine doors ask the database a fixed number of times, however many rows they show."""

import pytest
from django.contrib.gis.geos import Point

from initiatives.enums import ContactKind, Visibility
from tests.factories import InitiativeFactory, MemberFactory

from .asking import counted

# Address and the most statements it may take; a filter by slug adds one to look the slug up.
BUDGETS = [
    ("/api/count", 2),
    ("/api/count?q=atelier&theme=co-housing&territory=FR-69", 5),
    ("/tiles/initiatives.json", 0),
    ("/tiles/initiatives/5/16/11.json", 2),
    ("/tiles/initiatives/5/16/11.json?theme=co-housing", 3),
    ("/tiles/initiatives/5/16/11.mvt", 3),
    ("/tiles/territories/5/16/11.mvt", 1),
    ("/api/territories/FR-69/", 1),
    # The rows, each of the nine other tables, offers and needs apart, and what rows refer to as far as nobody knows it
    # yet. An export asks the same of five hundred rows at a time, and for their keys.
    ("/api/initiatives/?limit=1000", 16),
    ("/exports/initiatives.geojson", 16),
]


def some(number: int, first: int = 0) -> None:
    """Published initiatives about Lyon, each with everything that is kept in a table of its own."""
    for place in range(first, first + number):
        InitiativeFactory(
            name=f"Atelier {place}",
            position=Point(4.8 + place * 0.003, 45.7 + place * 0.002, srid=4326),
            contacts={ContactKind.EMAIL: (f"a{place}@demo.example", Visibility.EVERYONE)},
            translations=[{"language": "en", "name": f"Workshop {place}"}],
            published=True,
        )


def asked(client, address: str) -> tuple[int, int]:
    """Number of statements, and of bytes that came."""
    with counted() as statements:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    return len(statements), len(body)


@pytest.mark.parametrize(("address", "budget"), BUDGETS)
def test_a_door_stays_within_its_budget_however_many_there_are(client, bakery, address, budget):
    some(2)
    few, short = asked(client, address)
    some(20, first=2)
    many, long = asked(client, address)
    assert few <= budget
    assert many == few
    assert long >= short


def test_a_single_feature_takes_one_statement(client, bakery, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get(f"/api/initiatives/{bakery.uuid}/").status_code == 200


SHARED = [
    "/tiles/initiatives/5/16/11.json",
    "/tiles/initiatives/5/16/11.mvt",
    "/tiles/territories/5/16/11.mvt",
    "/api/count",
    "/api/territories/FR-69/",
    "/api/initiatives/",
    "/exports/initiatives.geojson",
]


@pytest.mark.parametrize("address", SHARED)
def test_an_answer_that_may_be_shared_depends_on_nobody(client, bakery, address):
    wish = {"accept-language": "de"}
    before = asked(client, address)[0]
    plain = client.get(address, headers=wish)
    client.force_login(MemberFactory())
    assert asked(client, address)[0] == before
    signed_in = client.get(address, headers=wish)
    for answer in (plain, signed_in):
        assert not {"cookie", "accept-language"} & set(answer.headers.get("Vary", "").lower().split(", "))
        assert not answer.cookies


@pytest.mark.parametrize("wish", ["de", "en", "it"])
def test_a_door_says_what_is_wrong_in_english(client, db, wish):
    answer = client.get("/api/count?bbox=1", headers={"accept-language": wish})
    assert answer.json()["detail"].startswith("Expected four numbers")
    assert "Vary" not in answer.headers
