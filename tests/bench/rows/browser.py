"""The map in a browser: what the first view takes, whether panning stutters, one mark a cell, axe."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright

from launcher import browser

from ..addresses import tile_at
from ..bench import Bench
from ..figures import Figure, judged, quick_enough
from ..place import ROOT
from ..serving import environment, site

PLACE, LIMIT, AT_ANY_SIZE = 11, 700, False
TITLE = "browser"
SETTINGS = "tests.bench.dressed"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
DESK, PHONE = (1440, 900), (390, 844)
LANGUAGES = ("fr", "en")
# Zoom: latitude and longitude to begin at.
VIEWS = {4: (48.5, 7), 7: (47.5, 4), 10: (48.857, 2.352), 13: (48.857, 2.352), 16: (48.857, 2.352)}
RUNS = 5
BYTES, REQUESTS, LONGEST, MARKS = 300_000, 40, 100, 1
# A tile is 256 px, a cell 64.
CELLS = 2
WATCH = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
}).observe({ type: 'longtask' });
"""


def measure(bench: Bench) -> list[Figure]:
    """Bytes, requests, milliseconds, marks, findings; RuntimeError without a Chromium."""
    found = browser.find()
    if found is None:
        raise RuntimeError("no Chromium: CHROMIUM names one")
    collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
    told = environment(bench.address, SETTINGS)
    subprocess.run(collect, cwd=ROOT, env=told, check=True, capture_output=True, timeout=120)
    with site(bench.address, settings=SETTINGS) as server, sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=FLAGS)
        try:
            return _figures(chromium, f"http://127.0.0.1:{server.port}", bench.speed)
        finally:
            chromium.close()


def _figures(chromium: Browser, origin: str, speed: Callable[[], float]) -> list[Figure]:
    first = [_first(chromium, f"{origin}/{name}/", size) for size in (DESK, PHONE) for name in LANGUAGES]
    weight, requests = max(one[0] for one in first), max(one[1] for one in first)
    findings = sum(one[2] for one in first)
    cells: Counter = Counter()
    speeds = []
    stutter = {}
    for zoom in VIEWS:
        speeds.append(speed())
        stutter[zoom] = _panned(chromium, origin, zoom, cells)
    worst = max(stutter, key=stutter.get)
    crowd = max(cells.values(), default=0)
    return [
        _figure(
            "bytes of the first view", f"{weight / 1000:.0f} kB", f"< {BYTES // 1000} kB", weight < BYTES
        ),
        _figure("requests of the first view", f"{requests}", f"≤ {REQUESTS}", requests <= REQUESTS),
        quick_enough(
            f"{TITLE}, longest task while panning, at its worst zoom {worst}",
            stutter[worst],
            LONGEST,
            median(speeds),
        ),
        _figure("marks in one cell", f"{crowd}", f"≤ {MARKS}", 0 < crowd <= MARKS),
        _figure("findings of axe", f"{findings}", "0", findings == 0),
    ]


def _figure(name: str, ours: str, target: str, good: bool) -> Figure:
    return Figure(f"{TITLE}, {name}", ours, target=target, verdict=judged(good))


@contextmanager
def _page(chromium: Browser, size: tuple[int, int]) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]})
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        yield page
    finally:
        context.close()


def _stands(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-ready='true']", state="attached")
    page.locator(".cluster, .marker").first.wait_for()
    page.wait_for_load_state("networkidle")


def _first(chromium: Browser, address: str, size: tuple[int, int]) -> tuple[int, int, int]:
    """Bytes and requests as they pass, and findings of axe."""
    with _page(chromium, size) as page:
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        asked, took = [], []
        network.on("Network.requestWillBeSent", lambda event: asked.append(event["requestId"]))
        network.on("Network.loadingFinished", lambda event: took.append(event["encodedDataLength"]))
        _stands(page, address)
        return round(sum(took)), len(asked), len(Axe().run(page).response["violations"])


def _panned(chromium: Browser, origin: str, zoom: int, cells: Counter) -> float:
    """Milliseconds of the longest task, median of the runs; `cells` counts the marks of all that came."""
    lat, lon = VIEWS[zoom]
    found = []
    for _run in range(RUNS):
        with _page(chromium, DESK) as page:
            came: list[Request] = []
            page.on("requestfinished", lambda request, came=came: came.append(request))
            _stands(page, f"{origin}/fr/#{zoom}/{lat}/{lon}")
            page.wait_for_timeout(300)
            page.evaluate("window.longest = 0")
            _drag(page, screens=3)
            _press(page, screens=2)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(300)
            found.append(page.evaluate("window.longest"))
            # A mark that came twice is one: the most that one answer puts into a cell counts.
            for request in came:
                if "/tiles/" in request.url:
                    cells |= _marks(request.response().json()["tiles"], zoom)
    return median(found)


def _marks(tiles: list[dict], zoom: int) -> Counter:
    marks = [mark for tile in tiles for mark in (*tile["clusters"], *tile["initiatives"])]
    return Counter((zoom, tile_at(mark["lon"], mark["lat"], zoom + CELLS)) for mark in marks)


def _drag(page: Page, screens: int) -> None:
    width, height = DESK
    # Right of the panel.
    right, left = width - 80, 460
    for _turn in range(-(-screens * width // (right - left))):
        page.mouse.move(right, height / 2)
        page.mouse.down()
        page.mouse.move(left, height / 2, steps=12)
        page.mouse.up()
        page.wait_for_timeout(250)


def _press(page: Page, screens: int) -> None:
    page.locator("[data-map]").focus()
    # With Shift an arrow moves the map by three times its step of 120 px.
    for _turn in range(screens * DESK[0] // 360):
        page.keyboard.press("Shift+ArrowLeft")
        page.wait_for_timeout(300)
