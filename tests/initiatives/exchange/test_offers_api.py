"""`/api/offers/` and the feed: what is open, of whom everyone may know, and nothing else."""

import json
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from community.members.enums import Visibility
from initiatives.models import Exchange
from tests.factories import CollectiveFactory, ExchangeFactory, InitiativeFactory, MemberFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
PARIS = {"locality": "Paris", "country": "FR", "position": Point(2.3522, 48.8566, srid=4326)}


@pytest.fixture
def job(bakery):
    """An open post of the bakery with all that belongs to it."""
    return ExchangeFactory(
        initiative=bakery,
        author=MemberFactory(public_name="Secret", public_name_seen_by=Visibility.EVERYONE),
        category="job",
        title="A baker",
        starts=date(2027, 1, 4),
        deadline=date(2026, 12, 24),
        details={"contract": "permanent", "hours_week": 35, "pay": {"amount": "1900.00", "currency": "EUR"}},
    )


def listed(client, query: str = "") -> list[int]:
    """Numbers of a list, page by page."""
    found, address = [], f"/api/offers/?limit=2&{query}"
    while address:
        page = client.get(address).json()
        found += [row["id"] for row in page["results"]]
        address = page["next"]
    return found


def entries(client, query: str = "") -> list:
    """Entries of the feed."""
    answer = client.get(f"/feeds/exchange.atom{query}")
    assert answer.status_code == 200, answer.content
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def test_everything_public_is_there_and_nobody_who_wrote_it(client, job, bakery):
    row = client.get(f"/api/offers/{job.pk}/").json()
    assert client.get("/api/offers/").json()["results"] == [row]
    assert row["url"] == f"http://testserver/exchange/{job.pk}/"
    assert (row["kind"], row["category"], row["theme"]) == ("offer", "job", "community-gardens")
    assert (row["locality"], row["country"], row["position"]) == ("Lyon", "FR", [4.8357, 45.764])
    assert (row["starts"], row["deadline"], row["ends"]) == ("2027-01-04", "2026-12-24", None)
    assert row["fields"] == {
        "contract": "permanent",
        "hours_week": 35,
        "pay": {"amount": "1900.00", "currency": "EUR"},
        "level": None,
    }
    assert (row["initiative"], row["collective"], row["member"]) == (bakery.slug, None, None)
    assert "Secret" not in json.dumps(row)
    assert "@" not in json.dumps(row)


@pytest.mark.parametrize(("seen_by", "told"), [("everyone", "Ada"), ("members", None), ("nobody", None)])
def test_a_member_is_named_where_everyone_sees_the_name(client, seen_by, told):
    author = MemberFactory(public_name="Ada", public_name_seen_by=seen_by)
    own = ExchangeFactory(author=author)
    client.force_login(MemberFactory())
    assert client.get(f"/api/offers/{own.pk}/").json()["member"] == told
    (entry,) = entries(client)
    assert [one.text for one in entry.iter(f"{ATOM}name")] == ([told] if told else [])


def test_what_is_over_or_of_somebody_hidden_is_in_no_door(client):
    over = {"ended_at": timezone.now()}
    hidden = [
        *[
            ExchangeFactory(status=status, **over)
            for status in ("settled", "expired", "withdrawn", "removed")
        ],
        ExchangeFactory(author__is_active=False),
        ExchangeFactory(initiative=InitiativeFactory()),
        ExchangeFactory(collective=CollectiveFactory(status="draft")),
    ]
    assert listed(client) == []
    assert entries(client) == []
    assert "/exchange/" not in client.get("/sitemap-exchanges.xml").content.decode()
    for one in hidden:
        assert client.get(f"/api/offers/{one.pk}/").status_code == 404


def test_the_sitemap_has_open_ones_in_every_language(client):
    one = ExchangeFactory()
    body = client.get("/sitemap-exchanges.xml").content.decode()
    for language in ("fr", "en", "de", "es", "it"):
        assert f"http://testserver/{language}/exchange/{one.pk}/" in body.replace("https", "http") or (
            f"/{language}/exchange/{one.pk}/" in body
        )


def test_filters_narrow_list_and_feed_alike(client, job, rhone):
    need = ExchangeFactory(kind="need", category="space", **PARIS)
    skill = ExchangeFactory(theme=job.theme.parent)
    for query, expected in {
        "": [job, need, skill],
        "kind=need": [need],
        "category=job": [job],
        "category=job,space": [job, need],
        "category=any&kind=offer": [job, skill],
        "theme=community-gardens": [job, need],
        "theme=food-agriculture": [job, need, skill],
        "territory=FR-69": [job, skill],
        "near=2.35,48.85,5000": [need],
        "near=2.35,48.85,5000&kind=offer": [],
    }.items():
        assert listed(client, query) == sorted(one.pk for one in expected), query
        fed = query.replace("kind=", "way=").replace("category=", "kind=")
        numbers = [int(one.findtext(f"{ATOM}id").rpartition("/")[2]) for one in entries(client, f"?{fed}")]
        assert sorted(numbers) == sorted(one.pk for one in expected), fed


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("colour=red", "colour"),
        ("kind=job", "kind"),
        ("category=jobs", "category"),
        ("category=", "category"),
        ("theme=nothing", "theme"),
        ("territory=XX-99", "territory"),
        ("near=1,2", "near"),
        ("near=1,2,x", "near"),
        ("kind=offer&kind=need", "kind"),
        ("cursor=x", "cursor"),
        ("limit=0", "limit"),
        ("theme=%00", "theme"),
    ],
)
def test_what_the_list_does_not_know_is_refused(client, query, parameter):
    answer = client.get(f"/api/offers/?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("colour=red", "colour"),
        ("way=job", "way"),
        ("kind=offer", "kind"),
        ("kind=job&kind=job", "kind"),
        ("near=", "near"),
    ],
)
def test_what_the_feed_does_not_know_is_refused(client, query, parameter):
    answer = client.get(f"/feeds/exchange.atom?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter


@pytest.mark.parametrize("number", ["0", "99999999999999999999999999"])
def test_a_number_of_nothing_is_not_there(client, number):
    assert client.get(f"/api/offers/{number}/").status_code == 404


def test_the_number_of_offers_costs_no_more_questions(client, job, django_assert_max_num_queries):
    for _number in range(5):
        ExchangeFactory()
    with django_assert_max_num_queries(2):
        answer = client.get("/api/offers/")
    assert len(answer.json()["results"]) == 6
    with django_assert_max_num_queries(1):
        feed = client.get("/feeds/exchange.atom")
    for got in (answer, feed):
        again = client.get(got.request["PATH_INFO"], headers={"If-None-Match": got["ETag"]})
        assert again.status_code == 304


def test_an_entry_has_its_town_its_times_and_its_words(client, job):
    Exchange.objects.update(title="Bread \x0b & <b>", published_at=timezone.now() - timedelta(days=3))
    (entry,) = entries(client, "?kind=job")
    assert entry.findtext(f"{ATOM}title") == "Bread  & <b>"
    assert entry.find(f"{ATOM}link").attrib["href"] == f"http://testserver/exchange/{job.pk}/"
    assert entry.findtext("{http://www.georss.org/georss}point") == "45.7640000 4.8357000"
    assert {one.attrib["term"] for one in entry.findall(f"{ATOM}category")} == {
        "offer",
        "job",
        "community-gardens",
    }
    assert entry.findtext(f"{ATOM}published") < entry.findtext(f"{ATOM}updated")
    assert entry.find(f"{ATOM}author").findtext(f"{ATOM}name") == job.initiative.name
