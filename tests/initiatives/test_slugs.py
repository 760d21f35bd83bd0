"""Addresses: numbered where taken, and never those of other pages."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from time import sleep

import pytest
from django.contrib.gis.geos import Point
from django.db import connection, transaction

from importers.pipeline import run_import
from initiatives import actions
from initiatives.models import Initiative
from initiatives.placement import place
from initiatives.slugs import RESERVED, free_slugs
from initiatives.urls import pages
from tests.factories import InitiativeFactory, TerritoryFactory

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


# ── Two at once ─────────────────────────────────────────────────────────────────────────────────

WHILE = 0.5


def one_behind_the_other(first: Callable, second: Callable) -> list:
    """What both give; the second runs while the first, on another connection, has yet to commit."""
    done = Event()

    def begin():
        try:
            with transaction.atomic():
                given = first()
                done.set()
                sleep(WHILE)
            return given
        finally:
            done.set()
            connection.close()

    def follow():
        try:
            assert done.wait(20)
            return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        return [future.result(30) for future in (threads.submit(begin), threads.submit(follow))]


@pytest.mark.django_db(transaction=True)
def test_two_of_a_name_at_once_get_two_addresses(words):
    def create():
        return actions.create(by=None, values={"name": "Le Fournil"}).slug

    assert one_behind_the_other(create, create) == ["le-fournil", "le-fournil-2"]


@pytest.mark.django_db(transaction=True)
def test_two_who_take_a_name_at_once_get_two_addresses(words):
    mill, oven = InitiativeFactory(name="Le Moulin"), InitiativeFactory(name="Le Four")

    def rename(initiative):
        return actions.revise(initiative, by=None, values={"name": "Le Fournil"}).slug

    slugs = one_behind_the_other(partial(rename, mill), partial(rename, oven))
    assert slugs == ["le-fournil", "le-fournil-2"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", ["one", "two"])
def test_two_imports_at_once_follow_one_another(words, tmp_path, other):
    path = tmp_path / "a.csv"
    path.write_text("id,name,lat,lon,theme\n1,Le Fournil,45.7,4.8,co-housing\n")

    def load(network):
        # Read as another source: elsewhere, so that it is no twin.
        file = path if network == "one" else tmp_path / "b.csv"
        file.write_text(path.read_text().replace("4.8", "4.8" if network == "one" else "4.9"))
        report = run_import(str(file), network_slug=network, write=True)
        return report.added, report.unchanged

    counts = one_behind_the_other(partial(load, "one"), partial(load, other))
    assert counts == [(1, 0), (0, 1) if other == "one" else (1, 0)]
    slugs = Initiative.objects.order_by("slug").values_list("slug", flat=True)
    assert list(slugs) == ["le-fournil", "le-fournil-2"][: 1 if other == "one" else 2]


@pytest.mark.django_db(transaction=True)
def test_two_who_place_at_once_place_once(words):
    made = InitiativeFactory(name="Le Fournil", position=Point(5, 46, srid=4326), published=True)
    territory = TerritoryFactory()
    assert not made.territories.exists()
    again = partial(place, initiatives=[made.pk])
    one_behind_the_other(again, again)
    assert list(made.territories.all()) == [territory]
