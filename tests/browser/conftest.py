"""A real Chromium, a real server, a small Europe of initiatives."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.gis.geos import Point
from playwright.sync_api import expect

from initiatives.placement import place
from territories.models import Territory
from tests.conftest import square
from tests.factories import (
    CollectiveFactory,
    InitiativeFactory,
    NetworkFactory,
    PlaceFactory,
    TerritoryFactory,
)

SIZES = {"phone": (390, 844), "desk": (1440, 900)}
FAST = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
TOWNS = [
    ("Le Fournil des Deux Rives", "Lyon", 4.8357, 45.764, "cooperative-groceries"),
    ("Recyclerie du Rhône", "Lyon", 4.86, 45.75, "repair-cafes"),
    ("Radio Passerelle", "Grenoble", 5.7245, 45.1885, "co-housing"),
    ("Werkstatt Nord", "Hamburg", 9.9937, 53.5511, "repair-cafes"),
    ("Banca del Tempo", "Bologna", 11.3426, 44.4949, "co-housing"),
]
# What is waited for comes; on a busy machine it takes longer than the five seconds that are usual.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """The browser that the launcher found."""
    return {"executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"), "args": FAST}


@pytest.fixture(params=SIZES)
def size(request) -> str:
    """Each of the two sizes that pages are made for."""
    return request.param


@pytest.fixture
def browser_context_args(browser_context_args, request):
    """Screen and language of a test: `size` and `language` fixtures where it asks for them."""
    name = request.getfixturevalue("size") if "size" in request.fixturenames else "desk"
    width, height = SIZES[name]
    return {
        **browser_context_args,
        "viewport": {"width": width, "height": height},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def europe(words):
    """Two countries, a department, a network, a collective, five initiatives, five more at one address."""
    france = TerritoryFactory(
        code="FR",
        scheme="country",
        names={"fr": "France"},
        boundary=square(-5, 42, 8, 51),
        population=68_000_000,
    )
    rhone = TerritoryFactory(
        code="FR-69",
        scheme="department",
        parent=france,
        names={"fr": "Rhône"},
        boundary=square(4.2, 45.4, 5.2, 46.3),
    )
    network = NetworkFactory(name="Grain Commun", slug="grain-commun")
    collective = CollectiveFactory(name="Les Tables du Rhône", slug="tables-du-rhone", territory=rhone)
    PlaceFactory(name="Grenoble", position=Point(5.7245, 45.1885, srid=4326), population=158_000)
    for name, town, lon, lat, theme in TOWNS:
        InitiativeFactory(
            name=name,
            locality=town,
            summary=f"{name} à {town}",
            position=Point(lon, lat, srid=4326),
            theme=theme,
            networks=[network],
            collective=collective,
            published=True,
        )
    for number in range(5):
        InitiativeFactory(
            name=f"Bureau {number}",
            position=Point(2.3522, 48.8566, srid=4326),
            locality="Paris",
            published=True,
        )
    place(territories=list(Territory.objects.values_list("pk", flat=True)))


@pytest.fixture(autouse=True)
def _quiet_end(page, live_server):
    """Let requests end before the tables are emptied: the two would wait for each other."""
    yield
    page.wait_for_load_state("networkidle")


@pytest.fixture
def show(page, live_server, europe):
    """Open an address of the live server and wait until the map stands; errors of the page fail the test."""
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)

    def open_page(path: str):
        page.goto(f"{live_server.url}{path}")
        if page.locator("[data-map]").count():
            page.wait_for_selector("html[data-ready='true']", state="attached")
            page.wait_for_load_state("networkidle")
        return page

    yield open_page
    assert not troubles, troubles


@pytest.fixture
def axe():
    """What axe finds on a page, as readable lines."""

    def check(page) -> list[str]:
        found = Axe().run(page).response["violations"]
        return [
            f"{one['id']}: {' '.join(node['html'].split())[:160]} – {node['failureSummary'][:200]}"
            for one in found
            for node in one["nodes"]
        ]

    return check
