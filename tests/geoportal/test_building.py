"""The code for other sites: what is chosen stands in it, what cannot be used is told, the frame looks as it says."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from geoportal.embedding.looks import Look, is_view
from tests.factories import InitiativeFactory, PlaceFactory
from tests.initiatives.asking import counted

pytestmark = pytest.mark.django_db
FULL = {
    "theme": "co-housing",
    "panel": "filters",
    "scheme": "dark",
    "size": "small",
    "lang": "de",
    "view": "9/45.5/4.25",
}


def made(client, **given):
    """What the page has made of a form."""
    answer = client.get("/en/embed/build/", given)
    assert answer.status_code == 200, answer.context["form"].errors
    return answer.context["made"]


def test_an_empty_form_gives_the_whole_map(client, bakery):
    answer = client.get("/en/embed/build/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["X-Frame-Options"] == "DENY"
    found = answer.context["made"]
    assert found.address == "http://testserver/en/embed/"
    assert found.preview == "/en/embed/"
    assert 'width="100%" height="600"' in found.iframe
    assert found.iframe in unescape(answer.text)


def test_what_is_chosen_stands_in_the_code(client, bakery):
    found = made(client, **FULL)
    address = "http://testserver/de/embed/?theme=co-housing&panel=filters&scheme=dark&view=9/45.5/4.25"
    assert found.address == address
    frame = unescape(found.iframe)
    assert f'<iframe src="{address}" width="400" height="400"' in frame
    shown = client.get(found.preview)
    assert shown.status_code == 200
    assert parse_qs(urlsplit(found.oembed).query) == {"format": ["json"], "url": [address]}
    told = client.get(found.oembed.removeprefix("http://testserver")).json()
    assert f'src="{address}"' in unescape(told["html"])


def test_other_filters_of_the_address_stay(client, bakery):
    answer = client.get("/en/embed/build/", {"since": "1990", "q": "four"})
    assert '<input type="hidden" name="since" value="1990">' in answer.text
    assert answer.context["made"].address.endswith("?q=four&since=1990")


def test_a_town_gives_the_view(client, db):
    PlaceFactory(name="Lyon")
    assert made(client, place="Lyon").address.endswith("?view=12/45.764/4.8357")
    assert made(client, place="lyon", zoom="8").address.endswith("?view=8/45.764/4.8357")
    assert made(client, place="Lyon", view="5/1/2").address.endswith("?view=5/1/2")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"panel": "wide"}, "panel"),
        ({"scheme": "pink"}, "scheme"),
        ({"lang": "xx"}, "lang"),
        ({"size": "huge"}, "size"),
        ({"view": "nonsense"}, "view"),
        ({"view": "8/99/4"}, "view"),
        ({"place": "Nowhereville"}, "place"),
        ({"zoom": "99"}, "zoom"),
        ({"zoom": "8"}, "place"),
    ],
)
def test_what_cannot_be_used_is_told_beside_the_field(client, bakery, given, field):
    answer = client.get("/en/embed/build/", given)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert f'id="id_{field}_error"' in answer.text
    assert "<iframe" not in unescape(answer.text)


def test_a_filter_that_cannot_be_used_is_told(client, bakery):
    answer = client.get("/en/embed/build/?theme=nonsense")
    assert answer.status_code == 400
    assert "<code>theme</code>" in answer.text
    assert client.get("/en/embed/build/?wat=%3Cb%3E").status_code == 200
    assert client.post("/en/embed/build/").status_code == 405


def test_nothing_that_is_typed_leaves_the_code(client, bakery):
    found = made(client, q='"><script>alert(1)</script>')
    assert "<script" not in unescape(found.iframe).split('title="')[0]
    assert found.iframe.count("<") == 2


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("8/45.76/4.84", True),
        ("18/-33/-179.5", True),
        ("19/45/4", False),
        ("1/45/4", False),
        ("8/86/4", False),
        ("8/45/181", False),
        ("8/45", False),
        ("8/45/4\n", False),
        ("٨/45/4", False),
        ("8/nan/4", False),
        ("8/1e1/4", False),
    ],
)
def test_a_view_is_three_numbers_that_the_map_can_show(text, is_right):
    assert is_view(text) is is_right


def test_a_plain_look_adds_nothing():
    assert Look().query == ""


def test_the_frame_looks_as_it_was_chosen(client, bakery):
    InitiativeFactory(name="Atelier", theme="repair-cafes", published=True)
    plain = client.get("/en/embed/")
    assert "embed__panel" not in plain.text
    assert plain.context["map_config"]["view"] == ""
    listed = client.get("/en/embed/?panel=list&scheme=dark&view=8/45/4")
    assert 'data-scheme="dark"' in listed.text
    assert listed.context["map_config"]["view"] == "8/45/4"
    assert "Atelier" in listed.text
    assert "<form" not in listed.text
    free = client.get("/en/embed/?panel=filters&theme=co-housing&view=8/45/4&scheme=light")
    assert "Atelier" not in free.text
    assert "&amp;theme=reuse-repair-circular&amp;panel=filters&amp;scheme=light&amp;view=8/45/4" in free.text
    assert '<input type="hidden" name="theme" value="co-housing">' in free.text
    for answer in (listed, free):
        assert not answer.cookies
        assert "X-Frame-Options" not in answer
        assert "csrf" not in answer.text
    assert 'type="application/json+oembed"' in free.text


@pytest.mark.parametrize(
    "query", ["panel=wide", "scheme=pink", "view=x", "view=8/45/4&view=9/45/4", "panel=list&panel=filters"]
)
def test_a_look_that_does_not_exist_is_told(client, bakery, query):
    answer = client.get(f"/en/embed/?{query}")
    assert answer.status_code == 400
    assert "This filter cannot be used." in answer.text
    assert client.get("/oembed", {"url": f"http://testserver/en/embed/?{query}"}).status_code == 404


def test_what_people_copy_from_the_map_keeps_its_view(client, bakery):
    told = client.get("/oembed", {"url": "http://testserver/en/?theme=co-housing#7/45.5/4.5"}).json()
    assert 'src="http://testserver/en/embed/?theme=co-housing&view=7/45.5/4.5"' in unescape(told["html"])
    told = client.get("/oembed", {"url": "http://testserver/en/#main"}).json()
    assert 'src="http://testserver/en/embed/"' in unescape(told["html"])


def test_it_takes_the_same_statements_however_many_there_are(client, bakery):
    def asked(address: str) -> int:
        with counted() as statements:
            assert client.get(address).status_code == 200
        return len(statements)

    pages = ("/en/embed/build/?theme=co-housing", "/en/embed/?panel=filters&theme=co-housing")
    few = [asked(address) for address in pages]
    for number in range(20):
        InitiativeFactory(name=f"More {number}", published=True)
    assert [asked(address) for address in pages] == few
    assert few[0] <= 8, few
    assert few[1] <= 16, few


def test_the_map_leads_to_it_with_what_is_chosen(client, bakery):
    for page in ("/en/?theme=co-housing", "/en/initiatives/panel/?theme=co-housing"):
        text = client.get(page).text
        assert 'href="/en/embed/build/?theme=co-housing"' in text
        assert 'href="/en/figures/?theme=co-housing"' in text
    assert 'href="/en/embed/build/"' in client.get("/en/about/").text
