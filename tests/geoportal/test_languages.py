"""One address for each language: found by the browser's wish, told to search engines."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.formats import date_format

from initiatives.enums import Status
from initiatives.sitemaps import Initiatives
from tests.factories import CollectiveFactory, GroupFactory, InitiativeFactory, NetworkFactory

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
XML = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
PAGES = [
    "",
    "initiatives/",
    "exchange/",
    "collectives/",
    "networks/",
    "imports/",
    "groups/",
    "agenda/",
    "spaces/",
    "campaigns/",
    "members/",
    "members/places/",
    "contributions/",
    "activity/",
    "data/",
    "data/dictionary/",
    "figures/",
    "about/",
    "glossary/",
]


def locations(answer) -> list[str]:
    """Addresses of a sitemap or of an index of sitemaps."""
    return [found.text for found in ElementTree.fromstring(answer.content).findall(".//s:loc", XML)]


# ── The browser's wish ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        (None, "fr"),
        ("", "fr"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.5", "de"),
        ("pl,it;q=0.4,es;q=0.8", "es"),
        ("en-GB", "en"),
        ("pl", "fr"),
        ("*", "fr"),
        ("EN", "en"),
        (";;q=,=?", "fr"),
        ("x" * 5000, "fr"),
    ],
)
def test_the_front_door_leads_to_the_language_of_the_browser(client, wish, language):
    answer = client.get("/", headers={} if wish is None else {"accept-language": wish})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in answer["Vary"]


def test_an_address_without_language_leads_to_one_with(client):
    answer = client.get("/initiatives/?theme=co-housing", headers={"accept-language": "it"})
    assert answer.status_code == 302
    assert answer["Location"] == "/it/initiatives/?theme=co-housing"


def test_an_address_with_a_language_keeps_it_whatever_the_browser_wants(client):
    answer = client.get("/es/about/", headers={"accept-language": "de"})
    assert answer.status_code == 200
    assert answer["Content-Language"] == "es"


def test_a_language_that_is_not_spoken_here_is_no_address(client):
    assert client.get("/pl/about/").status_code == 404


# ── The menu ────────────────────────────────────────────────────────────────────────────────────


def test_the_choice_of_the_menu_is_remembered(client):
    answer = client.post("/language/", {"language": "de", "next": "/fr/about/"})
    assert answer["Location"] == "/de/about/"
    assert answer.cookies["language"].value == "de"
    assert client.get("/", headers={"accept-language": "it"})["Location"] == "/de/"


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_the_menu_leads_nowhere_else(client, elsewhere):
    answer = client.post("/language/", {"language": "de", "next": elsewhere})
    assert "elsewhere" not in answer["Location"]
    assert answer["Location"].startswith("/")


@pytest.mark.parametrize(
    ("language", "said"), [("it", "3 settembre 2026, 14:30"), ("en", "3 September 2026, 14:30")]
)
def test_a_moment_is_written_as_people_write_it(language, said):
    with translation.override(language):
        assert date_format(datetime(2026, 9, 3, 14, 30), "DATETIME_FORMAT").lower() == said.lower()


# ── Search engines ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_names_itself_in_each_language(client, language, page):
    body = client.get(f"/{language}/{page}").content.decode()
    head = body[: body.index("</head>")]
    named = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', head))
    assert {code: named[code] for code in LANGUAGES} == {
        code: f"http://testserver/{code}/{page}" for code in LANGUAGES
    }


def test_an_initiative_has_a_page_in_each_language(client, bakery):
    for language in LANGUAGES:
        with translation.override(language):
            address = bakery.get_absolute_url()
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Language"]) == (200, language)


def test_robots_may_read_pages_and_learn_of_the_sitemap(client):
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    assert {"/admin/", "/tiles/", "/exports/"} <= set(closed)
    assert not any(f"/{language}/".startswith(path) for language in LANGUAGES for path in closed)


def test_the_sitemap_leads_to_sitemaps_that_open(client, bakery):
    NetworkFactory()
    GroupFactory()
    sections = locations(client.get("/sitemap.xml"))
    assert len(sections) == 8
    for section in sections:
        answer = client.get(section)
        assert answer.status_code == 200, section
        assert answer["Content-Type"] == "application/xml", section


def test_the_sitemap_lists_pages_in_each_language(client):
    answer = client.get("/sitemap-pages.xml")
    expected = {f"http://testserver/{language}/{page}" for language in LANGUAGES for page in PAGES}
    assert set(locations(answer)) == expected
    for url in ElementTree.fromstring(answer.content).findall("s:url", XML):
        named = {link.get("hreflang") for link in url.findall("x:link", XML)}
        assert named == {*LANGUAGES, "x-default"}


def test_every_page_of_the_sitemap_opens(client):
    for address in locations(client.get("/sitemap-pages.xml")):
        assert client.get(address).status_code == 200, address


def test_the_sitemap_lists_only_what_everyone_may_see(client, bakery, rhone):
    draft = InitiativeFactory(name="Not yet")
    shown = CollectiveFactory(territory=rhone)
    hidden = CollectiveFactory(territory=rhone, status="draft")
    initiatives = locations(client.get("/sitemap-initiatives.xml"))
    assert draft.status == Status.DRAFT
    assert sorted(initiatives) == sorted(
        f"http://testserver/{language}/initiatives/{bakery.slug}/" for language in LANGUAGES
    )
    collectives = " ".join(locations(client.get("/sitemap-collectives.xml")))
    assert f"/{shown.slug}/" in collectives
    assert f"/{hidden.slug}/" not in collectives


@pytest.mark.parametrize("limit", [1, 3, 5, 7, 1000])
def test_pages_of_a_sitemap_hold_each_language_of_each_row_once(
    client, db, monkeypatch, django_assert_max_num_queries, limit
):
    slugs = [InitiativeFactory(name=f"Atelier {place}", published=True).slug for place in range(4)]
    monkeypatch.setattr(Initiatives, "limit", limit)
    with django_assert_max_num_queries(9):
        sections = [found for found in locations(client.get("/sitemap.xml")) if "initiatives" in found]
    assert len(sections) == -(-len(slugs) * len(LANGUAGES) // limit)
    found = []
    for section in sections:
        with CaptureQueriesContext(connection) as asked:
            page = locations(client.get(section))
        assert len(asked) == 2
        assert "LIMIT" in asked.captured_queries[-1]["sql"]
        assert 0 < len(page) <= limit
        found += page
    assert sorted(found) == sorted(
        f"http://testserver/{language}/initiatives/{slug}/" for slug in slugs for language in LANGUAGES
    )


def test_the_sitemap_says_when_something_changed_last(client, db):
    assert "<lastmod>" not in client.get("/sitemap.xml").content.decode()
    last = [InitiativeFactory(published=True) for _number in range(2)][-1]
    assert f"<lastmod>{last.updated_at.isoformat()}" in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize(
    "address", ["/sitemap-nothing.xml", "/sitemap-pages.xml?p=99", "/sitemap-pages.xml?p=x"]
)
def test_a_sitemap_that_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404
