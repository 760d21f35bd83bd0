"""The page of researchers: a selection, its formats and sizes, lines to copy, how to cite."""

import html
import json
import re
from datetime import UTC, datetime

import pytest
import time_machine

from initiatives.exporting.formats import FORMATS
from initiatives.snapshots import actions
from initiatives.views import data
from tests.factories import InitiativeFactory
from tests.initiatives.asking import counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(settings, tmp_path):
    """A folder of the test."""
    settings.SNAPSHOTS_ROOT = tmp_path / "snapshots"
    return settings.SNAPSHOTS_ROOT


def shown(client, query: str = "", status: int = 200) -> str:
    """The page as text."""
    answer = client.get(f"/en/data/{query}")
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def test_each_format_is_offered_for_the_selection(client, scattered):
    text = shown(client, "?theme=repair-cafes")
    for suffix in FORMATS:
        address = f"/exports/initiatives.{suffix}?theme=repair-cafes"
        assert f'href="{address}"' in text
        assert client.get(address).status_code == 200
    assert '<b class="num">6</b> initiatives' in text


def test_lines_to_copy_ask_for_the_selection(client, scattered):
    text = shown(client, "?q=%24(x)%60%22%27")
    lines = re.findall(r"<code>(.*?)</code></pre>", text, re.S)
    assert lines == []
    text = shown(client, "?theme=repair-cafes&bbox=4,45,5,46")
    lines = re.findall(r"<code>(.*?)</code></pre>", text, re.S)
    assert len(lines) == 3
    for line in lines:
        (address, *_others) = re.findall(r'"http://testserver(/[^"]+)"', line)
        answer = client.get(address)
        found = json.loads(b"".join(answer.streaming_content))["features"]
        assert len(found) == client.get("/api/count?theme=repair-cafes&bbox=4,45,5,46").json()["matched"] > 0


def test_what_people_type_stays_within_its_quotes(client, bakery):
    selection = data.Selection({"q": ("$(touch x)`\"'\\",)})
    for code in data.codes(selection):
        assert not re.search(r"\$\(|`|\\\\", code.text)
        assert code.text.count('"') % 2 == 0


def test_without_places_one_format_is_not_offered(client, scattered):
    text = shown(client, "?located=any")
    assert 'href="/exports/initiatives.fgb' not in text
    assert 'href="/exports/initiatives.csv?located=any"' in text
    assert "located=any" in shown(client)


def test_nothing_found_offers_nothing(client, bakery):
    text = shown(client, "?q=zzzzzz")
    assert "/exports/" not in re.sub(r"<script.*?</script>", "", text, flags=re.S)
    assert "No initiative" in text


def test_a_value_that_cannot_be_used_is_told(client, bakery):
    assert "This filter cannot be used." in shown(client, "?bbox=nowhere", 400)
    assert "Not understood" in shown(client, "?colour=red")


def test_sizes_come_from_the_newest_snapshot(client, bakery, root):
    def size(newest) -> dict[str, int]:
        found = data.offers(data.Selection({}), 1000, newest)
        return {one.format.suffix: one.about for one in found}

    usual = size(None)
    snapshot = actions.make(by=None)
    assert size(snapshot) == usual
    snapshot.counts = {"initiatives": 1000, "located": 500}
    snapshot.files = [{"name": f"initiatives.{suffix}", "bytes": 1_234_567} for suffix in FORMATS]
    assert (size(snapshot)["csv"], size(snapshot)["fgb"]) == (1_200_000, 2_500_000)


def test_what_is_estimated_is_about_right(client, scattered, root):
    for number in range(60):
        InitiativeFactory(name=f"Workshop {number}", published=True)
    snapshot = actions.make(by=None)
    for offer in data.offers(data.Selection({"located": ("any",)}), snapshot.counts["initiatives"], None):
        real = snapshot.file(f"initiatives.{offer.format.suffix}")["bytes"]
        assert real / 4 < offer.about < real * 4, offer.format.suffix


def test_it_says_how_to_cite_with_and_without_a_snapshot(client, bakery, root):
    assert "The first one is made next month" in shown(client)
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False):
        actions.make(by=None)
    text = shown(client)
    assert "The latest is of 1 November 2026" in text
    assert "http://testserver/data/snapshots/2026-11-01/datapackage.json" in text
    assert 'href="/data/snapshots/2026-11-01/citation.bib"' in text
    assert "opendatacommons.org/licenses/odbl" in text


def test_search_engines_find_a_dataset(client, bakery, root):
    actions.make(by=None)
    text = client.get("/en/data/").content.decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    described = json.loads(found)
    assert (described["@type"], described["isAccessibleForFree"]) == ("Dataset", True)
    assert len(described["distribution"]) == 2 * len(FORMATS)
    assert described["license"].startswith("https://opendatacommons.org/")


def test_map_and_list_lead_here_with_their_selection(client, scattered):
    for path in ("/en/", "/en/initiatives/", "/en/initiatives/panel/"):
        assert (
            'href="/en/data/?theme=repair-cafes"' in client.get(f"{path}?theme=repair-cafes").content.decode()
        )
    assert 'href="/en/data/"' in client.get("/en/about/").content.decode()


@pytest.mark.parametrize(
    ("path", "budget"), [("/en/data/?theme=repair-cafes", 15), ("/en/data/snapshots/", 2)]
)
def test_pages_stay_within_their_budget(client, scattered, root, path, budget):
    actions.make(by=None)
    client.get(path)
    with counted() as few:
        client.get(path)
    for number in range(10):
        InitiativeFactory(name=f"Workshop {number}", theme="repair-cafes", published=True)
    client.get(path)
    with counted() as many:
        client.get(path)
    assert len(many) <= len(few) <= budget


def test_no_snapshot_is_told(client, db):
    assert "No snapshot yet" in client.get("/en/data/snapshots/").content.decode()


def test_snapshots_are_listed_with_their_changes(client, bakery, root):
    for month in (10, 11):
        with time_machine.travel(datetime(2026, month, 1, tzinfo=UTC), tick=False):
            actions.make(by=None)
    text = html.unescape(client.get("/en/data/snapshots/").content.decode())
    assert text.index("1 November 2026") < text.index("1 October 2026")
    assert "0 new, 0 changed, 0 gone" in text
    assert 'href="/data/snapshots/2026-11-01/SHA256SUMS"' in text
