"""What all tests share: real places, made-up people, one initiative of each kind."""

import gc
import io
import os
from pathlib import Path

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TransactionTestCase
from django.utils import translation
from PIL import Image

from community.members.enums import CollectiveRole, Role
from community.models import CollectiveMembership, Member
from initiatives.models import Network
from tests.emptying import Emptying
from tests.factories import (
    CollectiveFactory,
    InitiativeFactory,
    MemberFactory,
    NetworkFactory,
    TerritoryFactory,
)
from vocabulary.models import Theme

LYON = Point(4.8357, 45.7640, srid=4326)
BERLIN = Point(13.4050, 52.5200, srid=4326)


def _commits(item) -> bool:
    """Whether a test commits, so that the tables are emptied behind it."""
    marker = item.get_closest_marker("django_db")
    told = marker is not None and marker.kwargs.get("transaction")
    return bool(told) or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Tests that commit come last: the others rely on the rows of the migrations; of these, those with a browser.

    A browser leaves an event loop in its thread, in which nothing that waits for one of its own may run any more.
    """
    items.sort(key=lambda item: (_commits(item), "browser" in item.fixturenames))


def pytest_collection_finish():
    """What is there now stays to the end: to look through it for garbage time and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@pytest.fixture(scope="session")
def emptying(django_db_setup, django_db_blocker):
    """From the first test that commits on, what such tests leave is emptied our way instead of by Django's flush."""
    with django_db_blocker.unblock():
        emptying = Emptying()
        emptying.empty()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: emptying.empty())
        yield emptying


@pytest.fixture(autouse=True)
def _as_at_first(request):
    """Each test that commits begins with what the migrations filled, and with nothing else."""
    if _commits(request.node):
        request.getfixturevalue("emptying")


@pytest.fixture(autouse=True)
def no_memory():
    """No test shall feel what another left in the caches, such as its rate limits, or its language."""
    for name in caches.settings:
        caches[name].clear()
    translation.deactivate()


def square(west: float, south: float, east: float, north: float) -> MultiPolygon:
    """A box as a boundary, EPSG:4326."""
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=4326)


@pytest.fixture
def words(transactional_db):
    """The vocabulary, in a database where what is written is committed."""


@pytest.fixture
def france(db):
    """A box around metropolitan France."""
    return TerritoryFactory(
        code="FR", scheme="country", names={"fr": "France"}, boundary=square(-5, 42, 8, 51)
    )


@pytest.fixture
def rhone(france):
    """A box around Lyon, a department of France."""
    return TerritoryFactory(
        code="FR-69",
        scheme="department",
        parent=france,
        names={"fr": "Rhône"},
        boundary=square(4.2, 45.4, 5.2, 46.3),
    )


@pytest.fixture
def theme(db):
    """A subtheme of housing."""
    return Theme.objects.get(slug="co-housing")


@pytest.fixture
def bakery(rhone):
    """A published initiative in Lyon, exact."""
    return InitiativeFactory(name="Le Fournil des Deux Rives", position=LYON, locality="Lyon", published=True)


@pytest.fixture
def cast(rhone, bakery):
    """One member for each role, and what they have a role in."""
    collective = CollectiveFactory(territory=rhone)
    network = NetworkFactory()
    bakery.collective = collective
    bakery.save()
    bakery.memberships.create(network=network)
    people: dict[str, Member] = {
        "visitor": MemberFactory(),
        "facilitator": MemberFactory(),
        "other_facilitator": MemberFactory(),
        "moderator": MemberFactory(roles=[Role.MODERATOR]),
        "steward": MemberFactory(),
        "animator": MemberFactory(roles=[Role.ANIMATOR]),
        "treasurer": MemberFactory(roles=[Role.TREASURER]),
        "admin": MemberFactory(is_superuser=True, is_staff=True),
    }
    CollectiveMembership.objects.create(
        member=people["facilitator"], collective=collective, role=CollectiveRole.FACILITATOR
    )
    CollectiveMembership.objects.create(
        member=people["other_facilitator"],
        collective=CollectiveFactory(territory=rhone),
        role=CollectiveRole.FACILITATOR,
    )
    Network.objects.get(pk=network.pk).stewards.add(people["steward"])
    return people


@pytest.fixture(scope="session")
def picture():
    """A small picture, as a browser sends it."""

    def made(name="garden.png"):
        file = io.BytesIO()
        Image.new("RGB", (4, 3)).save(file, "PNG")
        return SimpleUploadedFile(name, file.getvalue(), content_type="image/png")

    return made


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of real published files, where there is one."""
    folder = Path(os.environ.get("SOCIAL_PLANET_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real files at {folder}; set SOCIAL_PLANET_DATA")
    return folder
