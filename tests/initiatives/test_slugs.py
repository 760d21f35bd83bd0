"""Addresses: numbered where taken, and never those of other pages."""

import pytest

from initiatives.slugs import RESERVED, free_slugs
from initiatives.urls import pages
from tests.factories import InitiativeFactory

# Fixed addresses that the contract lists and that have no page yet.
TO_COME = {"submit", "status"}


def test_the_reserved_slugs_are_the_fixed_addresses():
    below = [str(page.pattern).split("/") for page in pages if str(page.pattern).startswith("initiatives/")]
    assert {parts[1] for parts in below if parts[1] and "<" not in parts[1]} | TO_COME == RESERVED


@pytest.mark.django_db
def test_reserved_slugs_are_numbered_from_the_start(client):
    names = ["Rows", "rows!", "Rows 2", "Panel", "Submit", "Status", "Rowing"]
    assert free_slugs(names) == ["rows-2", "rows-3", "rows-2-2", "panel-2", "submit-2", "status-2", "rowing"]
    made = InitiativeFactory(name="Rows", published=True)
    assert made.slug == "rows-2"
    assert client.get(f"/en/initiatives/{made.slug}/").status_code == 200
    assert free_slugs(["Rows"]) == ["rows-3"]
