"""Rows of each collection."""

import pytest
from django.contrib.gis.geos import Point

from territories.enums import CollectiveStatus
from territories.models import Collective
from tests.conftest import square
from tests.factories import CollectiveFactory, InitiativeFactory

NAMES = ("Ärzte", "atelier 1", "Atelier 2", "Épicerie", "épicerie", "100% vélo", "a_b", "l'atelier")


@pytest.fixture
def rows(bakery, rhone):
    """Initiatives with names that are hard to compare, some without a year, one without a place, one unpublished."""
    for number, name in enumerate(NAMES):
        InitiativeFactory(
            name=name,
            position=Point(4.8 + number * 0.05, 45.7, srid=4326),
            founded=None if number % 4 == 3 else 1995 + number,
            theme="repair-cafes" if number % 2 else "co-housing",
            locality="Lyon" if number % 2 else "",
            published=True,
        )
    InitiativeFactory(position=Point(179.99, -16.5, srid=4326), name="Far", published=True)
    InitiativeFactory(position=None, has_no_position=True, name="Nowhere", published=True)
    InitiativeFactory(name="Not yet")


@pytest.fixture
def groups(rhone):
    """A collective with its own perimeter, one that covers its territory, one that nobody sees."""
    own = CollectiveFactory(name="Own", slug="own", territory=rhone, perimeter=square(4.7, 45.6, 4.9, 45.8))
    whole = CollectiveFactory(name="Whole", slug="whole", territory=rhone)
    Collective.objects.create(name="Draft", slug="draft", territory=rhone, status=CollectiveStatus.DRAFT)
    return own, whole
