"""A network and a collective that hold the same initiatives."""

import pytest

from tests.factories import CollectiveFactory, InitiativeFactory, NetworkFactory
from vocabulary.models import Licence


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
