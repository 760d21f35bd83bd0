"""The map on other sites: what may be framed, what may not, the code to copy, oEmbed."""

import json
from html import unescape

import pytest
from django.urls import reverse

from territories.models import Collective
from tests.factories import CollectiveFactory
from tests.house.test_doors import ROUTES, sample

pytestmark = pytest.mark.django_db


def ancestors(answer) -> str:
    """Who may frame an answer, as its policy says."""
    policy = answer.headers.get("Content-Security-Policy", "")
    return next((part for part in policy.split("; ") if part.startswith("frame-ancestors")), "")


def test_the_map_for_frames_may_be_framed_and_sets_no_cookie(client, bakery):
    answer = client.get("/en/embed/")
    assert answer.status_code == 200
    assert "X-Frame-Options" not in answer
    assert ancestors(answer) == "frame-ancestors *"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "csrf" not in answer.text
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_every_other_page_refuses_to_be_framed(client, bakery, cast):
    addresses = [
        *(sample(address) for address, route in ROUTES if route.name not in ("embed", "account_logout")),
        bakery.get_absolute_url(),
        bakery.collective.get_absolute_url(),
        reverse("suggest_change", args=[bakery.slug]),
        reverse("collective_dashboard", args=[bakery.collective.slug]),
        "/admin/",
        "/fr/nowhere/",
    ]
    for who in (None, cast["admin"]):
        if who:
            client.force_login(who)
        framed = []
        for address in addresses:
            answer = client.get(address)
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            if answer.get("X-Frame-Options") != "DENY" or ancestors(answer) != "frame-ancestors 'none'":
                framed.append(address)
        assert framed == []


def test_it_takes_the_whole_selection_and_tells_what_it_cannot_use(client, cast, bakery):
    slug = bakery.collective.slug
    answer = client.get("/en/embed/", {"collective": slug})
    assert answer.context["map_config"]["query"] == f"collective={slug}"
    assert answer.context["counts"]["matched"] == 1
    (south, west), (north, east) = answer.context["map_config"]["bounds"]
    assert south < 45.764 < north
    assert west < 4.8357 < east
    assert f'href="/en/?collective={slug}"' in answer.text
    assert "ODbL" in answer.text
    wrong = client.get("/en/embed/?theme=nonsense")
    assert wrong.status_code == 400
    assert ancestors(wrong) == "frame-ancestors *"
    unknown = client.get("/en/embed/?wat=<b>")
    assert unknown.status_code == 200
    assert "Not understood" in unknown.text
    assert client.post("/en/embed/").status_code == 405
    assert client.get("/en/embed/?q=nothing+at+all").context["map_config"]["bounds"] is None


def oembed(client, **given):
    """Ask as a site does where somebody pasted a link."""
    return client.get("/oembed", given)


@pytest.mark.parametrize(
    ("pasted", "query"),
    [
        ("/fr/", ""),
        ("/fr/?theme=co-housing&utm_source=x&page=2", "?theme=co-housing"),
        ("/en/initiatives/?q=pain+d%27hier", "?q=pain+d%27hier"),
        ("/de/collectives/tables/", "?collective=tables"),
        ("/fr/territories/FR-69/", "?territory=FR-69"),
        ("/it/embed/?territory=FR-69", "?territory=FR-69"),
    ],
)
def test_a_link_becomes_a_frame_of_the_same_selection(client, rhone, pasted, query):
    CollectiveFactory(slug="tables", name='Tables "<b>"', territory=rhone)
    answer = oembed(client, url=f"http://testserver{pasted}", format="json")
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    told = json.loads(answer.content)
    assert (told["version"], told["type"], told["width"], told["height"]) == ("1.0", "rich", 800, 600)
    frame = unescape(told["html"])
    assert f'src="http://testserver/{pasted[1:3]}/embed/{query}" width="800" height="600"' in frame
    assert "<b>" not in told["html"]


@pytest.mark.parametrize(
    "pasted", ["http://testserver", "http://testserver/", "http://testserver/?territory=FR-69"]
)
def test_the_address_of_the_site_is_that_of_the_map(client, rhone, pasted):
    query = pasted.partition("?")[2]
    frame = unescape(oembed(client, url=pasted).json()["html"])
    assert f'src="http://testserver/fr/embed/{"?" if query else ""}{query}"' in frame


def test_no_more_than_the_given_size(client, bakery):
    told = oembed(client, url="http://testserver/fr/", maxwidth="300", maxheight="99999").json()
    assert (told["width"], told["height"]) == (300, 600)
    assert 'width="300" height="600"' in told["html"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 400),
        ({"url": "http://testserver/fr/", "format": "xml"}, 501),
        ({"url": "http://testserver/fr/", "maxwidth": "wide"}, 400),
        ({"url": "http://testserver/fr/", "maxheight": "-1"}, 400),
        ({"url": "http://testserver/fr/", "maxheight": "²"}, 400),
        ({"url": "http://elsewhere.example/fr/"}, 404),
        ({"url": "http://testserver.elsewhere.example/fr/"}, 404),
        ({"url": "http://testserver@elsewhere.example/fr/"}, 404),
        ({"url": "javascript://testserver/fr/"}, 404),
        ({"url": "http://[testserver/fr/"}, 404),
        ({"url": "http://testserver/fr/nowhere/"}, 404),
        ({"url": "http://testserver/fr/about/"}, 404),
        ({"url": "http://testserver/fr/collectives/nobody/"}, 404),
        ({"url": "http://testserver/fr/?theme=nonsense"}, 404),
        ({"url": "nonsense"}, 404),
    ],
)
def test_what_has_no_frame_is_refused_as_a_problem(client, bakery, given, status):
    answer = oembed(client, **given)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_a_collective_that_is_not_published_has_no_frame(client, rhone):
    CollectiveFactory(slug="hidden", territory=rhone, status="draft")
    assert oembed(client, url="http://testserver/fr/collectives/hidden/").status_code == 404


def test_pages_tell_where_their_frame_is_found(client, cast, bakery):
    for page in (f"/en/collectives/{bakery.collective.slug}/", "/en/?q=caf%C3%A9&located=any"):
        text = client.get(page).text
        link = unescape(text.split('type="application/json+oembed" href="')[1].split('"')[0])
        assert link.startswith("http://testserver/oembed?format=json&url=")
        assert client.get(link.removeprefix("http://testserver")).status_code == 200


def test_the_code_stands_on_the_page_of_a_collective_and_works_as_it_is(client, cast, bakery):
    Collective.objects.filter(pk=bakery.collective.pk).update(name='Le "Four"')
    text = client.get(bakery.collective.get_absolute_url().replace("/fr/", "/en/")).text
    assert text.count("<textarea") == 3
    # What a browser copies: a name with quotation marks ends no attribute.
    code = unescape(text.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0])
    assert code.startswith("<iframe ")
    assert "&quot;Four&quot;" in code
    address = unescape(code.split('src="')[1].split('"')[0])
    assert address == f"http://testserver/en/embed/?collective={bakery.collective.slug}"
    assert client.get(address.removeprefix("http://testserver")).status_code == 200
