"""A network and a collective that hold the same initiatives."""

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from initiatives.models import Submission
from tests.factories import (
    CollectiveFactory,
    ExchangeFactory,
    GroupFactory,
    InitiativeFactory,
    NetworkFactory,
)
from tests.worker import work
from vocabulary.models import LegalForm, Licence

from .handing_in import send


@pytest.fixture
def network(db):
    """A described network."""
    return NetworkFactory(
        name="Grain Commun",
        slug="grain-commun",
        descriptions={"en": "Farms and bakeries.", "fr": "Fermes et fournils."},
        website="https://www.grain-commun.example/",
        charter_url="https://grain-commun.example/charter/",
        licence=Licence.objects.get(code="CC-BY-4.0"),
    )


@pytest.fixture
def collective(rhone):
    """A collective of the Rhône that covers all of it."""
    return CollectiveFactory(
        name="Les Tables du Rhône",
        slug="tables",
        territory=rhone,
        purposes={"en": "Eating together."},
        website="https://tables.example/",
    )


@pytest.fixture
def full(network, collective, bakery):
    """Three initiatives in Lyon and one without a place, carried by both; a draft that nobody sees."""
    for number in range(3):
        InitiativeFactory(
            name=f"Atelier {number}",
            theme="repair-cafes",
            networks=[network],
            collective=collective,
            published=True,
        )
    InitiativeFactory(
        name="Everywhere",
        position=None,
        has_no_position=True,
        networks=[network],
        collective=collective,
        published=True,
    )
    InitiativeFactory(name="Not yet", networks=[network], collective=collective)


# What initiatives exchange, one after the other: some have two of a kind, some what is over.
EXCHANGES = [
    [],
    [("offer", "job", "open"), ("offer", "job", "open"), ("need", "space", "open")],
    [("offer", "skill", "settled"), ("need", "job", "open")],
    [("offer", "training", "open"), ("need", "space", "expired")],
]


@pytest.fixture
def many(rhone):
    """Thirty initiatives with something to filter by each, some at one place, one without a place."""
    network = NetworkFactory(slug="net")
    groups = [GroupFactory(slug="ovens"), GroupFactory(slug="gardens", kind="public")]
    secret = GroupFactory(slug="secret", kind="private")
    collective = CollectiveFactory(slug="coll", territory=rhone)
    form = LegalForm.objects.filter(parent__slug="association").first()
    for number in range(30):
        made = InitiativeFactory(
            name=f"Atelier {number}",
            position=Point(4.8 + number % 10 * 0.013, 45.7 + number // 10 * 0.02, srid=4326),
            theme=("repair-cafes", "co-housing", "food-agriculture")[number % 3],
            languages=[["fr"], ["de", "fr"], []][number % 3],
            founded=2000 + number if number % 4 else None,
            precision=("exact", "street", "locality", "region")[number % 4],
            collective=collective if number % 5 == 0 else None,
            legal_form=form if number % 6 == 0 else None,
            published=True,
        )
        if number % 2:
            made.memberships.create(network=network, until=timezone.now().date() if number % 7 == 0 else None)
        for group in (groups[number % 2], *([secret] if number % 3 == 0 else [])):
            made.group_links.create(group=group)
        for kind, category, status in EXCHANGES[number % len(EXCHANGES)]:
            ended = None if status == "open" else timezone.now()
            ExchangeFactory(initiative=made, kind=kind, category=category, status=status, ended_at=ended)
    for _number in range(4):
        InitiativeFactory(position=Point(13.405, 52.52, srid=4326), published=True)
    InitiativeFactory(position=Point(-179.99, 16.5, srid=4326), published=True)
    InitiativeFactory(position=None, has_no_position=True, published=True)
    InitiativeFactory(name="Not yet on the map")


@pytest.fixture
def handed_in(client, rhone) -> Submission:
    """A submission that waits for its address to be confirmed."""
    assert send(client).status_code == 302
    work()
    return Submission.objects.get()


@pytest.fixture
def ovens(cast):
    """An open group of whoever runs the collective of the bakery."""
    return GroupFactory(name="Shared ovens", slug="ovens", animators=[cast["facilitator"]])


@pytest.fixture
def secret(cast):
    """A private one of theirs."""
    return GroupFactory(name="Quietly", slug="quietly", kind="private", animators=[cast["facilitator"]])


@pytest.fixture
def scattered(bakery):
    """Points in clumps and apart, some at one address, one at the antimeridian, one without position."""
    for number in range(12):
        InitiativeFactory(
            name=f"Atelier {number}",
            position=Point(4.8 + number * 0.013, 45.7 + number % 3 * 0.02, srid=4326),
            theme="repair-cafes" if number % 2 else "co-housing",
            languages=["fr"] if number % 3 else [],
            founded=2005 + number,
            published=True,
        )
    for _number in range(5):
        InitiativeFactory(position=Point(13.405, 52.52, srid=4326), precision="street", published=True)
    # Where four tiles meet, at every zoom.
    InitiativeFactory(position=Point(0, 0, srid=4326), published=True)
    InitiativeFactory(position=Point(179.99, -16.5, srid=4326), published=True)
    InitiativeFactory(position=Point(-179.99, 16.5, srid=4326), published=True)
    InitiativeFactory(position=None, has_no_position=True, published=True)
    InitiativeFactory(name="Not yet on the map")
